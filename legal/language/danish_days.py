"""Days as Danish law writes them: "den 1. juli 2021", also "1.juli 2021" and "d. 1. juli. 2021"."""

import re
from datetime import date

from cms.core.sentences import MONTHS

# Three groups: day, month, year.
DAY = r"(\d{1,2})\. ?(" + "|".join(MONTHS) + r")\.?,?(?: i)? (\d{4})\b"
# Example: "træder i kraft den ‹1. juli 2021›."
# Example: "fra d. ‹1.juli. 2021›"
DAY_PATTERN = re.compile(DAY, re.IGNORECASE)

# Running text shortens the month: "25. sept. 2025", "25. sep 2025". Three letters tell the months apart.
MONTH_BEGINNINGS = tuple(month[:3] for month in MONTHS)
SHORT_DAY = rf"(?P<day>\d{{1,2}})\.?\s*(?P<month>{'|'.join(MONTH_BEGINNINGS)})[a-z]*\.?\s*(?P<year>\d{{4}})"
# "25/9-2025", "25-09-2025", "25.9.2025"
NUMERIC_DAY = r"(?P<day2>\d{1,2})\s?[./-]\s?(?P<month2>\d{1,2})\s?[./-]\s?(?P<year2>\d{4})"


def build_day(day: str, month: str, year: str) -> date | None:
    """Build a day from the three groups of ``DAY``; ``None`` for one that no calendar has."""
    return _build(int(year), MONTHS.index(month.lower()) + 1, int(day))


def build_short_day(found: re.Match[str]) -> date | None:
    """Build a day from the groups of ``SHORT_DAY`` or ``NUMERIC_DAY``; ``None`` for neither, and for one no calendar has."""
    groups = found.groupdict()
    if groups["day"]:
        return _build(int(groups["year"]), MONTH_BEGINNINGS.index(groups["month"].lower()) + 1, int(groups["day"]))
    if groups.get("day2"):
        return _build(int(groups["year2"]), int(groups["month2"]), int(groups["day2"]))
    return None


def write_day(day: date) -> str:
    """Write a day as Danish law does: "25. september 2025"."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _build(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
