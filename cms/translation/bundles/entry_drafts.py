"""Drafts of a bundle's entries: what would be released, and why it may not be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.core.enums import Significance
from cms.publication.editor.draft_marks import DraftMark
from cms.publication.enums import Kind
from cms.publication.log.history import ContentHistory
from cms.publication.pages.answers import PublishAnswers, was_released
from cms.publication.pages.obstacles import find_obstacle
from cms.publication.pages.page_words import read_words
from cms.translation.bundles.rendered_sources import find_unreleased_source
from cms.translation.models import BundleEntry
from cms.translation.passages.missing_passages import find_translation
from cms.translation.passages.source_readings import is_same_text
from cms.translation.states.readiness import find_gap


class GapKind(StrEnum):
    """Kinds of gaps: a text that is not finished yet, and one that will not be by waiting."""

    UNFINISHED = "unfinished"
    BROKEN = "broken"


@dataclass(frozen=True)
class Gap:
    """Why an entry cannot be released, in words."""

    kind: GapKind
    reason: str


@dataclass
class EntryDraft:
    """An entry with its page and the draft that would be released; ``page`` is ``None`` where there is none (any more)."""

    entry: BundleEntry
    page: Any
    source: Any
    history: ContentHistory

    @property
    def is_source(self) -> bool:
        """Say whether it is the text that the others translate."""
        return self.page is not None and self.page.pk == self.source.pk

    @property
    def is_known(self) -> bool:
        """Say whether readers know a text of this language already."""
        return was_released(self.history, self.entry.locale)

    @cached_property
    def revision(self) -> Revision | None:
        """The draft that was fixed, else the newest."""
        if self.page is None:
            return None
        mark = DraftMark.parse(self.entry.draft)
        revision: Revision | None = (
            self.page.get_latest_revision() if mark is None else self.page.revisions.filter(pk=mark.revision_id).first()
        )
        return revision

    @property
    def title(self) -> str:
        """The title in the editor; of a deleted page the last one readers knew."""
        if self.page is not None:
            return str(self.page.get_admin_display_title())
        rows = self.history.list_rows(self.entry.locale) or self.history.rows
        return rows[-1].title if rows else str(self.entry.content_id)

    def build_answers(self, first_day: Any) -> PublishAnswers:
        """Build the answers with which the draft is released; ``first_day`` ``None`` means the day on which it goes out."""
        if not self.is_source or not self.entry.significance:
            return PublishAnswers(applies_from=first_day)
        return PublishAnswers(self.entry.significance, first_day, self.entry.change_note)

    def find_own_gap(self, first_day: Any, user: Any, source_draft: "EntryDraft | None") -> Gap | None:
        """Find why the entry cannot be released by a user on a day; ``source_draft`` is its source's entry, where there is one."""
        if broken := self._find_break(user):
            return Gap(GapKind.BROKEN, broken)
        if self.page is None:
            return Gap(GapKind.UNFINISHED, _("There is no translation yet."))
        unfinished = self._find_unfinished(source_draft)
        if unfinished:
            return Gap(GapKind.UNFINISHED, unfinished)
        refused = self._find_refusal(first_day)
        return Gap(GapKind.BROKEN, refused) if refused else None

    def _find_break(self, user: Any) -> str | None:
        entry = self.entry
        if self.page is None:
            return _("The page has been deleted.") if entry.page_key else None
        withdrawn = [
            row
            for row in self.history.list_rows(entry.locale)
            if row.kind == Kind.WITHDRAWN and row.released_at > entry.added_at
        ]
        if withdrawn:
            return _("It has been withdrawn since it was put into the bundle.")
        if self.page.locked:
            return _("The page is locked by an editor.")
        if entry.draft and (self.revision is None or not _stands(entry.draft, self.revision)):
            return _("The draft has changed since the bundle was scheduled.")
        if user is None or not self.page.permissions_for_user(user).can_publish():
            return _("Who scheduled the bundle may not publish it.")
        return None

    def _find_unfinished(self, source_draft: "EntryDraft | None") -> str | None:
        if self.revision is None:
            return _("There is no draft.")
        if self.is_source:
            is_answered = self.entry.significance or not self.is_known
            return None if is_answered else _("It has not been said yet how much has changed.")
        if source_draft is None and (unreleased := find_unreleased_source(self.page)):
            return unreleased
        if source_draft is not None and not self._renders(source_draft):
            return _("Translators have not been given the draft of the source yet.")
        if source_draft is not None and self._is_left_behind(source_draft):
            return _("The source changes in substance, and this says what readers have already: it needs new words.")
        return find_gap(self.entry.content_id, self.entry.locale)

    def _renders(self, source_draft: "EntryDraft") -> bool:
        """Say whether the source as its translators see it is the draft that comes out; true where nobody keeps the two in step."""
        translation = find_translation(self.page)
        if translation is None or source_draft.revision is None:
            return True
        return is_same_text(translation.source, source_draft.revision)

    def _is_left_behind(self, source_draft: "EntryDraft") -> bool:
        """Say whether a translation that is written by hand says what it said before its source changes in substance."""
        live = self.page.live_revision if self.page.live else None
        if live is None or source_draft.entry.significance != Significance.SUBSTANTIVE or find_translation(self.page):
            return False
        return read_words(live.as_object()) == read_words(self.revision.as_object())  # type: ignore[union-attr]

    def _find_refusal(self, first_day: Any) -> str | None:
        draft = self.revision.as_object()  # type: ignore[union-attr]
        self.build_answers(first_day).write_to(draft)
        try:
            draft.full_clean()
        except ValidationError as error:
            name, problems = next(iter(error.message_dict.items()))
            label = "" if name == NON_FIELD_ERRORS else f"{draft._meta.get_field(name).verbose_name}: "
            return f"{label}{problems[0]}"
        return find_obstacle(draft)


def load_drafts(entries: Iterable[BundleEntry], histories: Mapping[UUID, ContentHistory]) -> list[EntryDraft]:
    """Load the drafts of some entries: sources before what translates them, in the order of the site's languages."""
    listed = list(entries)
    pages: dict[UUID, list[Any]] = {}
    found = Page.objects.filter(translation_key__in={entry.content_id for entry in listed}, alias_of__isnull=True)
    for page in found.order_by("pk").select_related("locale").specific():
        pages.setdefault(page.translation_key, []).append(page)
    drafts = []
    for entry in listed:
        versions = pages.get(entry.content_id, [])
        page = next((version for version in versions if version.locale.language_code == entry.locale), None)
        drafts.append(EntryDraft(entry, page, versions[0] if versions else None, histories[entry.content_id]))
    return sorted(drafts, key=lambda draft: (not draft.is_source, draft.entry.pk))


def _stands(mark: str, revision: Revision) -> bool:
    parsed = DraftMark.parse(mark)
    return parsed is not None and parsed.stands_for(revision)
