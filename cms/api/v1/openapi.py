"""The OpenAPI 3.1 document, made from the declarations requests are read by and the serializers documents are built by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from cms.api.v1.answers import ANSWERS, PROBLEM_SCHEMA
from cms.api.v1.values import Term

PREFIX = "/api/v1/"
PROBLEM_MEDIA_TYPE = "application/problem+json"
HEADERS = {
    "ETag": "Names the bytes; send it back in If-None-Match.",
    "Cache-Control": "How long the answer keeps.",
    "Content-Language": "The language served.",
    "Videnbro-Fallback-From": "The language asked for, when another is served.",
    "Link": "RFC 8288: the next page, or the page for people.",
}
PROBLEMS = {
    400: "The request is not understood; errors[] says what is wrong with it.",
    401: "The key is unknown, has expired or was revoked.",
    403: "The key does not allow this.",
    404: "There is nothing here, or nothing that the caller may see.",
    406: "None of the media types asked for can be delivered.",
    410: "What was here is gone; reason says why.",
    503: "Not just now; Retry-After says when.",
}


@dataclass(frozen=True)
class Operation:
    """Description of one operation. ``answer`` names a shape of ``cms.api.v1.answers``."""

    id: str
    tag: str
    summary: str
    answer: str
    media_type: str = "application/json"
    may_be_gone: bool = False


class ApiSchema(AutoSchema):
    """Describes a view by its declarations."""

    view: Any

    def get_operation_id(self) -> str:
        return str(self.view.operation.id)

    def get_tags(self) -> list[str]:
        return [self.view.operation.tag]

    def get_summary(self) -> str:
        return str(self.view.operation.summary)

    def get_description(self) -> str:  # type: ignore[override]
        return " ".join((self.view.__doc__ or "").split())

    def get_auth(self) -> list[dict[str, list[str]]]:
        return [{}, {"consumerKey": []}]

    def get_request_serializer(self) -> None:
        return None

    def get_override_parameters(self) -> list[Any]:
        described = [_describe_parameter(parameter) for parameter in self.view.parameters]
        described += [
            OpenApiParameter(
                parameter.name, parameter.kind.schema, OpenApiParameter.PATH, description=parameter.help_text
            )
            for parameter in self.view.path_parameters
        ]
        headers = [
            OpenApiParameter(name, {"type": "string"}, OpenApiParameter.HEADER, description=text, response=[200])
            for name, text in HEADERS.items()
        ]
        return described + headers

    def get_response_serializers(self) -> Any:
        operation = self.view.operation
        schema = ANSWERS[operation.answer](self)
        responses: dict[Any, Any] = {(200, operation.media_type): OpenApiResponse(schema, operation.summary)}
        responses[304] = OpenApiResponse(None, "Nothing has changed; the headers are those of the 200.")
        for status, text in PROBLEMS.items():
            if status != 410 or operation.may_be_gone:
                responses[(status, PROBLEM_MEDIA_TYPE)] = OpenApiResponse(PROBLEM_SCHEMA, text)
        return responses


def keep_own_endpoints(endpoints: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Keep the endpoints of this API (a preprocessing hook of drf-spectacular)."""
    return [
        endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX) and hasattr(endpoint[3].cls, "operation")
    ]


def name_types(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Give each type's schema its name as the only value of ``type`` (a postprocessing hook), so that the choice is exclusive."""
    schemas = result["components"]["schemas"]
    for name, reference in schemas["Document"]["discriminator"]["mapping"].items():
        schema = schemas[reference.rpartition("/")[2]]
        schema["properties"]["type"] = {"type": "string", "enum": [name], "description": "The content type."}
    return result


SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Videnbro",
    "DESCRIPTION": (
        "Law updates and knowledge of a legal resource unit, in eight languages and in time. Public content needs no key. "
        "What a caller may not see does not exist for it."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVERS": [],
    "APPEND_COMPONENTS": {
        "securitySchemes": {"consumerKey": {"type": "http", "scheme": "bearer", "description": "A consumer's key."}}
    },
    "PREPROCESSING_HOOKS": ["cms.api.v1.openapi.keep_own_endpoints"],
    "POSTPROCESSING_HOOKS": ["cms.api.v1.openapi.name_types"],
}


def _describe_parameter(parameter: Any) -> OpenApiParameter:
    schema = dict(parameter.kind.schema)
    text = parameter.help_text
    if isinstance(parameter.kind, Term):
        text = f"{text} Values: /api/v1/vocabularies/{parameter.kind.vocabulary}/."
    if parameter.several:
        schema = {"type": "array", "items": schema}
        text = f"{text} A comma means or{'' if parameter.once else ', repeating the parameter means and'}."
    elif parameter.default is not None:
        schema["default"] = parameter.default
    return OpenApiParameter(
        parameter.name,
        schema,
        OpenApiParameter.QUERY,
        required=parameter.required,
        description=text,
        style="form" if parameter.several else None,
        explode=False if parameter.several else None,
    )
