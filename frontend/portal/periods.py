"""Two days in an address."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.dateparse import parse_date

from cms.core.calendar import today


class PeriodError(ValueError):
    """Two days that cannot be compared; ``problem`` is ``no-day`` or ``reversed``."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def read_period(parameters: Mapping[str, str], changed_on: Sequence[date]) -> tuple[date, date]:
    """Read ``from`` and ``to``. ``to`` is today when it is left out; ``from`` is the day of the text before the one of ``to``.

    ``changed_on`` are the days on which texts begin, the newest first; there is one at least.

    Raises:
        PeriodError: for what is no day, and for days in the wrong order.
    """
    end = _read_day(parameters.get("to", "")) or today()
    begun = [day for day in changed_on if day <= end]
    start = _read_day(parameters.get("from", "")) or next((day for day in begun if day < begun[0]), end)
    if start > end:
        raise PeriodError("reversed")
    return start, end


def _read_day(text: str) -> date | None:
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    if text and found is None:
        raise PeriodError("no-day")
    return found
