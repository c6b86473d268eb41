"""The editor's preview: the draft through the same serializer and the same template as readers will get."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP

from cms.publication.pages.builder import build_draft_document
from frontend.portal.contents import choose_template
from frontend.portal.released_documents import ReleasedDocument
from frontend.portal.responses import render_localised, set_policy
from frontend.portal.views.documents import build_document_context


def render_draft(page: Any, request: HttpRequest) -> HttpResponse:
    """Render a page's draft for its editor; nobody else may see, keep or index it, and only the editor may frame it."""
    document = build_draft_document(page)
    locale = document["locale"]
    found = ReleasedDocument(page.portal_path, document)
    context = build_document_context(found, locale=locale, path=found.path, is_draft=True, is_indexed=False)
    response = HttpResponse(render_localised(choose_template(document), context, locale=locale))
    response.headers["Content-Language"] = locale
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    set_policy(response, frame_ancestors=CSP.SELF)
    return response
