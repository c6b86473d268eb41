"""End of an act, read from its released document."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from legal.works.statuses import ENDED_STATES


def find_released_end(document: Mapping[str, Any]) -> date | None:
    """Find the first day on which an act is no longer in force; ``date.min`` for one that has ended nobody knows when.

    Documents released before ``status`` named the last day carry ``repealed_on`` alone.
    """
    status = document.get("status") or {}
    if until := status.get("until"):
        return date.fromisoformat(until) + timedelta(days=1)
    if repealed_on := document.get("repealed_on"):
        return date.fromisoformat(repealed_on)
    return date.min if status.get("state") in ENDED_STATES else None
