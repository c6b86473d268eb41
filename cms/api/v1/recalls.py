"""Every version recalled since a cursor: what must come down at once, also when the page that tells of it is still far."""

from dataclasses import dataclass
from uuid import UUID

from cms.api.v1.feed_cursor import FeedCursor
from cms.publication.access.access_scope import AccessScope
from cms.publication.enums import Kind, Reason
from cms.publication.models import Release

Recall = tuple[UUID, str, str]


@dataclass(frozen=True)
class RecallList:
    """The recalled versions, as ``(id, locale, version)`` in the order of the recalls; ``read_until`` is the place of the last."""

    recalls: list[Recall]
    read_until: int = 0


def list_recalls(cursor: FeedCursor, access: AccessScope) -> RecallList:
    """List what was recalled after the cursor. Two queries at most.

    A recall of a whole language names all its versions released before it. Only what is within access scope and selection is named.
    """
    recalled = Release.objects.filter(position__gt=cursor.position, kind=Kind.WITHDRAWN, reason=Reason.RECALLED).filter(
        access.build_filter()
    )
    rows = [row for row in recalled.order_by("position") if cursor.selection.may_match(row)]
    if not rows:
        return RecallList([])
    released = Release.objects.filter(content_id__in={row.content_id for row in rows}, kind=Kind.RELEASED).filter(
        access.build_filter()
    )
    versions = [row for row in released.order_by("position") if cursor.selection.matches(row)]
    recalls: dict[Recall, None] = {}
    read_until = 0
    for row in rows:
        for version in versions:
            same = (version.content_id, version.locale) == (row.content_id, row.locale)
            if same and version.position < row.position and row.version in ("", version.version):
                recalls[(version.content_id, version.locale, version.version)] = None
                read_until = row.position
    return RecallList(list(recalls), read_until)
