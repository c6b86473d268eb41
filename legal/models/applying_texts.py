"""Rule for which text of an act applies on a day, in the forms its callers need: all windows, one day, and the query's field.

A text applies from the day it was signed until the next one is signed; of two signed on one day the later in ``order`` has
all the days. Whoever lets commencement data say better changes this module, and ``ExpressionQuerySet`` follows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

# The column behind ``get_first_day``.
FIRST_DAY_FIELD = "signed_date"


class DatedText(Protocol):
    """One text of an act in time; ``legal.models.Expression`` is one."""

    @property
    def signed_date(self) -> Any:
        """Day of signature."""

    @property
    def order(self) -> tuple[date, int, int]:
        """Place among the texts of the act."""


@dataclass(frozen=True)
class ExpressionWindow[Text: DatedText]:
    """The days on which a text is the one that applies; ``ends`` is the first day it no longer does, ``None`` while it stands."""

    expression: Text
    starts: date
    ends: date | None


def get_first_day(text: DatedText) -> date:
    """Return the first day on which a text may apply."""
    first: date = text.signed_date
    return first


def build_windows[Text: DatedText](texts: Iterable[Text]) -> list[ExpressionWindow[Text]]:
    """Build the windows of one act's texts in order of time; a text that is superseded on its first day has none."""
    ordered = sorted(texts, key=lambda text: text.order)
    windows = []
    for place, text in enumerate(ordered):
        following = get_first_day(ordered[place + 1]) if place + 1 < len(ordered) else None
        if following != get_first_day(text):
            windows.append(ExpressionWindow(text, get_first_day(text), following))
    return windows


def find_applying[Text: DatedText](texts: Iterable[Text], day: date) -> Text | None:
    """Find the text of one act that applies on a day; ``None`` before the first."""
    begun = (text for text in texts if get_first_day(text) <= day)
    return max(begun, key=lambda text: text.order, default=None)
