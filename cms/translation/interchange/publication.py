"""Publication of translations that came in with a file."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.publication.pages.obstacles import refuse_to_bring_back


def publish_draft(translation: Translation | None, *, user: Any) -> bool:
    """Publish what a translation says now, when readers do not have it yet; returns whether that was so.

    Raises:
        ReleaseRefusedError: if it is not whole, has been withdrawn, or something else stands against it.
    """
    if translation is None:
        return False
    try:
        instance = translation.get_target_instance()
    except ObjectDoesNotExist:
        return False
    if instance.live and not instance.has_unpublished_changes:
        return False
    if isinstance(instance, Page):
        refuse_to_bring_back([instance])
    instance.get_latest_revision().publish(user=user)
    return True
