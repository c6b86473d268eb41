"""Resolve references against the log: what the readers of one document may be shown of another content on a day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from cms.core.calendar import today
from cms.core.languages import fallback_chain
from cms.core.shown_targets import PageAnswer, ReferenceObstacle, ShownPage, Target, TargetKind
from cms.publication.access.access_scope import build_common_access
from cms.publication.enums import Kind, Reason
from cms.publication.log.envelope import build_url
from cms.publication.models import Release, Window


@dataclass(frozen=True)
class _Target:
    """An item with its windows in the languages of a document, and the content it has moved to."""

    windows: list[Window]
    moved_to: UUID | None


class LogResolver:
    """Answers for the readers of one document: the readers of a visibility and consortium, in one language.

    Each content is read once, so one resolver serves all days for which a document is built, and nothing beyond.
    """

    def __init__(self, visibility: str, consortium: str, language: str) -> None:
        self.readers = build_common_access(visibility, consortium)
        self.languages = fallback_chain(language)
        self._contents: dict[UUID, _Target] = {}

    def resolve_page(self, content_id: UUID, day: date) -> PageAnswer:
        """Find what may be said of an item on a day, or of the one it has moved to."""
        chain = list(self._follow(content_id))
        targets = frozenset(Target(TargetKind.CONTENT, str(moved)) for moved in chain)
        windows = self._contents[chain[-1]].windows
        if not windows:
            obstacle = ReferenceObstacle.GONE if self._was_released(chain[-1]) else ReferenceObstacle.UNRELEASED
            return PageAnswer(None, obstacle, None, targets, frozenset())
        # All windows of an item have its present visibility.
        if not self.readers.covers(windows[0].visibility, windows[0].consortium):
            return PageAnswer(None, ReferenceObstacle.HIDDEN, None, targets, frozenset())
        shown = self._find_shown(windows, day)
        days = sorted({turn for window in windows for turn in (window.starts, window.ends) if turn and turn > day})
        answer = PageAnswer(shown, None, None, targets, frozenset(self._keep_effective(windows, shown, days)))
        if shown is not None:
            return answer
        first_day = next((later for later in days if self._find_shown(windows, later)), None)
        return replace(
            answer, obstacle=ReferenceObstacle.PLANNED if first_day else ReferenceObstacle.GONE, first_day=first_day
        )

    def _follow(self, content_id: UUID) -> Iterator[UUID]:
        """Follow an item that has moved, to the last one; a circle of moves ends where it closes."""
        seen: set[UUID] = set()
        current: UUID | None = content_id
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            if current not in self._contents:
                self._contents[current] = self._load(current)
            current = self._contents[current].moved_to

    def _load(self, content_id: UUID) -> _Target:
        windows = list(Window.objects.filter(content_id=content_id, locale__in=self.languages).order_by("starts"))
        if any(window.ends is None or window.ends > today() for window in windows):
            return _Target(windows, None)
        rows = Release.objects.filter(content_id=content_id, locale__in=self.languages).order_by("-position")
        newest = rows.only("kind", "reason", "version", "moved_to").first()
        is_moved = newest and newest.kind == Kind.WITHDRAWN and newest.reason == Reason.MOVED and not newest.version
        return _Target(windows, newest.moved_to if newest and is_moved else None)

    def _was_released(self, content_id: UUID) -> bool:
        return Release.objects.filter(content_id=content_id).exists()

    def _find_shown(self, windows: list[Window], day: date) -> ShownPage | None:
        applying = {
            window.locale: window
            for window in windows
            if window.starts <= day and (window.ends is None or day < window.ends) and not window.is_stale
        }
        found = next((applying[code] for code in self.languages if code in applying), None)
        if found is None:
            return None
        return ShownPage(found.content_id, found.type, found.title, build_url(found.path))

    def _keep_effective(self, windows: list[Window], shown: ShownPage | None, days: list[date]) -> Iterator[date]:
        for day in days:
            later = self._find_shown(windows, day)
            if later != shown:
                yield day
            shown = later
