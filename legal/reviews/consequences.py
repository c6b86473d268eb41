"""Reviews that publishing a page would close or open, told to whoever is about to publish it."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from cms.core.enums import Significance
from cms.publication.pages.builder import build_release_draft
from legal.enums import ChangeKind, ReviewState
from legal.models import LawChange, ReviewTask
from legal.notes.law_note_page import LawNotePage
from legal.reviews.law_changes import find_note_changes
from legal.reviews.review_tasks import TextKey, find_concerned, find_turn, list_written_since


def list_review_consequences(page: Any, significance: str, user: Any) -> Iterator[str]:
    """List in words what becomes of reviews; ``significance`` is ``""`` while nobody has said how much has changed."""
    locale = page.locale.language_code
    own = ReviewTask.objects.filter(state=ReviewState.OPEN, content_id=page.translation_key, locale=locale).count()
    if own:
        yield _describe_own(own, significance) % {"count": own}
    if isinstance(page, LawNotePage) and page.list_source_first()[:1] == [page] and (opened := count_opened(page)):
        yield ngettext(
            "%(count)s text cites the law that this note tells of, and is put up for review.",
            "%(count)s texts cite the law that this note tells of, and are put up for review.",
            opened,
        ) % {"count": opened}


def count_opened(note: LawNotePage) -> int:
    """Count the texts that would be put up for review because they cite what a note tells of, and are not already."""
    opened = 0
    for work, (sections, first) in find_note_changes([build_release_draft(note).document]).items():
        change = LawChange(
            note_id=note.translation_key, work=work, kind=ChangeKind.NOTE, sections=sections, applicable_from=first
        )
        there = ReviewTask.objects.filter(change__note_id=note.translation_key, change__work=work)
        concerned = find_concerned(change)
        spared = set(list_written_since(concerned, find_turn(change, timezone.now())))
        spared.update(TextKey(*values) for values in there.values_list("content_id", "locale"))
        opened += sum(key not in spared for key in concerned)
    return opened


def _describe_own(count: int, significance: str) -> str:
    if significance == Significance.TYPO:
        return ngettext(
            "%(count)s law review of this text stays open: a slip of the pen answers no question.",
            "%(count)s law reviews of this text stay open: a slip of the pen answers no question.",
            count,
        )
    if not significance:
        return ngettext(
            "%(count)s law review of this text is open; it is closed unless only a slip of the pen is mended.",
            "%(count)s law reviews of this text are open; they are closed unless only a slip of the pen is mended.",
            count,
        )
    return ngettext(
        "%(count)s open law review of this text is closed as answered by it.",
        "%(count)s open law reviews of this text are closed as answered by it.",
        count,
    )
