"""Resolve references against the log: what the readers of one document may be shown of another content on a day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Max

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


# Columns of a row that say where its content went.
FATE = ("kind", "reason", "version", "moved_to")


@dataclass
class LoadedContents:
    """Rows of the log of some contents in all languages: their windows, and the last row of each language."""

    windows: dict[UUID, list[Window]] = field(default_factory=dict)
    newest: dict[UUID, list[Release]] = field(default_factory=dict)

    @classmethod
    def load(cls, content_ids: Collection[UUID]) -> "LoadedContents":
        """Load some contents in two queries; one without rows has none."""
        loaded = cls({key: [] for key in content_ids}, {key: [] for key in content_ids})
        if not content_ids:
            return loaded
        for window in Window.objects.filter(content_id__in=content_ids).order_by("starts"):
            loaded.windows[window.content_id].append(window)
        rows = Release.objects.filter(content_id__in=content_ids).order_by()
        last = rows.values("content_id", "locale").annotate(last=Max("position")).values("last")
        for row in Release.objects.filter(pk__in=last).only("content_id", "locale", *FATE).order_by("-position"):
            loaded.newest[row.content_id].append(row)
        return loaded


class LogResolver:
    """Answers for the readers of one document: the readers of a visibility and consortium, in one language.

    Each content is read once, so one resolver serves all days for which a document is built, and nothing beyond. What is in
    ``loaded`` is not read at all.
    """

    def __init__(self, visibility: str, consortium: str, language: str, loaded: LoadedContents | None = None) -> None:
        self._loaded = loaded or LoadedContents()
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
        windows = self._list_windows(content_id)
        if any(window.ends is None or window.ends > today() for window in windows):
            return _Target(windows, None)
        newest = self._find_newest(content_id)
        is_moved = newest and newest.kind == Kind.WITHDRAWN and newest.reason == Reason.MOVED and not newest.version
        return _Target(windows, newest.moved_to if newest and is_moved else None)

    def _list_windows(self, content_id: UUID) -> list[Window]:
        if content_id in self._loaded.windows:
            return [window for window in self._loaded.windows[content_id] if window.locale in self.languages]
        return list(Window.objects.filter(content_id=content_id, locale__in=self.languages).order_by("starts"))

    def _find_newest(self, content_id: UUID) -> Release | None:
        if content_id in self._loaded.newest:
            return next((row for row in self._loaded.newest[content_id] if row.locale in self.languages), None)
        rows = Release.objects.filter(content_id=content_id, locale__in=self.languages).order_by("-position")
        return rows.only(*FATE).first()

    def _was_released(self, content_id: UUID) -> bool:
        if content_id in self._loaded.newest:
            return bool(self._loaded.newest[content_id])
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
