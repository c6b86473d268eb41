"""Between a bundle's blocks or HTML and the raw values of a body."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.core.allowed_html import sanitise_html
from cms.core.files import build_document_reference, build_image_reference
from cms.core.html_reader import Element, iterate_elements, read_line
from cms.core.models import Figure, ReusableBlock
from cms.core.stored_texts import normalise_values
from cms.exchange.identity import derive_block_id
from cms.exchange.registry import References

RawBlock = dict[str, Any]
FILES = {
    "image": (get_image_model(), build_image_reference),
    "document": (get_document_model(), build_document_reference),
}


def split_html(html: str) -> list[dict[str, Any]]:
    """Split HTML into blocks: headings and tables of their own, what stands between them as paragraphs."""
    clean = sanitise_html(html)
    blocks: list[dict[str, Any]] = []
    pending = ""
    at = 0
    for element in iterate_elements(clean):
        pending += _write_loose(clean[at : element.start])
        at = element.end
        block = _read_element(element)
        if block is None:
            pending += clean[element.start : element.end]
        else:
            blocks += [*_build_paragraphs(pending), block]
            pending = ""
    return [*blocks, *_build_paragraphs(pending + _write_loose(clean[at:]))]


def _write_loose(text: str) -> str:
    return f"<p>{text.strip()}</p>" if text.strip() else text


def _build_paragraphs(html: str) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": html.strip()}] if html.strip() else []


def _read_element(element: Element) -> dict[str, Any] | None:
    if element.name in ("h2", "h3", "h4"):
        level = 2 if element.name == "h2" else 3
        return {"type": "heading", "value": {"text": read_line(element.content), "level": level}}
    return {"type": "table", "value": _read_table(element.content)} if element.name == "table" else None


def _read_table(html: str) -> dict[str, Any]:
    rows = [
        [read_line(cell.content) for cell in iterate_elements(row.content, ("th", "td"))]
        for row in iterate_elements(html, ("tr",))
    ]
    width = max((len(row) for row in rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows] or [[]]
    caption = next(iterate_elements(html, ("caption",)), None)
    return {"caption": read_line(caption.content) if caption else "–", "header": padded[0], "rows": padded[1:]}


def build_raw_blocks(
    blocks: Sequence[Mapping[str, Any]], *, content_id: UUID, locale: str, references: References
) -> list[RawBlock]:
    """Build the raw values of a body, as Wagtail stores them; a block without id gets one derived from its content.

    Raises:
        ValidationError: if a block refers to something that is not there.
    """
    raw = []
    for index, block in enumerate(blocks):
        content = json.dumps(normalise_values(block["value"]), sort_keys=True)
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
        return sanitise_html(value)
    if kind == "heading":
        return {**value, "level": str(value["level"])}
    if kind in ("step", "callout"):
        return {**value, "html": sanitise_html(value["html"])}
    if kind == "list":
        return {**value, "items": [sanitise_html(item) for item in value["items"]]}
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
