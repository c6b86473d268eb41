"""Two days in an address."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.dateparse import parse_date

from cms.core.calendar import today


class PeriodError(ValueError):
    """Two days that cannot be compared; ``problem`` is ``no-day`` or ``reversed``, and what was readable is kept."""

    def __init__(self, problem: str, start: date | None, end: date | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.start = start
        self.end = end


def read_period(parameters: Mapping[str, str], changed_on: Sequence[date]) -> tuple[date, date]:
    """Read ``from`` and ``to``. ``to`` is today when it is left out; ``from`` is the day of the text before the one of ``to``.

    ``changed_on`` are the days on which texts begin, the newest first; there is one at least.

    Raises:
        PeriodError: for what is no day, and for days in the wrong order.
    """
    start, end = (_find_day(parameters.get(name, "")) for name in ("from", "to"))
    if any(parameters.get(name) and day is None for name, day in (("from", start), ("to", end))):
        raise PeriodError("no-day", start, end)
    end = end or today()
    begun = [day for day in changed_on if day <= end]
    start = start or next((day for day in begun if day < begun[0]), end)
    if start > end:
        raise PeriodError("reversed", start, end)
    return start, end


def _find_day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
