"""Between a bundle's blocks or HTML and the raw values of a body."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.core.files import build_document_reference, build_image_reference
from cms.core.models import Figure, ReusableBlock
from cms.exchange.conversion.html_conversion import read_passage
from cms.exchange.identity import derive_block_id
from cms.exchange.registry import References

RawBlock = dict[str, Any]
FILES = {
    "image": (get_image_model(), build_image_reference),
    "document": (get_document_model(), build_document_reference),
}


def build_raw_blocks(
    blocks: Sequence[Mapping[str, Any]], *, content_id: UUID, locale: str, references: References
) -> list[RawBlock]:
    """Build the raw values of a body, as Wagtail stores them; a block without id gets one derived from its content.

    Raises:
        ValidationError: if a block refers to something that is not there.
    """
    raw = []
    for index, block in enumerate(blocks):
        content = json.dumps(block["value"], sort_keys=True)
        raw.append(
            {
                "type": block["type"].replace("-", "_"),
                "value": _read_value(block["type"], block["value"], locale, references),
                "id": block.get("id") or derive_block_id(content_id, locale, index, content),
            }
        )
    return raw


def _read_value(kind: str, value: Any, locale: str, references: References) -> Any:
    if kind == "paragraph":
        return read_passage(value)
    if kind == "heading":
        return {**value, "level": str(value["level"])}
    if kind in ("step", "callout"):
        return {**value, "html": read_passage(value["html"])}
    if kind == "list":
        return {**value, "items": [read_passage(item) for item in value["items"]]}
    if kind in ("image", "document"):
        _check_file(kind, value[kind])
        return {name: value[name] for name in ("image", "document", "alt_text", "caption", "label") if name in value}
    if kind == "contact-point":
        return references.find_page(value, locale).pk
    if kind in ("reusable", "figure"):
        return _find_snippet(kind, value, locale).pk
    return value


def _check_file(kind: str, pk: int) -> None:
    model, build_reference = FILES[kind]
    file = model.objects.filter(pk=pk).first()
    if file is None:
        raise ValidationError({"blocks": f"no {kind} {pk}"})
    if build_reference(file) is None:
        raise ValidationError(
            {"blocks": f"{kind} {pk} cannot be shown: its file is missing or broken, or it is private"}
        )


def _find_snippet(kind: str, value: str, locale: str) -> Any:
    if kind == "figure":
        found, what = Figure.objects.filter(slug=value).first(), f"figure {value}"
    else:
        found = ReusableBlock.objects.filter(translation_key=value, locale__language_code=locale).first()
        what = f"reusable block {value} in {locale}"
    if found is None:
        raise ValidationError({"blocks": f"no {what}"})
    return found


def write_blocks(stream: Iterable[Any], references: References) -> list[dict[str, Any]]:
    """Build a bundle's blocks from a body."""
    blocks = []
    for child in stream:
        kind = child.block_type.replace("_", "-")
        blocks.append({"type": kind, "value": _write_value(kind, child, references), "id": child.id})
    return [block for block in blocks if block["value"] is not None]


def _write_value(kind: str, child: Any, references: References) -> Any:
    value = child.value
    if kind == "paragraph":
        return value.source
    if kind == "contact-point":
        return references.find_source_id(value) if value else None
    if kind == "reusable":
        return str(value.translation_key) if value else None
    if kind == "figure":
        return value.slug if value else None
    if kind == "step":
        return {"title": value["title"], "html": value["html"].source}
    if kind == "callout":
        return {"tone": value["tone"], "html": value["html"].source}
    if kind == "list":
        return {"ordered": value["ordered"], "items": [item.source for item in value["items"]]}
    return child.block.get_api_representation(value)
