"""Small acts of our own, shaped like the lines of the national law database."""

import json
from pathlib import Path
from typing import Any

from legal.intake.act_import import ActImportReport, import_acts

COLLECTION = "https://www.retsinformation.dk/eli/lta"

Section = tuple[str | None, str, str]


def build_section(section: str, text: str, chapter: str | None = "1") -> Section:
    """Build one section whose text begins with its number, as printed."""
    return (chapter, section, f"§ {section}. {text}")


def build_commencement(section: str, day: str, chapter: str | None = "1") -> Section:
    """Build the clause in which an act says when it takes effect."""
    return build_section(section, f"Loven træder i kraft den {day}.", chapter)


def build_line(
    document_type: str, number: int, signed_date: str, title: str, sections: list[Section] | None = None, **changes: Any
) -> dict[str, Any]:
    """Build one line of an import file."""
    letter = "Æ" if title.startswith("Lov om ændring") else "H"
    return {
        "eli_uri": f"{COLLECTION}/{signed_date[:4]}/{number}",
        "document_type": document_type,
        "lexdania_type": f"{document_type} {letter}#LOKDOK03",
        "year": int(signed_date[:4]),
        "number": number,
        "accession_number": f"A{signed_date[:4]}{number:05d}",
        "document_id": f"XX{number:06d}",
        "title": title,
        "signed_date": signed_date,
        "source_status": "in_force",
        "provisions": [
            {"chapter": chapter, "section": section, "text": text} for chapter, section, text in sections or []
        ],
        **changes,
    }


def import_lines(folder: Path, *lines: dict[str, Any] | str) -> ActImportReport:
    """Write lines to a file and import it; a string is written as it stands."""
    path = folder / "acts.ndjson"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return import_acts([path])
