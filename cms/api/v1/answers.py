"""The shapes of the answers, for the OpenAPI document. Documents come from the serializers that the types are registered with."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer

from cms.api.v1.json_feed import VERSION as JSON_FEED_VERSION
from cms.publication.pages.serializers import DocumentSerializer
from cms.publication.registry import ContentType, registry
from legal.differences.diff_serializers import ActDiffSerializer
from legal.enums import ActEventKind
from legal.serializers import ActDetailSerializer, ActReferenceSerializer, ProvisionSerializer

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
UUID_TEXT: Schema = {"type": "string", "format": "uuid"}
DAY: Schema = {"type": "string", "format": "date"}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}


def build_object(properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """Build the schema of an object whose members are all there, but for the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def build_list(items: Schema) -> Schema:
    """Build the schema of a list."""
    return {"type": "array", "items": items}


PROBLEM_SCHEMA = build_object(
    {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Stable: /problems/unknown-parameter and the like.",
        },
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "errors": {
            **build_list(
                build_object(
                    {"parameter": TEXT, "pointer": TEXT, "header": TEXT, "detail": TEXT},
                    optional=("parameter", "pointer", "header"),
                )
            ),
            "minItems": 1,
        },
        "reason": {"type": "string", "description": "With 410: gone, moved, recalled or ended."},
        "moved_to": {**MAYBE_TEXT, "description": "With 410: the document it has moved to."},
        "explanation": {**MAYBE_TEXT, "description": "With 410: what the editors say about it, for readers."},
    },
    optional=("reason", "moved_to", "explanation"),
)
PARTIAL_DOCUMENT: Schema = {
    "type": "object",
    "description": "The keys asked for with fields=, or those a list carries.",
}
RELEASED_DOCUMENT_NAME = "Document"


def resolve_document(view_schema: Any) -> Schema:
    """Resolve the document: one of the types', told apart by ``type``."""
    serializers: dict[str, Any] = {name: _complete(content_type) for name, content_type in registry.types.items()}
    proxy = PolymorphicProxySerializer(RELEASED_DOCUMENT_NAME, serializers, "type")
    reference: Schema = view_schema.resolve_serializer(proxy, "response").ref
    return reference


def _complete(content_type: ContentType) -> type:
    """Complete a type's serializer by what the log adds, where the type only names what is its own."""
    serializer = content_type.serializer
    if issubclass(serializer, DocumentSerializer):
        return serializer
    name = "".join(part.capitalize() for part in content_type.name.split("-"))
    return type(f"{name}DocumentSerializer", (serializer, DocumentSerializer), {"__doc__": serializer.__doc__})


def _build_document(view_schema: Any) -> Schema:
    return {"anyOf": [resolve_document(view_schema), PARTIAL_DOCUMENT]}


def _build_page(view_schema: Any) -> Schema:
    return build_object({"results": build_list(_build_document(view_schema)), "next": {**MAYBE_TEXT, "format": "uri"}})


def _build_act(view_schema: Any) -> Schema:
    reference: Schema = view_schema.resolve_serializer(ActDetailSerializer, "response").ref
    return reference


def _build_provision(view_schema: Any) -> Schema:
    reference: Schema = view_schema.resolve_serializer(ProvisionSerializer, "response").ref
    return reference


def _build_act_diff(view_schema: Any) -> Schema:
    reference: Schema = view_schema.resolve_serializer(ActDiffSerializer, "response").ref
    return reference


def _build_citations(view_schema: Any) -> Schema:
    act: Schema = view_schema.resolve_serializer(ActReferenceSerializer, "response").ref
    numbers = build_list({"anyOf": [COUNT, {**TEXT, "description": 'A number with a letter: "5 c".'}]})
    citation = build_object(
        {
            "start": {**COUNT, "description": "Where it begins, in code points of the text as sent."},
            "end": {**COUNT, "description": "Where it ends; what stands there is no part of it."},
            "text": {**TEXT, "description": "As written."},
            "act": {"anyOf": [act, {"type": "null"}], "description": "null: a self-reference, or not known here."},
            "section": {**MAYBE_TEXT, "description": 'The section, "9 a"; null for a whole act and for a part alone.'},
            "section_to": {**MAYBE_TEXT, "description": "The last section of a range."},
            "stk": numbers,
            "nr": numbers,
            "litra": build_list(TEXT),
            "pkt": numbers,
            "partial": {**FLAG, "description": 'A part of a section that is not named: "jf. stk. 2".'},
            "url": {**MAYBE_TEXT, "description": "Address in the portal, or at the official source."},
        }
    )
    return build_object({"citations": build_list(citation)})


def _build_versions(view_schema: Any) -> Schema:
    version = build_object(
        {
            "version": TEXT,
            "applies_from": MAYBE_DAY,
            "applies_until": MAYBE_DAY,
            "released_at": MOMENT,
            "significance": {"type": "string", "enum": ["typo", "minor", "substantive"]},
            "change_note": TEXT,
            "withdrawn": {
                "type": ["string", "null"],
                "description": "Why it was withdrawn: gone, moved or recalled; else null.",
            },
        }
    )
    return build_object({"results": build_list(version), "next": {**MAYBE_TEXT, "format": "uri"}})


