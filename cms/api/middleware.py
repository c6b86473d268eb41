"""Middleware for every answer under ``/api/``: problem details, security headers, CORS, a known host."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from cms.api.cors import add_cors_headers, answer_preflight, is_preflight
from cms.api.problems import (
    PROBLEM_MEDIA_TYPE,
    Problem,
    ProblemError,
    build_not_found,
    build_status_problem,
    convert_exception,
)

API_PREFIX = "/api/"
CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'"


class ApiMiddleware:
    """Wrap everything under ``/api/``; other paths pass through untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(API_PREFIX):
            return self.get_response(request)
        response = self._answer(request)
        if response.status_code >= 400 and response.get("Content-Type") != PROBLEM_MEDIA_TYPE:
            response = _retell(response)
        _add_headers(request, response)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            detail = "This host name is not one that is answered here."
            errors: list[ProblemError] = [{"header": "Host", "detail": detail}]
            return Problem(400, "unknown-host", "Unknown host", detail, errors).build_response()
        if "\x00" in request.path_info:
            # No id, name or section has such a character, and PostgreSQL would refuse the question.
            return build_not_found().build_response()
        try:
            return answer_preflight(request) if is_preflight(request) else self.get_response(request)
        except Exception as error:
            problem = convert_exception(error)
            if problem is None:
                raise
            return problem.build_response()


def _retell(response: HttpResponseBase) -> HttpResponse:
    kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
    response.close()
    return build_status_problem(response.status_code, kept).build_response()


def _add_headers(request: HttpRequest, response: HttpResponseBase) -> None:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    if "Access-Control-Allow-Origin" not in response.headers:
        add_cors_headers(request, response)  # type: ignore[arg-type]
    patch_vary_headers(response, ["Authorization"])
