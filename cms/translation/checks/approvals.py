"""Passages that a person lets stand as they are, with the reason."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from cms.translation.models import PassageApproval


def build_digest(source: str, target: str) -> str:
    """Build what an approval holds for: these words of the source, and these of the translation."""
    return sha256(f"{source}\0{target}".encode()).hexdigest()


def list_approved(content_id: UUID, locale: str) -> frozenset[str]:
    """List the digests of the passages that stand as they are in one language of a content."""
    rows = PassageApproval.objects.filter(content_id=content_id, locale=locale)
    return frozenset(rows.values_list("digest", flat=True))


def store_approval(content_id: UUID, locale: str, digest: str, *, user: Any, reason: str) -> PassageApproval:
    """Store that a passage is right as it stands; the last person's word counts."""
    approval, _is_new = PassageApproval.objects.update_or_create(
        content_id=content_id, locale=locale, digest=digest, defaults={"user": user, "reason": reason}
    )
    return approval
