"""Calendar days as the law counts them: Europe/Copenhagen, whatever the server's clock is set to; and how languages write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils import timezone

from cms.core.languages import get_written_locale

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


_viewed_day: ContextVar[date | None] = ContextVar("viewed_day", default=None)


@contextmanager
def viewing(day: date) -> Iterator[None]:
    """Read the site, inside, as on another day: a preview of what is planned. Nothing may be written that is kept."""
    token = _viewed_day.set(day)
    try:
        yield
    finally:
        _viewed_day.reset(token)


def today() -> date:
    """Return the current day in Copenhagen, or the one that is looked at (``viewing``)."""
    return _viewed_day.get() or timezone.now().astimezone(COPENHAGEN).date()


def local_day(moment: datetime) -> date:
    """Return the day in Copenhagen on which ``moment`` falls."""
    return moment.astimezone(COPENHAGEN).date()


def start_of_day(day: date) -> datetime:
    """Return the first moment of a day in Copenhagen."""
    return datetime.combine(day, datetime.min.time(), tzinfo=COPENHAGEN)


def seconds_until_midnight() -> float:
    """Return the seconds left of the day in Copenhagen; the next change of a window is never sooner."""
    now = timezone.now()
    tomorrow = now.astimezone(COPENHAGEN).date() + timedelta(days=1)
    midnight = start_of_day(tomorrow)
    # In UTC: between two moments of one zone Python counts hours of the clock, and two days a year have 23 or 25.
    return (midnight.astimezone(UTC) - now.astimezone(UTC)).total_seconds()


def write_day(day: date) -> str:
    """Write a day in words of the active language."""
    return format_date(day, "long", get_written_locale())
