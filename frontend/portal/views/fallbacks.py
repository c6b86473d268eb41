"""Texts of other languages inside the reader's own: its menu, its links, its search around what is not translated."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cms.core.calendar import today
from frontend.portal.portal_urls import build_frame_path
from frontend.portal.released_documents import find_best_path, find_by_path
from frontend.portal.responses import build_passing_response
from frontend.portal.views.documents import answer_absence, is_original_asked, show_found


@require_safe
def show_in_frame(request: HttpRequest, locale: str, own: str, rest: str) -> HttpResponseBase:
    """Show what stands at a path of another language inside ``locale``, as long as there is nothing better for its readers.

    A translation that comes, or a language before this one in the chain, is redirected to; not who asks for the source, or for an
    outdated translation, by name.
    """
    origin = f"/{own}/{rest}"
    framed = build_frame_path(origin, locale)
    if framed != request.path:
        return build_passing_response(request, framed)
    day = today()
    found = find_by_path(origin, day)
    if found is None:
        return answer_absence(request, locale, origin)
    best = find_best_path(found, locale, day)
    is_asked = is_original_asked(request, found) or (found.is_stale and request.GET.get("allow_outdated") == "true")
    if best != origin and not is_asked:
        return build_passing_response(request, build_frame_path(best, locale))
    return show_found(request, found, locale=locale, path=framed)
