"""Reviews that publishing a page would close or open, told to whoever is about to publish it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import ngettext

from cms.core.enums import Significance
from legal.enums import ChangeKind, ReviewState
from legal.models import Expression, LawChange, ReviewTask, Work
from legal.notes.law_note_page import LawNotePage
from legal.reviews.law_changes import NOTED
from legal.reviews.review_tasks import find_concerned


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
    named: dict[Work, list[list[str]]] = defaultdict(list)
    for child in note.sources:
        expression = Expression.objects.find_by_eli_uri(str(child.value["eli_uri"]))
        if expression is not None and expression.work is not None:
            named[expression.work].append([str(section) for section in child.value["sections"]])
    opened = 0
    for work, lists in named.items():
        sections = dict.fromkeys([section for some in lists for section in some], NOTED) if all(lists) else {}
        change = LawChange(note_id=note.translation_key, work=work, kind=ChangeKind.NOTE, sections=sections)
        there = ReviewTask.objects.filter(change__note_id=note.translation_key, change__work=work)
        known = set(there.values_list("content_id", "locale"))
        opened += sum(tuple(key) not in known for key in find_concerned(change))
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
