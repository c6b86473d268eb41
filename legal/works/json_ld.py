"""JSON-LD of acts, sections and law notes as schema.org legislation, for search engines and other readers.

Source: https://schema.org/Legislation and the guide of its authors, https://github.com/sparna-git/legislation-schema.org-howto.
What is not known is left out: a force that cannot be derived is no force.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from legal.enums import ActState
from legal.language.document_types import TYPE_NAMES

CONTEXT = "https://schema.org"
LEGAL_FORCES: dict[str, str] = {
    ActState.IN_FORCE: "InForce",
    ActState.PARTLY_IN_FORCE: "PartiallyInForce",
    ActState.NOT_IN_FORCE: "NotInForce",
    ActState.REPEALED: "NotInForce",
    ActState.HISTORIC: "NotInForce",
}
# Acts are Danish wherever in the realm they apply.
LANGUAGE = "da"

Node = dict[str, Any]
Document = Mapping[str, Any]


def build_act_json_ld(document: Document) -> Node:
    """Build a ``Legislation`` from an act's document; one at a date carries ``as_of`` and the ``expression`` of that day.

    The identifier is the ELI of the text told of; ``legislationConsolidates`` names the text a consolidation replaced.
    """
    shown = document.get("expression") or document
    eli_uri = shown.get("eli_uri", "")
    names = [document.get("short_title"), *(document.get("abbreviations") or ())]
    jurisdiction = (document.get("jurisdiction") or "").upper()
    return _drop_unknown(
        {
            "@context": CONTEXT,
            "@type": "Legislation",
            "@id": document["url"],
            "url": document["url"],
            "name": document["title"],
            "alternateName": [name for name in dict.fromkeys(names) if name and name != document["title"]],
            "inLanguage": LANGUAGE,
            "legislationIdentifier": eli_uri,
            "legislationType": _name_type(shown),
            "legislationDate": _write(shown.get("signed_date")),
            "legislationDateVersion": _write(document.get("as_of") or shown.get("signed_date")),
            "legislationLegalForce": _name_force(document),
            "legislationJurisdiction": jurisdiction,
            "legislationConsolidates": _build_consolidated(shown, document.get("expressions") or ()),
            "sameAs": eli_uri,
        }
    )


def build_provision_json_ld(provision: Document) -> Node:
    """Build a ``Legislation`` from one section at a date: part of its act."""
    act, expression = provision["act"], provision["expression"]
    label = provision.get("label") or f"§ {provision['section']}"
    return _drop_unknown(
        {
            "@context": CONTEXT,
            "@type": "Legislation",
            "@id": provision["url"],
            "url": provision["url"],
            "name": f"{label} {act['short_title']}",
            "inLanguage": LANGUAGE,
            "legislationDate": _write(expression["signed_date"]),
            "legislationDateVersion": _write(provision["as_of"]),
            "legislationLegalForce": _name_force(provision),
            "isPartOf": _build_legislation(expression["eli_uri"], act),
        }
    )


def build_law_note_json_ld(document: Document) -> Node:
    """Build an ``Article`` about the acts a law note reports on, with the days on which the text is the answer."""
    others = [
        {"@type": "Article", "@id": entry["url"], "inLanguage": entry["locale"]}
        for entry in document.get("translations") or ()
    ]
    source_locale = document["translation"]["source_locale"]
    is_source = document["locale"] == source_locale
    original = next((other for other in others if other["inLanguage"] == source_locale), None)
    return _drop_unknown(
        {
            "@context": CONTEXT,
            "@type": "Article",
            "@id": document["url"],
            "url": document["url"],
            "headline": document["title"],
            "description": document.get("summary"),
            "inLanguage": document["locale"],
            "datePublished": document["first_released_at"],
            "dateModified": document["released_at"],
            "temporalCoverage": _build_span(document.get("applies_from"), document.get("applies_until")),
            "audience": [{"@type": "Audience", "audienceType": slug} for slug in document.get("audiences") or ()],
            "keywords": list(document.get("topics") or ()),
            "about": [_build_source(source) for source in document.get("sources") or ()],
            "workTranslation": others if is_source else None,
            "translationOfWork": None if is_source else original,
        }
    )


def _build_source(source: Document) -> Node:
    sections = [{"@type": "Legislation", "name": f"§ {section}"} for section in source.get("sections") or ()]
    return _drop_unknown({**_build_legislation(source["eli_uri"], source.get("act")), "hasPart": sections})


def _build_legislation(eli_uri: str, act: Document | None) -> Node:
    return _drop_unknown(
        {
            "@type": "Legislation",
            "@id": eli_uri,
            "legislationIdentifier": eli_uri,
            "legislationType": _name_type(act or {}),
            "name": (act or {}).get("short_title"),
        }
    )


def _build_consolidated(shown: Document, expressions: Iterable[Document]) -> Node | None:
    """Build the text a consolidation replaced: the newest one signed before it; ``expressions`` stand newest first."""
    if shown.get("document_type") != "LBK":
        return None
    signed = _write(shown["signed_date"])
    earlier = [
        text for text in expressions if (_write(text["signed_date"]), text["number"]) < (signed, shown["number"])
    ]
    return _build_legislation(earlier[0]["eli_uri"], earlier[0]) if earlier else None


def _build_span(first: Any, last: Any) -> str:
    """Build an ISO 8601 interval; ``..`` is an open end."""
    return f"{_write(first)}/{_write(last) or '..'}" if first else ""


def _name_force(document: Document) -> str:
    force = LEGAL_FORCES.get((document.get("status") or {}).get("state", ""), "")
    return force and f"{CONTEXT}/{force}"


def _name_type(text: Document) -> str:
    document_type = text.get("document_type") or ""
    return TYPE_NAMES.get(document_type, document_type)


def _write(day: Any) -> str:
    return day.isoformat() if hasattr(day, "isoformat") else str(day or "")


def _drop_unknown(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [])}
