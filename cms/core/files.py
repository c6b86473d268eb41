"""Files that a text shows: where readers fetch them, and what they are told of them.

An address holds a digest of the file's content. A replaced file gets another address, so every answer may be kept for ever,
and nobody finds a file that no text has told them of.
"""

import logging
from typing import Any
from urllib.parse import quote

from django.conf import settings
from wagtail.images.models import Filter

from cms.core.target_cache import get_cached

logger = logging.getLogger(__name__)

IMAGE_PATH = "media/image"
DOCUMENT_PATH = "documents"
# Wider than any column of text; the filter is a part of the address, so another one gives other addresses.
IMAGE_FILTER = "width-1200"
DIGEST_LENGTH = 16
OPEN_COLLECTION = "open-collection"


def build_image_reference(image: Any) -> dict[str, Any] | None:
    """Build ``{"url", "width", "height"}`` of an image as texts show it.

    ``None`` if there is none, its file is missing or broken, or its collection is not open to everyone: a picture in a text
    cannot ask for a password.
    """
    if image is None or not is_stored(image) or not is_open(image):
        return None
    try:
        rendition = get_image_rendition(image)
    except (OSError, ValueError) as error:  # unreadable, truncated, or no picture at all
        logger.warning("Image %s cannot be shown: %s", image.pk, error)
        return None
    name = build_rendition_name(image, rendition)
    url = f"{settings.PUBLIC_URL}/{IMAGE_PATH}/{image.pk}/{build_digest(image)}/{IMAGE_FILTER}/{quote(name)}"
    return {"url": url, "width": rendition.width, "height": rendition.height}


def is_open(file: Any) -> bool:
    """Say whether the collection of an image or document is open to everyone."""
    return get_cached(OPEN_COLLECTION, file.collection_id, lambda: not file.collection.get_view_restrictions().exists())


def build_document_reference(document: Any) -> dict[str, Any] | None:
    """Build ``{"url", "size_bytes", "extension"}`` of a document, or ``None`` if there is none or its file is missing."""
    if document is None or not is_stored(document):
        return None
    return {
        "url": build_document_url(document),
        "size_bytes": document.get_file_size(),
        "extension": document.file_extension,
    }


def build_document_url(document: Any) -> str:
    """Build the address a document is downloaded from."""
    return f"{settings.PUBLIC_URL}/{DOCUMENT_PATH}/{document.pk}/{build_digest(document)}/{quote(document.filename)}"


def get_image_rendition(image: Any) -> Any:
    """Return the rendition of an image that texts show, made anew where its file is missing.

    Raises:
        OSError, ValueError: if the image cannot be read.
    """
    rendition = image.get_rendition(IMAGE_FILTER)
    if not is_stored(rendition):
        # Another process may have deleted it since it was cached in this one.
        rendition.purge_from_cache()
        rendition = image.get_rendition(IMAGE_FILTER)
    if not is_stored(rendition):
        rendition.file = image.generate_rendition_file(Filter(spec=IMAGE_FILTER))
        rendition.save()
    return rendition


def build_rendition_name(image: Any, rendition: Any) -> str:
    """Build the file name under which readers get an image: the uploaded one, in the format it is shown in."""
    stem = image.filename.rpartition(".")[0]
    return f"{stem}.{rendition.file.name.rpartition('.')[2]}"


def build_digest(file: Any) -> str:
    """Return the beginning of the hexadecimal digest of an image's or document's content."""
    return str(file.get_file_hash()[:DIGEST_LENGTH])


def is_stored(file: Any) -> bool:
    """Say whether the file of an image or document is there; its row may have outlived it."""
    return bool(file.file) and bool(file.file.storage.exists(file.file.name))
