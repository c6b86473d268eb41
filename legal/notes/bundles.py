"""Bundle kind of law notes: the fields they add to a bundle line, read and written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cms.exchange.bundle_fields import build_object, set_blocks_of
from cms.exchange.conversion.html_conversion import read_passage
from cms.exchange.registry import BundleKind, References
from cms.exchange.schema import DATE, TEXT
from legal.enums import LAW_NOTE
from legal.notes.law_note_page import LEGAL_UNIT, LawNotePage

TEXTS = ("what_changed", "before", "after", "who", "what_to_do", "transition", "plain_language")
DAYS = ("applicable_from", "deadline", "verified_until")
SECTION = {"type": "string", "minLength": 1, "maxLength": 20}

SCHEMA = build_object(
    **dict.fromkeys(TEXTS, TEXT),
    applicable_from=DATE,
    deadline=DATE,
    verified_by={"type": "string", "maxLength": 200},
    verified_until=DATE,
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
    """Set the texts, the days, the commencements, the sources and who vouches for the note.

    The responsible lawyer is a person of this site and in no bundle; who it is stays.
    """
    for name in TEXTS:
        setattr(page, name, read_passage(fields.get(name, "")))
    for name in DAYS:
        setattr(page, name, date.fromisoformat(fields[name]) if fields.get(name) else None)
    page.verified_by = fields.get("verified_by", LEGAL_UNIT)
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
        **{name: day.isoformat() if (day := getattr(page, name)) else None for name in DAYS},
        "verified_by": page.verified_by,
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


LAW_NOTE_KIND = BundleKind(LAW_NOTE, LawNotePage, "section-law-notes", SCHEMA, read_law_note, write_law_note)
