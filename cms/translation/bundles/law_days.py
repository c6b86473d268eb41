"""The day from which the law applies, as a draft says it."""

from datetime import date
from typing import Any


def find_law_day(page: Any) -> date | None:
    """Find the day on which a draft says that its law applies; ``None`` where it names none, or more than one.

    What a person wrote for readers (``applicable_from``) comes before the days on which the law takes effect.
    """
    if day := getattr(page, "applicable_from", None):
        return day  # type: ignore[no-any-return]
    days = {block.value.get("date") for block in getattr(page, "commencements", ())}
    if days:
        return days.pop() if len(days) == 1 else None
    return page.applies_from  # type: ignore[no-any-return]
