"""Response headers of portal pages: policy, caching and validators."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.csp import CSP, build_policy
from django.utils.translation import override

from cms.api.conditional import drop_body_headers, is_unmodified
from cms.core.calendar import seconds_until_midnight

MAX_AGE_SECONDS = 60

# Scripts come from the site's own files only, and no page needs one; what is not named is refused. The policy is set here and
# not in the settings, because the editor needs another one; Django's middleware leaves a header alone that is already there.
POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}


def set_policy(response: HttpResponseBase, *, frame_ancestors: str = CSP.NONE) -> None:
    """Set the content security policy; ``frame_ancestors`` names who may show the page in a frame."""
    response.headers[str(CSP.HEADER_ENFORCE)] = build_policy({**POLICY, "frame-ancestors": [frame_ancestors]})
    response.headers["X-Frame-Options"] = "DENY" if frame_ancestors == CSP.NONE else "SAMEORIGIN"


def set_public_caching(response: HttpResponseBase) -> None:
    """Let caches keep a response for a minute, but never past midnight: what applies may change then."""
    max_age = max(0, min(MAX_AGE_SECONDS, int(seconds_until_midnight())))
    response.headers["Cache-Control"] = f"public, max-age={max_age}"


def build_moved_response(request: HttpRequest, path: str) -> HttpResponseBase:
    """Lead to the address that a page has now. Browsers ask again each time: it may move on, or back."""
    response = HttpResponsePermanentRedirect(keep_query(request, path))
    response.headers["Cache-Control"] = "no-cache"
    set_policy(response)
    return response


def build_passing_response(request: HttpRequest, path: str, query: str | None = None) -> HttpResponseBase:
    """Lead to what serves a reader best for now: a translation may come, and may be withdrawn again.

    The query is that of the request, or another one.
    """
    response = HttpResponseRedirect(keep_query(request, path) if query is None else f"{path}?{query}")
    set_policy(response)
    set_public_caching(response)
    return response


def keep_query(request: HttpRequest, path: str) -> str:
    """Build an address at another path with the query of this one."""
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def render_localised(template: str, context: dict[str, Any], *, locale: str) -> str:
    """Render a template with the interface in one language; no request, so that nothing depends on who asks."""
    with override(locale):
        return render_to_string(template, context)


def build_page_response(
    request: HttpRequest, template: str, context: dict[str, Any], *, locale: str, status: int = 200
) -> HttpResponseBase:
    """Render a public page and finish it with policy, caching, validator and language.

    The validator is taken from the bytes sent: a page also shows its menu, its neighbours and labels, so the version of
    the document alone would call a changed page unchanged.
    """
    body = render_localised(template, context, locale=locale)
    response = HttpResponse(body, status=status)
    response.headers["Content-Language"] = str(context.get("content_locale") or locale)
    set_policy(response)
    set_public_caching(response)
    if status != 200:
        return response
    etag = f'"{hashlib.blake2b(body.encode(), digest_size=16).hexdigest()}"'
    response.headers["ETag"] = etag
    if is_unmodified(request.META.get("HTTP_IF_NONE_MATCH"), etag):
        return HttpResponse(status=304, headers=dict(drop_body_headers(response.items())))
    return response
