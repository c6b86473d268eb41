"""Images and documents as editors upload them."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def build_picture(color: str = "navy", size: tuple[int, int] = (1600, 400), kind: str = "PNG") -> bytes:
    """Build the bytes of a picture of one colour."""
    stream = BytesIO()
    PillowImage.new("RGB", size, color).save(stream, kind)
    return stream.getvalue()


def make_image(name: str = "foto.png", content: bytes | None = None, **values: Any) -> Any:
    """Make an image."""
    file = ContentFile(content if content is not None else build_picture(), name=name)
    return get_image_model().objects.create(title=name, file=file, **values)


def make_document(name: str = "blanket.pdf", content: bytes = PDF, **values: Any) -> Any:
    """Make a document."""
    return get_document_model().objects.create(title=name, file=ContentFile(content, name=name), **values)


def replace_file(file: Any, content: bytes, name: str) -> Any:
    """Give an image or document another content, as a script does."""
    file = type(file).objects.get(pk=file.pk)
    file.file = ContentFile(content, name=name)
    file.save()
    return type(file).objects.get(pk=file.pk)


def make_collection(name: str = "Intern") -> Collection:
    """Make a collection beneath the root."""
    return Collection.get_first_root_node().add_child(instance=Collection(name=name))
