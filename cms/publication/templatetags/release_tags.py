"""Release status of a page, for the editor's templates."""

from typing import Any

from django import template

from cms.publication.editor.release_status import ReleaseStatus, find_release_status
from cms.publication.pages.services import is_released_type

register = template.Library()


@register.simple_tag
def release_status(page: Any) -> ReleaseStatus | None:
    """Return the status of a page that is released; ``None`` for any other object and where nothing of it ever came out."""
    specific = getattr(page, "specific", page)
    return find_release_status(specific) if is_released_type(specific) and specific.pk else None


@register.filter
def is_releasable(page: Any) -> bool:
    """Say whether publishing this page goes through the log."""
    return is_released_type(getattr(page, "specific", page))
