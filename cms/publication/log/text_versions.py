"""Versions of a text: its history as a caller may see it."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from cms.publication.access.access_scope import AccessScope
from cms.publication.enums import Kind
from cms.publication.models import Release
from cms.publication.models.log import ReleaseRendition


def list_text_versions(content_id: UUID, locale: str, access: AccessScope) -> QuerySet[Release]:
    """List the texts of one content in one language, newest first.

    What was released again because something around the text or shown in it changed is no version of it; nor is one that says
    what the one before it says, classified otherwise.
    """
    is_text = Q(kind=Kind.RELEASED, text_position=F("position"))
    rows = _list_rows(content_id, locale, access)
    before = rows.filter(is_text | Q(kind=Kind.WITHDRAWN), position__lt=OuterRef("position"))
    texts = rows.filter(is_text).annotate(hash_before=Subquery(before.order_by("-position").values("text_hash")[:1]))
    return texts.exclude(text_hash=F("hash_before"), hash_before__isnull=False).order_by("-position")


def list_version_withdrawals(texts: Sequence[Release], access: AccessScope) -> list[Release]:
    """List the withdrawals that may concern some texts of one content in one language, which stand newest first."""
    if not texts:
        return []
    rows = _list_rows(texts[0].content_id, texts[0].locale, access)
    later = rows.filter(kind=Kind.WITHDRAWN, position__gt=texts[-1].position)
    return list(later.filter(version__in=["", *(text.version for text in texts)]).order_by("position"))


def find_withdrawal(text: Release, withdrawals: Sequence[Release]) -> Release | None:
    """Find the first of the withdrawals that took a text away."""
    taken = (row for row in withdrawals if row.position > text.position and row.version in ("", text.version))
    return next(taken, None)


def words_released_at() -> Case:
    """Build the expression, for a query of windows, for the moment at which the words that a window delivers were released.

    A text is released again, word for word, when something around it changes (its source overtakes it, a sibling comes) or
    somebody publishes it once more. Its words are as old as the first of these rows; they are new again where another text, or
    a withdrawal, lies between. A text that shows another figure than on its first day says something new with every release.
    """
    renditions = ReleaseRendition.objects.filter(
        release_id=OuterRef("release__text_position"), starts__lte=OuterRef("starts")
    )
    is_other_text = Q(text_position=F("position")) & ~Q(text_hash=OuterRef("text_hash"))
    between = Release.objects.filter(
        Q(kind=Kind.WITHDRAWN) | is_other_text,
        content_id=OuterRef("content_id"),
        locale=OuterRef("locale"),
        position__gt=OuterRef("position"),
        position__lte=OuterRef(OuterRef("release__text_position")),
    )
    same = Release.objects.filter(
        ~Exists(between),
        kind=Kind.RELEASED,
        content_id=OuterRef("content_id"),
        locale=OuterRef("locale"),
        text_hash=OuterRef("release__text_hash"),
        position__lte=OuterRef("release_id"),
    )
    first = Subquery(same.order_by("position").values("released_at")[:1])
    return Case(When(Exists(renditions), then=F("released_at")), default=first)


def _list_rows(content_id: UUID, locale: str, access: AccessScope) -> QuerySet[Release]:
    return Release.objects.filter(access.build_filter(), content_id=content_id, locale=locale)