def _build_changes(view_schema: Any) -> Schema:
    recall = build_object({"id": UUID_TEXT, "locale": TEXT, "version": TEXT})
    change = build_object(
        {
            "kind": {"type": "string", "enum": ["released", "withdrawn"]},
            "reason": {"type": ["string", "null"], "enum": ["gone", "moved", "recalled", "hidden", None]},
            "moved_to": {**MAYBE_TEXT, "format": "uuid"},
            "id": UUID_TEXT,
            "locale": TEXT,
            "version": {**MAYBE_TEXT, "description": "null: all versions of this id and locale."},
            "document": {"anyOf": [resolve_document(view_schema), {"type": "null"}]},
            "explanation": {**MAYBE_TEXT, "description": "With withdrawn: what the editors say about it, for readers."},
        },
        optional=("explanation",),
    )
    return build_object({"recalls": build_list(recall), "changes": build_list(change), "cursor": TEXT, "more": FLAG})


def _build_vocabulary(view_schema: Any) -> Schema:
    entry = build_object(
        {
            "slug": TEXT,
            "code": TEXT,
            "label": TEXT,
            "kind": {"type": "string", "enum": ["role", "nationality"]},
            "municipalities": build_list(TEXT),
            "focus_areas": build_list(TEXT),
            "valid_from": DAY,
            "valid_to": MAYBE_DAY,
            "locale": TEXT,
            "synonyms": build_list(TEXT),
            "definition": TEXT,
        },
        optional=(
            *("slug", "code", "kind", "municipalities", "focus_areas", "valid_from", "valid_to"),
            *("locale", "synonyms", "definition"),
        ),
    )
    return build_object({"results": build_list(entry)})


def _build_root(view_schema: Any) -> Schema:
    locale = build_object(
        {
            "locale": TEXT,
            "endonym": TEXT,
            "direction": {"type": "string", "enum": ["ltr", "rtl"]},
            "fallback_chain": build_list(TEXT),
        }
    )
    members = {
        "name": TEXT,
        "version": TEXT,
        "locales": build_list(locale),
        "types": build_list(TEXT),
        "links": {"type": "object"},
    }
    return build_object(members)


def _build_search(view_schema: Any) -> Schema:
    found = build_object(
        {
            "score": {"type": ["number", "null"]},
            "highlights": build_object({"title": build_list(TEXT), "body": build_list(TEXT)}),
        }
    )
    facet = build_object({"value": TEXT, "label": TEXT, "count": COUNT})
    return build_object(
        {
            "query": TEXT,
            "total": COUNT,
            # Acts are found without the lists of their sections and texts: a partial document.
            "results": build_list({"allOf": [_build_document(view_schema), found]}),
            "facets": {"type": "object", "additionalProperties": build_list(facet)},
            "suggestion": MAYBE_TEXT,
            "engine": {"type": "string", "enum": ["elasticsearch", "database"]},
            "degraded": FLAG,
        }
    )


def _build_suggestions(view_schema: Any) -> Schema:
    completion = build_object({"text": TEXT, "kind": TEXT, "id": UUID_TEXT})
    return build_object({"completions": build_list(completion)})


def _build_json_feed(view_schema: Any) -> Schema:
    address = {"type": "string", "format": "uri"}
    item = build_object(
        {
            "id": TEXT,
            "url": address,
            "title": TEXT,
            "content_html": TEXT,
            "date_published": MOMENT,
            "date_modified": MOMENT,
            "language": TEXT,
            "summary": TEXT,
            "tags": build_list(TEXT),
            "_videnbro": build_object({"kind": {"type": "string", "enum": ActEventKind.values}}),
        },
        optional=("summary", "tags", "_videnbro"),
    )
    members = {
        "version": {"type": "string", "enum": [JSON_FEED_VERSION]},
        "title": TEXT,
        "home_page_url": address,
        "feed_url": address,
        "language": TEXT,
        "authors": build_list(build_object({"name": TEXT, "url": address})),
        "items": build_list(item),
    }
    return build_object(members)


ANSWERS: dict[str, Callable[[Any], Schema]] = {
    "root": _build_root,
    "document": _build_document,
    "document-page": _build_page,
    "versions": _build_versions,
    "search": _build_search,
    "suggestions": _build_suggestions,
    "changes": _build_changes,
    "snapshot": lambda view_schema: {"type": "string", "description": "The heading, then a document a line."},
    "vocabulary": _build_vocabulary,
    "act-page": _build_page,
    "act": _build_act,
    "provision": _build_provision,
    "act-diff": _build_act_diff,
    "atom": lambda view_schema: {"type": "string", "description": "An Atom feed, RFC 4287."},
    "json-feed": _build_json_feed,
    "calendar": lambda view_schema: {"type": "string", "description": "A calendar, RFC 5545."},
    "citations": _build_citations,
    "openapi": lambda view_schema: {"type": "object"},
    "docs": lambda view_schema: {"type": "string"},
}
