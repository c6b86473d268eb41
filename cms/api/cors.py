"""Cross-origin access (CORS): public content from anywhere without credentials, keyed calls from the key's origins only."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from cms.api.models import ConsumerKey
from cms.api.problems import Problem

EXPOSED = "Content-Language, ETag, Last-Modified, Link, Retry-After, Videnbro-Fallback-From, WWW-Authenticate"
KEYLESS_METHODS = "GET, HEAD, OPTIONS"
KEYED_METHODS = "GET, HEAD, POST, DELETE, OPTIONS"
KEYLESS_HEADERS = "Accept, Content-Type, If-None-Match"
PREFLIGHT_SECONDS = "600"


def is_preflight(request: HttpRequest) -> bool:
    """Say whether a browser asks before it sends the request itself."""
    return (
        request.method == "OPTIONS"
        and "HTTP_ORIGIN" in request.META
        and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META
    )


def answer_preflight(request: HttpRequest) -> HttpResponse:
    """Answer a preflight: a key may be sent from the origins of active keys alone."""
    origin = request.META["HTTP_ORIGIN"]
    asked = {name.strip().lower() for name in request.META.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "").split(",")}
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    if "authorization" in asked and _is_known(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Methods"] = KEYED_METHODS
        response.headers["Access-Control-Allow-Headers"] = f"{KEYLESS_HEADERS}, Authorization"
    else:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = KEYLESS_METHODS
        response.headers["Access-Control-Allow-Headers"] = KEYLESS_HEADERS
    response.headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    patch_vary_headers(response, ["Origin", "Access-Control-Request-Headers"])
    return response


def refuse_foreign_origin(request: HttpRequest, key: ConsumerKey) -> None:
    """Refuse a keyed call that a browser makes from an origin that is not the key's.

    Raises:
        Problem: 403 ``origin-not-allowed``.
    """
    origin = request.META.get("HTTP_ORIGIN")
    if origin is not None and origin not in key.origins:
        raise Problem(403, "origin-not-allowed", "Origin not allowed", "This key may not be used from this web origin.")


def add_cors_headers(request: HttpRequest, response: HttpResponse) -> None:
    """Say which origin may read the response; nothing ever allows cookies."""
    if "HTTP_AUTHORIZATION" not in request.META:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return
    patch_vary_headers(response, ["Origin"])
    key: ConsumerKey | None = getattr(request, "consumer_key", None)
    origin = request.META.get("HTTP_ORIGIN")
    if key is not None and origin in key.origins:
        response.headers["Access-Control-Allow-Origin"] = str(origin)
        response.headers["Access-Control-Expose-Headers"] = EXPOSED


def _is_known(origin: str) -> bool:
    return any(origin in origins for origins in ConsumerKey.objects.active().values_list("origins", flat=True))
