"""Versions of a text: its history as a caller may see it."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from cms.publication.access.access_scope import AccessScope
from cms.publication.enums import Kind
from cms.publication.models import Release


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


def _list_rows(content_id: UUID, locale: str, access: AccessScope) -> QuerySet[Release]:
    return Release.objects.filter(access.build_filter(), content_id=content_id, locale=locale)
