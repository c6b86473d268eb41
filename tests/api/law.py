"""Acts and law notes of our own for the tests of the API."""

from pathlib import Path
from typing import Any
from uuid import UUID

from cms.publication.models import Release
from legal.models import Work
from legal.reviews.citation_index import store_citations
from tests.api.contents import release
from tests.legal.acts import build_line, build_section, import_lines

TITLE = "Bekendtgørelse af udlændingeloven"
OLDER = build_line("LBK", 1009, "2024-09-02", TITLE, [build_section("9 a", "Opholdstilladelse kan gives.")])
NEWER = build_line("LBK", 1183, "2025-09-25", TITLE, [build_section("9 a", "Opholdstilladelse gives.")])


def import_act(folder: Path) -> Work:
    """Import an act with two consolidations."""
    import_lines(folder, OLDER, NEWER)
    return Work.objects.get()


def build_source(work: Work, *sections: str) -> dict[str, Any]:
    """Build a source of a law note."""
    act = {
        "id": str(work.content_id),
        "short_title": work.short_title,
        "document_type": "LBK",
        "number": 1183,
        "year": 2025,
        "eli_uri": NEWER["eli_uri"],
    }
    return {"eli_uri": NEWER["eli_uri"], "sections": list(sections), "act": act}


def build_commencement(day: str | None, *sections: str, note: str = "") -> dict[str, Any]:
    """Build a commencement of a document."""
    return {"date": day, "provisions": list(sections) or None, "note": note}


def release_note(content_id: UUID | None = None, **values: Any) -> Release:
    """Release a law note; what rests on the law is stored at once, as the follower does it."""
    row = release(content_id, type="law-note", **values)
    store_citations({row.content_id})
    return row
