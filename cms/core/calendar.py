"""Calendar days as the law counts them: Europe/Copenhagen, whatever the server's clock is set to."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def today() -> date:
    """Return the current day in Copenhagen."""
    return timezone.now().astimezone(COPENHAGEN).date()


def local_day(moment: datetime) -> date:
    """Return the day in Copenhagen on which ``moment`` falls."""
    return moment.astimezone(COPENHAGEN).date()


def seconds_until_midnight() -> float:
    """Return the seconds left of the day in Copenhagen; the next change of a window is never sooner."""
    now = timezone.now().astimezone(COPENHAGEN)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), tzinfo=COPENHAGEN)
    return (midnight - now).total_seconds()
