"""The addresses every site has: front door, accessibility statement, robots and sitemap."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cms.core.calendar import today
from cms.core.languages import SOURCE_LANGUAGE, fallback_chain
from frontend.portal.language_choice import choose_locale
from frontend.portal.portal_urls import build_frame_path
from frontend.portal.responses import keep_query, set_policy, set_public_caching
from frontend.portal.site_places import find_titles, list_home_locales
from frontend.portal.sitemaps import SITEMAP_LIMIT, count_acts, group_translations, list_sitemap

# The statement may stand under either name; webtilgaengelighedsloven asks for one that is easy to find.
STATEMENT_SLUGS = ("was", "tilgaengelighedserklaering", "tilgaengelighed", "accessibility-statement", "accessibility")


@require_safe
def redirect_to_language(request: HttpRequest) -> HttpResponseBase:
    """Lead from the front door to the home page in the best language the browser accepts."""
    locale = choose_locale(request, list_home_locales(today()) or [SOURCE_LANGUAGE])
    return _redirect_by_language(request, f"/{locale}/")


@require_safe
def redirect_to_statement(request: HttpRequest) -> HttpResponseBase:
    """Lead to the accessibility statement in the best language there is."""
    day = today()
    locale = choose_locale(request, list_home_locales(day) or [SOURCE_LANGUAGE])
    candidates = [f"/{code}/{slug}/" for code in fallback_chain(locale) for slug in STATEMENT_SLUGS]
    found = find_titles(candidates, day)
    path = next((candidate for candidate in candidates if candidate in found), None)
    if path is None:
        raise Http404
    return _redirect_by_language(request, build_frame_path(path, locale))


@require_safe
def show_robots(request: HttpRequest) -> HttpResponseBase:
    """Tell crawlers what to leave alone and where the sitemaps are."""
    chunks = -(-count_acts(today()) // SITEMAP_LIMIT)
    sitemaps = ["/sitemap.xml", *(f"/sitemap-acts-{number}.xml" for number in range(1, chunks + 1))]
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/search/", "Disallow: /*/acts/*/diff/", ""]
    lines += [f"Sitemap: {settings.PUBLIC_URL}{path}" for path in sitemaps]
    return _finish(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


@require_safe
def show_sitemap(request: HttpRequest, number: int | None = None) -> HttpResponseBase:
    """List the addresses of pages with their translations, or the ``number``-th part of the acts."""
    entries = list_sitemap(today(), acts=number is not None, page=number or 1)
    if number is not None and not entries:
        raise Http404
    context = {"groups": group_translations(entries), "origin": settings.PUBLIC_URL}
    body = render_to_string("portal/sitemap.xml", context)
    return _finish(HttpResponse(body, content_type="application/xml; charset=utf-8"))


def _redirect_by_language(request: HttpRequest, path: str) -> HttpResponseBase:
    response = _finish(HttpResponseRedirect(keep_query(request, path)))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _finish(response: HttpResponse) -> HttpResponse:
    set_policy(response)
    set_public_caching(response)
    return response
