"""Hooks for bulk actions on files: Wagtail's bulk actions write past the signals."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.images import get_image_model

from cms.core.references import build_target
from cms.publication.pages.referrers import release_referrers


@hooks.register("after_bulk_action")
def release_moved_images(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Release the texts that show images which were put into another collection, perhaps a closed one."""
    if action_type == "add_to_collection":
        images = [image for image in objects if isinstance(image, get_image_model())]
        release_referrers([build_target(image) for image in images])
