"""Released content a user of the editor may see there."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from cms.core.permissions import list_editable_pages
from cms.publication.access.access_scope import AccessScope
from cms.publication.access.querysets import WindowQuerySet


def filter_seen_in_editor(windows: WindowQuerySet, user: Any) -> WindowQuerySet:
    """Keep the windows an editor may see: what the network sees, and the texts of a consortium that are the editor's to edit."""
    own = Exists(list_editable_pages(user).filter(translation_key=OuterRef("content_id")))
    seen: WindowQuerySet = windows.filter(AccessScope(network=True).build_filter() | Q(own))
    return seen
