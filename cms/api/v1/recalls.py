"""Every version recalled since a cursor: what must come down at once, also when the page that tells of it is still far."""

from uuid import UUID

from cms.api.v1.feed_cursor import FeedCursor
from cms.publication.access.access_scope import AccessScope
from cms.publication.enums import Kind, Reason
from cms.publication.models import Release

Recall = tuple[UUID, str, str]


def list_recalls(cursor: FeedCursor, access: AccessScope) -> list[Recall]:
    """List ``(id, locale, version)`` of what was recalled after the cursor, in the order of the recalls. Two queries at most.

    A recall of a whole language names all its versions released before it. Only what is within access scope and selection is named.
    """
    recalled = Release.objects.filter(position__gt=cursor.position, kind=Kind.WITHDRAWN, reason=Reason.RECALLED).filter(
        access.build_filter()
    )
    rows = [row for row in recalled.order_by("position") if cursor.selection.may_match(row)]
    if not rows:
        return []
    released = Release.objects.filter(content_id__in={row.content_id for row in rows}, kind=Kind.RELEASED).filter(
        access.build_filter()
    )
    versions = [row for row in released.order_by("position") if cursor.selection.matches(row)]
    recalls: dict[Recall, None] = {}
    for row in rows:
        for version in versions:
            same = (version.content_id, version.locale) == (row.content_id, row.locale)
            if same and version.position < row.position and row.version in ("", version.version):
                recalls[(version.content_id, version.locale, version.version)] = None
    return list(recalls)
