"""Released form of a law note's sources: the text named, its sections, and the hashes of the words the note was written on."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from legal.language.eli_uris import normalise_eli_uri
from legal.language.section_numbers import normalise_section
from legal.models import Expression, Provision
from legal.models.act_references import build_act_reference


def build_own_source(value: Mapping[str, Any]) -> dict[str, Any]:
    """Build what an editor's entry itself says: ``{"eli_uri", "sections"}`` in the usual spelling."""
    return {
        "eli_uri": normalise_eli_uri(value["eli_uri"]),
        "sections": [normalise_section(section) for section in value["sections"]],
    }


def build_source(value: Mapping[str, Any]) -> dict[str, Any]:
    """Build one entry of ``sources`` from an editor's entry.

    Returns ``{"eli_uri", "sections", "act", "expression", "text_hash", "provisions": [{"section", "text_hash"}],
    "retrieved_at"}``. Of an act that is not known here only the first two are filled.
    """
    own = build_own_source(value)
    expression = Expression.objects.find_by_eli_uri(own["eli_uri"])
    work = expression.work if expression else None
    return {
        **own,
        "act": build_act_reference(work, expression) if work and expression else None,
        "expression": expression,
        "text_hash": (expression.text_hash or None) if expression else None,
        "provisions": _list_provisions(expression, own["sections"]) if expression else [],
        "retrieved_at": expression.imported_at if expression else None,
    }


def compute_provision_hash(text: str) -> str:
    """Compute the SHA-256 of a section's text as delivered, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _list_provisions(expression: Expression, sections: Iterable[str]) -> list[dict[str, str]]:
    found = [Provision.objects.find_section(expression, section) for section in sections]
    return [
        {"section": provision.section, "text_hash": compute_provision_hash(provision.text)}
        for provision in found
        if provision is not None
    ]
