"""A history as it would be if a draft were released: what the editor shows before anybody publishes. Nothing is stored."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cms.publication.log.drafts import ReleaseDraft
from cms.publication.log.history import ContentHistory
from cms.publication.log.plans import Plan
from cms.publication.log.renditions import build_renditions
from cms.publication.models.log import Release


def forecast_text(history: ContentHistory, draft: ReleaseDraft, today: date) -> Release:
    """Add to ``history`` the text that releasing a draft would append; returns its row."""
    positions: Iterator[int] = count(max((row.position for row in history.rows), default=0) + 1)
    plan = Plan(
        history=history,
        now=timezone.now(),
        today=today,
        next_position=lambda: next(positions),
        next_version=lambda: "forecast",
        load_body=_load_nothing,
        load_rendition=_load_nothing,
    )
    return plan.add_text(draft, build_renditions(draft, draft.applies_from or today))


def list_effective_days(history: ContentHistory, first: date) -> list[date]:
    """List the days from ``first`` on at which some language's text begins or ends, ``first`` among them."""
    days = {first}
    for locale in history.locales:
        for span in history.build_text_spans(locale):
            days.update(day for day in (span.starts, span.ends) if day and day > first)
    return sorted(days)


def find_day_before(day: date | None) -> date | None:
    """Find the last day before the first one on which something no longer applies; ``None`` without end."""
    return day - timedelta(days=1) if day else None


def _load_nothing(*args: Any) -> Any:
    raise TypeError("a forecast stores nothing")
