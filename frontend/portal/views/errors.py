"""Pages for what is not there, in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from frontend.portal.language_choice import choose_locale, get_language_of
from frontend.portal.page_frame import build_frame
from frontend.portal.released_documents import find_elsewhere
from frontend.portal.responses import build_page_response, render_localised, set_policy
from frontend.portal.tombstones import Tombstone


def build_not_found_response(request: HttpRequest, locale: str) -> HttpResponseBase:
    """Say that there is nothing here, and name the languages in which the same address leads somewhere."""
    day = today()
    context = {
        "frame": build_frame(locale=locale, title="404", path=request.path, day=day, is_indexed=False),
        "elsewhere": find_elsewhere(request.path, locale, day),
    }
    return build_page_response(request, "portal/errors/not_found.html", context, locale=locale, status=404)


def build_gone_response(request: HttpRequest, locale: str, tombstone: Tombstone) -> HttpResponseBase:
    """Say that something was here, why it is not any more, and where it went."""
    context = {
        "frame": build_frame(locale=locale, title="410", path=request.path, day=today(), is_indexed=False),
        "tombstone": tombstone,
    }
    return build_page_response(request, "portal/errors/gone.html", context, locale=locale, status=410)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer 404 for any address of the site that is nobody's: Django's ``handler404``."""
    return build_not_found_response(request, choose_error_locale(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database, which may be what failed: Django's ``handler500``."""
    locale = choose_error_locale(request)
    context = {"language": get_language_of(locale), "home_path": f"/{locale}/"}
    response = HttpResponse(render_localised("portal/errors/server_error.html", context, locale=locale), status=500)
    response.headers["Cache-Control"] = "no-store"
    set_policy(response)
    return response


def choose_error_locale(request: HttpRequest) -> str:
    """Choose the language of an error page: the one in the address, else the browser's."""
    first = request.path.strip("/").partition("/")[0]
    return first if first in LANGUAGES else choose_locale(request, LANGUAGES)
