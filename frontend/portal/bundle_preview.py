"""Preview of the whole portal as it will be when a release bundle is live, for its editors alone."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.csp import CSP
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.core.calendar import viewing
from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE
from cms.translation.bundles.bundle_access import may_publish_all, may_see_bundle
from cms.translation.bundles.going_live import BundleBlockedError, rehearsing
from cms.translation.bundles.preview_notice import NO_SEARCH, build_preview_notice
from cms.translation.models import ReleaseBundle
from frontend.portal.responses import set_policy

PORTAL_URLS = "frontend.portal.urls"
# Search asks an index that knows nothing of what is not out; feeds are read by machines.
LEFT_OUT = {"search", "robots", "sitemap", "sitemap-acts"}
# Example: "<a ‹href=\"/pl/›guides/\">"
PORTAL_LINK = re.compile(rf'(?P<name>href|action)="/(?P<locale>{"|".join(LANGUAGES)})/')
# Example: "‹<body class=\"home\">›<a>"
BODY_START = re.compile(r"<body[^>]*>")
# Example: "‹<link rel=\"canonical\" href=\"/da/\">›<link rel=\"icon\">"
CANONICAL = re.compile(r'<link rel="(?:canonical|alternate)"[^>]*>')


@require_safe
def preview_site(request: HttpRequest, bundle_id: int, path: str) -> HttpResponse:
    """Show the portal's answer for a path as on a bundle's first day, with all its texts in place."""
    bundle = get_object_or_404(ReleaseBundle, pk=bundle_id)
    if not may_see_bundle(bundle, request.user):
        raise Http404
    if not may_publish_all(bundle, request.user):
        raise PermissionDenied
    try:
        match = resolve(f"/{path}", PORTAL_URLS)
    except Resolver404 as error:
        raise Http404 from error
    if match.url_name in LEFT_OUT:
        return finish(HttpResponse(NO_SEARCH, content_type="text/plain; charset=utf-8"))
    language = get_language()
    # Validators and ranges are of what readers get.
    for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
        request.META.pop(name, None)
    try:
        with rehearsing(bundle, request.user) as day, viewing(day):
            response: Any = match.func(request, *match.args, **match.kwargs)
            body = response.content.decode(response.charset)
    except BundleBlockedError as error:
        return finish(HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=409))
    root = build_root(bundle)
    if location := response.headers.get("Location"):
        answer = HttpResponse(status=302, headers={"Location": root + location.removeprefix("/")})
        return finish(answer)
    banner = _build_banner(bundle, request.user, day, language or SOURCE_LANGUAGE)
    body = body.replace(f'="{settings.PUBLIC_URL}/', '="/')
    body = PORTAL_LINK.sub(lambda link: f'{link["name"]}="{root}{link["locale"]}/', CANONICAL.sub("", body))
    body = BODY_START.sub(lambda start: start[0] + banner, body, count=1)
    return finish(HttpResponse(body, status=response.status_code))


def build_root(bundle: ReleaseBundle) -> str:
    """Build the address under which the preview has what the portal has under its own."""
    return reverse("portal_bundle_preview", args=[bundle.pk, "-"]).removesuffix("-")


def build_preview_url(bundle: ReleaseBundle) -> str:
    """Build the address of the preview's home page."""
    return f"{build_root(bundle)}{SOURCE_LANGUAGE}/"


def finish(response: HttpResponse) -> HttpResponse:
    """Finish an answer of the preview: nobody keeps it, indexes it or frames it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    set_policy(response, frame_ancestors=CSP.NONE)
    return response


def _build_banner(bundle: ReleaseBundle, user: Any, day: Any, language: str) -> SafeString:
    notice = build_preview_notice(bundle, user, day)
    root = build_root(bundle)
    homes = ((root, code, code, LANGUAGES[code].endonym) for code in LANGUAGES)
    return format_html(
        '<p class="draft-banner" lang="{}" dir="ltr"><strong>{}</strong> {} {} {} <a href="{}">{}</a></p>',
        language,
        notice.heading,
        notice.text,
        notice.missing,
        format_html_join(" ", '<a href="{}{}/" lang="{}">{}</a>', homes),
        reverse("translation_bundle", args=[bundle.pk]),
        notice.back,
    )
