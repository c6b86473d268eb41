"""Days on which acts take effect, as their commencements are stored."""

from collections.abc import Iterable
from datetime import date

from legal.models import Commencement


def find_first_day(commencements: Iterable[Commencement]) -> date | None:
    """Find the day on which a text as a whole takes effect."""
    return min((entry.date for entry in commencements if entry.date and entry.provisions is None), default=None)
