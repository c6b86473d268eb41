"""The JSON Schema of a bundle line (draft 2020-12); ``docs/content-bundle.schema.json`` is printed from here."""

from typing import Any

from cms.core.enums import Significance, Visibility
from cms.core.languages import LANGUAGES
from cms.exchange import figure_lines
from cms.exchange.registry import BundleKind, bundle_registry

SOURCE_ID = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[A-Za-z0-9][A-Za-z0-9._:-]*$"}
DATE = {"type": ["string", "null"], "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
SLUGS = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
TEXT = {"type": "string"}
# The SHA-256 of a file's content, and a number where the site has the same content more than once.
# Example: "‹9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.2›"
FILE_ID = {"type": "string", "pattern": r"^[0-9a-f]{64}(\.[1-9][0-9]{0,3})?$"}

CITATION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["eli_uri"],
    "properties": {
        "eli_uri": {"type": "string", "format": "uri", "maxLength": 300, "pattern": r"^https?://"},
        "section": {"type": ["string", "null"], "maxLength": 20},
        "stk": {"type": "array", "items": {"type": "integer", "minimum": 1}},
        "quote": {"type": "string"},
    },
}


def _build_block(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "value"],
        "properties": {"type": {"const": name}, "value": value, "id": {"type": "string", "maxLength": 64}},
    }


def _build_object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


BLOCKS = {
    "heading": _build_object(["text", "level"], text=TEXT, level={"enum": [2, 3]}),
    "paragraph": TEXT,
    "list": _build_object(["items"], ordered={"type": "boolean"}, items={"type": "array", "items": TEXT}),
    "step": _build_object(["title", "html"], title=TEXT, html=TEXT),
    "table": _build_object(
        ["caption", "header", "rows"],
        caption=TEXT,
        header={"type": "array", "items": TEXT},
        rows={"type": "array", "items": {"type": "array", "items": TEXT}},
    ),
    "image": _build_object(["image", "alt_text"], image=FILE_ID, alt_text=TEXT, caption=TEXT),
    "document": _build_object(["document", "label"], document=FILE_ID, label=TEXT),
    "callout": _build_object(["html"], tone={"enum": ["info", "warning", "important"]}, html=TEXT),
    "figure": figure_lines.SLUG,
    "citation": _build_object(
        ["eli_uri"], eli_uri=TEXT, section=TEXT, stk={"type": "array", "items": {"type": "integer"}}, quote=TEXT
    ),
    "reusable": SOURCE_ID,
    "contact-point": SOURCE_ID,
}


DEFINITIONS = {"block": {"oneOf": [_build_block(name, value) for name, value in BLOCKS.items()]}}


def build_line_schema(kind: BundleKind) -> dict[str, Any]:
    """Build the schema of a line that releases or drafts content of one kind."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", "source_id", "locale", "title"],
        "properties": {
            "kind": {"const": kind.name},
            "source_id": SOURCE_ID,
            "locale": {"enum": list(LANGUAGES)},
            "title": {"type": "string", "minLength": 1, "maxLength": 255},
            "summary": {"type": "string", "maxLength": 400},
            "html": TEXT,
            "blocks": {"type": "array", "items": {"$ref": "#/$defs/block"}},
            "translation_of": SOURCE_ID,
            "mirror": {"const": True},
            "consortium": {"type": ["string", "null"]},
            "municipalities": SLUGS,
            "topics": SLUGS,
            "audiences": SLUGS,
            "focus_areas": SLUGS,
            "visibility": {"enum": list(Visibility.values)},
            "applies_from": DATE,
            "applies_until": DATE,
            "citations": {"type": "array", "items": CITATION},
            "significance": {"enum": list(Significance.values)},
            "change_note": {"type": "string", "maxLength": 400},
            "publish": {"type": "boolean", "default": True},
            "related": {"type": "array", "items": SOURCE_ID},
            "parent": {"anyOf": [SOURCE_ID, {"type": "null"}]},
            "slug": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\w-]+$"},
            "fields": kind.fields_schema,
        },
        "not": {"required": ["html", "blocks"]},
    }


WITHDRAWAL_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["source_id", "locale", "withdraw"],
    "properties": {
        "source_id": SOURCE_ID,
        "locale": {"enum": list(LANGUAGES)},
        "withdraw": {"enum": ["gone", "moved", "recalled"]},
        "moved_to": SOURCE_ID,
        "explanation": {"type": "string", "maxLength": 400},
        "applies_from": DATE,
    },
    "if": {"properties": {"withdraw": {"const": "moved"}}},
    "then": {"required": ["moved_to"]},
    "else": {"not": {"required": ["moved_to"]}},
}


def build_bundle_schema() -> dict[str, Any]:
    """Build the schema of any bundle line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Videnbro content bundle: one line",
        "$defs": DEFINITIONS,
        "oneOf": [
            *(build_line_schema(kind) for kind in bundle_registry.kinds.values()),
            *(kind.schema for kind in bundle_registry.records.values()),
            WITHDRAWAL_SCHEMA,
        ],
    }
