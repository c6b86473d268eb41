"""Law notes: what is released of them."""

import json
from datetime import date
from pathlib import Path

import pytest
from wagtail.models import Page

from cms.publication.models import ReleaseBody, Window
from legal.models import LawNotePage, Work
from legal.serializers import LawNoteSerializer
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

ELI_URI = "https://www.retsinformation.dk/eli/lta/2025/1183"


@pytest.fixture
def law_note() -> LawNotePage:
    """A live law note that cites an act which is not known yet."""
    note = LawNotePage(
        title="Nye regler",
        what_changed="<p>Beløbet er ændret.</p>",
        deadline=date(2026, 3, 1),
        commencements=[
            ("commencement", {"date": date(2026, 1, 1), "provisions": ["9a", "§ 9 b"], "note": ""}),
            ("commencement", {"date": None, "provisions": [], "note": "Fastsættes senere"}),
        ],
        sources=[("source", {"eli_uri": ELI_URI, "sections": ["9a"]})],
        citations=[("citation", {"eli_uri": ELI_URI, "section": "9 a", "stk": [2], "quote": ""})],
    )
    Page.objects.get(depth=1).add_child(instance=note)
    return note


def import_act(folder: Path) -> Work:
    import_lines(
        folder,
        build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven", [build_section("9a", "Tekst.")]),
    )
    return Work.objects.get()


def test_law_note_document_carries_dates_and_sources_as_the_contract_says(law_note: LawNotePage) -> None:
    document = LawNoteSerializer(law_note).data

    assert document["deadline"] == "2026-03-01"
    assert document["commencements"] == [
        {"date": "2026-01-01", "provisions": ["9 a", "9 b"], "note": ""},
        {"date": None, "provisions": None, "note": "Fastsættes senere"},
    ]
    assert document["sources"] == [{"eli_uri": ELI_URI, "sections": ["9 a"], "act": None}]
    assert document["what_changed"] == "<p>Beløbet er ændret.</p>"
    assert '<time datetime="2026-03-01">' in document["html"]


def test_law_note_is_released_again_when_the_act_it_cites_becomes_known(law_note: LawNotePage, tmp_path: Path) -> None:
    law_note.save_revision().publish()

    work = import_act(tmp_path)

    window = Window.objects.get(content_id=law_note.translation_key)
    document = json.loads(bytes(ReleaseBody.objects.get(pk=window.pk).body))
    assert [source["act"]["id"] for source in document["sources"]] == [str(work.content_id)]
    assert [citation["act"]["id"] for citation in document["citations"]] == [str(work.content_id)]
