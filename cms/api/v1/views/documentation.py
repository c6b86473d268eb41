"""The OpenAPI document and the pages to read it by."""

import threading

import orjson
from django.http import HttpResponse
from django.template.loader import render_to_string
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from rest_framework.request import Request

from cms.api.v1.negotiation import JsonMedia, PageMedia
from cms.api.v1.openapi import SPECTACULAR_SETTINGS, Operation
from cms.api.v1.replies import build_reply
from cms.api.v1.views.base import ApiView

# Swagger UI writes styles into the page; scripts come from this site alone.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_generating = threading.Lock()
_documents: list[bytes] = []


def get_openapi_document() -> bytes:
    """Return the OpenAPI document, made once in a process."""
    with _generating:
        if not _documents:
            _documents.append(build_openapi_document())
        return _documents[0]


def build_openapi_document() -> bytes:
    """Build the OpenAPI document."""
    with patched_settings(SPECTACULAR_SETTINGS):
        return orjson.dumps(SchemaGenerator().get_schema(request=None, public=True), option=orjson.OPT_NON_STR_KEYS)


class OpenApiView(ApiView):
    """The description of this API in OpenAPI 3.1."""

    operation = Operation("openapi", "Root", "Read the OpenAPI document", answer="openapi")

    def get(self, request: Request) -> HttpResponse:
        return build_reply(request, get_openapi_document())


class DocumentationView(ApiView):
    """The OpenAPI document as pages to read and try, without third-party hosts."""

    operation = Operation("docs", "Root", "Read about this API", answer="docs", media_type="text/html")
    renderer_classes = (PageMedia, JsonMedia)

    def get(self, request: Request) -> HttpResponse:
        page = render_to_string("api/docs.html").encode()
        headers = {"Content-Security-Policy": PAGE_POLICY}
        return build_reply(request, page, headers=headers, media_type="text/html; charset=utf-8")
