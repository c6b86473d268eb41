"""Errors of the API as RFC 9457 problem details."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import orjson
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from rest_framework import exceptions

PROBLEM_MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
NOT_FOUND_DETAIL = "There is nothing here, or nothing that you may see."
SNAPSHOT_HINT = "Take a snapshot from /api/v1/snapshot/ and go on from its cursor."


class ProblemError(TypedDict, total=False):
    """One fault: where it stands (a query parameter, a JSON pointer into the body or a header) and what is wrong."""

    parameter: str
    pointer: str
    header: str
    detail: str


class Problem(exceptions.APIException):
    """A refusal; ``slug`` names the type (``/problems/<slug>``), ``extensions`` are further members of the answer.

    Without ``errors`` the one fault is what the detail says.
    """

    def __init__(  # noqa: PLR0917 - the members of the answer, in their usual order
        self,
        status: int,
        slug: str,
        title: str,
        detail: str,
        errors: Sequence[ProblemError] = (),
        headers: Mapping[str, str] | None = None,
        **extensions: Any,
    ) -> None:
        super().__init__(detail)
        self.status_code = status
        self.slug = slug
        self.title = title
        self.text = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.extensions = extensions

    def build_response(self) -> HttpResponse:
        """Build the answer."""
        members = {
            "type": f"/problems/{self.slug}",
            "title": self.title,
            "status": self.status_code,
            "detail": self.text,
            "errors": self.errors or [{"detail": self.text}],
            **self.extensions,
        }
        headers = {"Cache-Control": "no-store", **self.headers}
        return HttpResponse(
            orjson.dumps(members), status=self.status_code, content_type=PROBLEM_MEDIA_TYPE, headers=headers
        )


STATUSES = {
    400: ("bad-request", "Bad request", "The request cannot be understood."),
    401: ("invalid-key", "Invalid key", "The key is not valid: it is unknown, has expired or was revoked."),
    403: ("forbidden", "Forbidden", "The key does not allow this."),
    404: ("not-found", "Not found", NOT_FOUND_DETAIL),
    405: ("method-not-allowed", "Method not allowed", "This resource does not answer this method."),
    406: ("not-acceptable", "Not acceptable", "None of the media types asked for can be delivered."),
    413: ("too-large", "Too large", "The request is larger than what is accepted."),
    415: ("unsupported-media-type", "Unsupported media type", "The body's media type is not accepted."),
    429: ("too-many-requests", "Too many requests", "Wait before asking again."),
    500: ("internal-error", "Internal error", "Something went wrong here. It has been recorded."),
    503: ("unavailable", "Unavailable", "The service cannot answer just now. Try again in a moment."),
}


def build_status_problem(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """Build the problem that a bare status stands for."""
    fallback = STATUSES[500] if status >= 500 else STATUSES[400]
    slug, title, detail = STATUSES.get(status, fallback)
    return Problem(status, slug, title, detail, headers=headers)


def build_not_found() -> Problem:
    """Build the answer for what is not there or not within the caller's access scope: the same for both, to the byte."""
    return build_status_problem(404)


def build_gone(reason: str, moved_to: str | None = None, explanation: str | None = None) -> Problem:
    """Build the answer for what was withdrawn (``gone``, ``moved``, ``recalled``) or has ``ended``.

    ``explanation`` is what the editors say about it, ``None`` when they said nothing.
    """
    details = {
        "gone": "This has been withdrawn.",
        "moved": "This has moved to another document.",
        "recalled": "This was wrong and has been recalled: take it down.",
        "ended": "This no longer applies, and nothing follows it.",
    }
    return Problem(410, "gone", "Gone", details[reason], reason=reason, moved_to=moved_to, explanation=explanation)


def build_bad_parameters(errors: Sequence[ProblemError]) -> Problem:
    """Build the answer that lists everything that is wrong with the query."""
    unknown = all("is not a parameter" in error["detail"] for error in errors)
    slug = "unknown-parameter" if unknown else "invalid-parameter"
    title = "Unknown parameter" if unknown else "Invalid parameter"
    return Problem(400, slug, title, "; ".join(f"{e['parameter']}: {e['detail']}" for e in errors), errors)


def convert_exception(error: Exception) -> Problem | None:
    """Convert what a view raised; ``None`` for what is a fault of ours and is told as a bare 500 after it was logged."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return build_not_found()
    if isinstance(error, OperationalError | InterfaceError):
        return build_status_problem(503, {"Retry-After": str(RETRY_AFTER_SECONDS)})
    if isinstance(error, PermissionDenied):
        return build_status_problem(403)
    if isinstance(error, SuspiciousOperation):
        return build_status_problem(400)
    if isinstance(error, exceptions.ValidationError):
        return Problem(400, "invalid-body", "Invalid body", "The body is not as described.", _list_errors(error.detail))
    if isinstance(error, exceptions.APIException):
        problem = build_status_problem(error.status_code)
        if isinstance(error, exceptions.ParseError):
            problem.text = str(error.detail)
        if challenge := getattr(error, "auth_header", None):
            problem.headers["WWW-Authenticate"] = challenge
        if wait := getattr(error, "wait", None):
            problem.headers["Retry-After"] = str(int(wait) + 1)
        return problem
    return None


def handle_exception(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Answer an exception of a view (DRF's ``EXCEPTION_HANDLER``); ``None`` lets it pass to Django, which logs it."""
    problem = convert_exception(error)
    return problem.build_response() if problem else None


def _list_errors(detail: Any, pointer: str = "") -> list[ProblemError]:
    if isinstance(detail, dict):
        return [entry for key, value in detail.items() for entry in _list_errors(value, f"{pointer}/{key}")]
    if isinstance(detail, list) and any(isinstance(value, dict | list) for value in detail):
        return [entry for index, value in enumerate(detail) for entry in _list_errors(value, f"{pointer}/{index}")]
    texts = detail if isinstance(detail, list) else [detail]
    return [{"pointer": pointer, "detail": str(text)} for text in texts]
