"""What a law note adds to a bundle line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cms.core.sanitising import sanitise_html
from cms.exchange.fields import build_object, set_blocks_of
from cms.exchange.registry import BundleKind, References
from cms.exchange.schema import DATE, TEXT
from legal.models import LawNotePage

TEXTS = ("what_changed", "who", "what_to_do", "transition", "plain_language")
SECTION = {"type": "string", "minLength": 1, "maxLength": 20}

SCHEMA = build_object(
    **dict.fromkeys(TEXTS, TEXT),
    deadline=DATE,
    commencements={
        "type": "array",
        "items": build_object(
            date=DATE,
            provisions={"type": ["array", "null"], "items": SECTION},
            note={"type": ["string", "null"], "maxLength": 400},
        ),
    },
    sources={
        "type": "array",
        "items": {
            **build_object(
                eli_uri={"type": "string", "maxLength": 300, "pattern": r"^https?://"},
                sections={"type": ["array", "null"], "items": SECTION},
            ),
            "required": ["eli_uri"],
        },
    },
)


def read_law_note(page: Any, fields: Mapping[str, Any], references: References) -> None:
    """Set the five texts, the deadline, the commencements and the sources."""
    for name in TEXTS:
        setattr(page, name, sanitise_html(fields.get(name, "")))
    page.deadline = date.fromisoformat(fields["deadline"]) if fields.get("deadline") else None
    commencements = [
        {
            "date": entry.get("date") or None,
            "provisions": entry.get("provisions") or [],
            "note": entry.get("note") or "",
        }
        for entry in fields.get("commencements", [])
    ]
    set_blocks_of(page, "commencements", "commencement", commencements)
    sources = [
        {"eli_uri": source["eli_uri"], "sections": source.get("sections") or []} for source in fields.get("sources", [])
    ]
    set_blocks_of(page, "sources", "source", sources)


def write_law_note(page: Any, references: References) -> dict[str, Any]:
    """Build the fields of a law note."""
    return {
        **{name: getattr(page, name) for name in TEXTS},
        "deadline": page.deadline.isoformat() if page.deadline else None,
        "commencements": [
            {
                "date": child.value["date"].isoformat() if child.value["date"] else None,
                "provisions": list(child.value["provisions"]) or None,
                "note": child.value["note"],
            }
            for child in page.commencements
        ],
        "sources": [
            {"eli_uri": str(child.value["eli_uri"]), "sections": list(child.value["sections"])}
            for child in page.sources
        ],
    }


LAW_NOTE = BundleKind("law-note", LawNotePage, "section-law-notes", SCHEMA, read_law_note, write_law_note)
