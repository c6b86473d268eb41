"""Days as Danish law writes them: "den 1. juli 2021", also "1.juli 2021" and "d. 1. juli. 2021"."""

import re
from datetime import date

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
# Three groups: day, month, year.
DAY = r"(\d{1,2})\. ?(" + "|".join(MONTHS) + r")\.?,?(?: i)? (\d{4})\b"
DAY_PATTERN = re.compile(DAY, re.IGNORECASE)


def build_day(day: str, month: str, year: str) -> date | None:
    """Build a day from the three groups of ``DAY``; ``None`` for one that no calendar has."""
    try:
        return date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None
