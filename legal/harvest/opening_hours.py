"""Hours in which the source may be asked for its list of changes, and the days it goes back.

Source: the harvest service of Retsinformation, https://api.retsinformation.dk: open from 03:00 to 23:45 Danish time, at most
ten days back; outside it answers 400.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cms.core.calendar import COPENHAGEN, local_day

OPENS = time(3, 0)
CLOSES = time(23, 45)
DAYS_BACK = 10


def is_open(moment: datetime) -> bool:
    """Say whether the source may be asked at a moment."""
    return OPENS <= moment.astimezone(COPENHAGEN).time() < CLOSES


def find_opening(moment: datetime) -> datetime:
    """Find the moment, in Danish time, from which the source may be asked: this one when it is open."""
    local = moment.astimezone(COPENHAGEN)
    if is_open(moment):
        return local
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return datetime.combine(day, OPENS, tzinfo=COPENHAGEN)


def list_days(count: int) -> list[date]:
    """List the days up to today that may be asked for, the oldest first; ``count`` days before today at most."""
    today = local_day(timezone.now())
    return [today - timedelta(days=back) for back in range(min(count, DAYS_BACK), -1, -1)]
