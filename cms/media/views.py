"""The files of texts for readers, and everything that is stored for editors.

A reader needs the whole address, which holds a digest of the content, and the permission of the file's collection. The
storage's own names are for signed-in editors alone: originals hold more than texts show, and whoever could guess the name of
a file would have it before it is published.
"""

from mimetypes import guess_type
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.core.files import (
    IMAGE_FILTER,
    build_digest,
    build_document_url,
    build_rendition_name,
    get_image_rendition,
    is_stored,
)
from cms.media.delivery import FOR_NOW, Delivery, build_file_response

# The formats Wagtail writes renditions in; what the machine's own list of types lacks is named here.
IMAGE_TYPES = {"avif": "image/avif", "gif": "image/gif", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@require_safe
def serve_image(request: HttpRequest, image_id: int, digest: str, spec: str, name: str) -> HttpResponseBase:
    """Answer with an image as texts show it; other filters than theirs are not worked out for anybody."""
    image = _get_file(get_image_model(), image_id, digest)
    restrictions = list(image.collection.get_view_restrictions())
    if spec != IMAGE_FILTER or not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404("No such image, or not for this reader.")
    try:
        rendition = get_image_rendition(image)
    except (OSError, ValueError) as error:
        raise Http404("No image that can be read.") from error
    filename = build_rendition_name(image, rendition)
    delivery = Delivery(
        stored=rendition.file.name,
        filename=filename,
        content_type=_find_image_type(filename),
        is_public=not restrictions,
        digest=digest,
    )
    return build_file_response(request, delivery)


@require_safe
def serve_document(request: HttpRequest, document_id: int, digest: str, name: str) -> HttpResponseBase:
    """Answer with a document; one of a private collection asks for the password or the sign-in that Wagtail keeps."""
    document = _get_file(get_document_model(), document_id, digest)
    for check in hooks.get_hooks("before_serve_document"):
        refusal = check(document, request)
        if isinstance(refusal, HttpResponse):
            return refusal
    delivery = Delivery(
        stored=document.file.name,
        filename=document.filename,
        content_type=document.content_type,
        is_public=not document.collection.get_view_restrictions().exists(),
        digest=digest,
    )
    return build_file_response(request, delivery)


@require_safe
def find_document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """Send an editor on from Wagtail's own address of a document to the present one."""
    _require_editor(request)
    document = get_object_or_404(get_document_model(), pk=document_id)
    if document.filename != filename or not is_stored(document):
        raise Http404("No such document.")
    response = HttpResponseRedirect(build_document_url(document))
    response.headers["Cache-Control"] = FOR_NOW
    return response


@require_safe
def serve_stored(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer an editor with anything that is stored: thumbnails, originals, portraits."""
    _require_editor(request)
    filename = name.rpartition("/")[2]
    content_type = guess_type(filename)[0] or "application/octet-stream"
    return build_file_response(request, Delivery(name, filename, content_type, is_public=False))


def _get_file(model: type[Any], file_id: int, digest: str) -> Any:
    """Get the image or document whose content has this digest now.

    Raises:
        Http404: if there is none, it was replaced, or its file is gone.
    """
    file = get_object_or_404(model.objects.select_related("collection"), pk=file_id)
    if not is_stored(file) or not constant_time_compare(build_digest(file), digest):
        raise Http404("No such file.")
    return file


def _require_editor(request: HttpRequest) -> None:
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404("For editors only.")


def _find_image_type(filename: str) -> str:
    extension = filename.rpartition(".")[2].lower()
    return IMAGE_TYPES.get(extension) or guess_type(filename)[0] or "application/octet-stream"
