"""Base class of the API's views: caller, parameters, access scope."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.views import APIView

from cms.api.cors import refuse_foreign_origin
from cms.api.keys import Caller, KeyAuthentication, refuse_key_in_address
from cms.api.problems import handle_exception
from cms.api.v1.negotiation import AcceptNegotiation, JsonMedia
from cms.api.v1.openapi import ApiSchema, Operation
from cms.api.v1.parameters import Asked, Parameter, read_parameters
from cms.core.calendar import today
from cms.publication.access.access_scope import PUBLIC_ACCESS, AccessScope

SAFE_METHODS = ("GET", "HEAD")


class ApiView(APIView):
    """A view that knows its caller's access scope and has read its declared parameters into ``asked`` before it answers."""

    authentication_classes = (KeyAuthentication,)
    permission_classes = ()
    throttle_classes = ()
    parser_classes = (JSONParser,)
    renderer_classes: Sequence[type[JsonMedia]] = (JsonMedia,)
    content_negotiation_class = AcceptNegotiation
    schema = ApiSchema()

    parameters: ClassVar[Sequence[Parameter]] = ()
    # Those of the path that have a closed list of values; only described here, read by the view.
    path_parameters: ClassVar[Sequence[Parameter]] = ()
    operation: ClassVar[Operation]

    asked: Asked

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        refuse_key_in_address(request.path_info, request.META.get("QUERY_STRING", ""))
        super().initial(request, *args, **kwargs)
        if request.auth is not None:
            refuse_foreign_origin(request._request, request.auth.key)
        self.asked = read_parameters(request._request.GET, self.parameters if request.method in SAFE_METHODS else ())

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        return HttpResponse(status=204)

    def get_exception_handler(self) -> Callable[..., Any]:
        return handle_exception

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {"Allow": ", ".join(self.allowed_methods)}

    @property
    def access(self) -> AccessScope:
        """Get the caller's access scope."""
        caller: Caller | None = self.request.auth  # type: ignore[assignment]
        return caller.access if caller is not None else PUBLIC_ACCESS

    @property
    def day(self) -> date:
        """The day asked for with ``as_of``, else today."""
        return self.asked["as_of"] or today() if "as_of" in self.asked else today()
