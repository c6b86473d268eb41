"""Law notes: what is released of them, and what is refused."""

import hashlib
import json
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

from cms.exchange.bundle_export import BundleExporter
from cms.exchange.bundle_import import import_bundle
from cms.publication.models import Release, ReleaseBody, Window
from cms.publication.pages.obstacles import ReleaseRefusedError, accepting_gaps
from cms.publication.pages.serializers import build_text
from legal.models import Expression, Work
from legal.notes.completeness import find_incomplete_note, list_missing
from legal.notes.law_note_checks import list_unknown_uris
from legal.notes.law_note_page import LawNotePage
from legal.notes.law_note_serializers import LawNoteSerializer
from tests.factories.pages import make_page, publish, translate
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

ELI_URI = "https://www.retsinformation.dk/eli/lta/2025/1183"


@pytest.fixture
def law_note() -> LawNotePage:
    """A live law note that cites an act which is not known yet."""
    note = LawNotePage(
        title="Nye regler",
        what_changed="<p>Beløbet er ændret.</p>",
        who="<p>Arbejdsgivere.</p>",
        plain_language="<p>Nyt beløb.</p>",
        verified_until=date(2099, 12, 31),
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
    document = build_text(law_note, LawNoteSerializer)

    assert document["deadline"] == "2026-03-01"
    assert document["commencements"] == [
        {"date": "2026-01-01", "provisions": ["9 a", "9 b"], "note": ""},
        {"date": None, "provisions": None, "note": "Fastsættes senere"},
    ]
    assert document["sources"] == [
        {
            "eli_uri": ELI_URI,
            "sections": ["9 a"],
            "act": None,
            "expression": None,
            "text_hash": None,
            "provisions": [],
            "retrieved_at": None,
        }
    ]
    assert document["what_changed"] == "<p>Beløbet er ændret.</p>"
    assert '<time datetime="2026-03-01">' in document["html"]


def test_law_note_is_released_again_when_the_act_it_cites_becomes_known(law_note: LawNotePage, tmp_path: Path) -> None:
    law_note.save_revision().publish()

    work = import_act(tmp_path)

    window = Window.objects.get(content_id=law_note.translation_key)
    document = json.loads(bytes(ReleaseBody.objects.get(pk=window.pk).body))
    assert [source["act"]["id"] for source in document["sources"]] == [str(work.content_id)]
    assert [citation["act"]["id"] for citation in document["citations"]] == [str(work.content_id)]


def find_document(note: LawNotePage) -> dict[str, Any]:
    window = Window.objects.get(content_id=note.translation_key, locale=note.locale.language_code)
    return json.loads(bytes(ReleaseBody.objects.get(pk=window.pk).body))


def test_source_of_a_known_act_carries_the_text_its_hashes_and_the_day_it_was_retrieved(
    law_note: LawNotePage, tmp_path: Path
) -> None:
    import_act(tmp_path)

    source = build_text(law_note, LawNoteSerializer)["sources"][0]

    expression = Expression.objects.get()
    assert source["expression"] == {
        "document_type": "LBK",
        "number": 1183,
        "year": 2025,
        "eli_uri": ELI_URI,
        "signed_date": "2025-09-25",
    }
    assert source["text_hash"] == expression.text_hash
    assert source["provisions"] == [
        {"section": "9 a", "text_hash": hashlib.sha256("§ 9a. Tekst.".encode()).hexdigest()}
    ]
    assert source["retrieved_at"] == expression.imported_at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def test_verified_note_says_until_when_and_by_which_unit_but_never_who(site: Any, admin_user: Any) -> None:
    admin_user.first_name, admin_user.last_name = "Vibeke", "Juristsen"
    admin_user.save()
    note = make_page(LawNotePage, title="Nye regler", responsible=admin_user, verified_until=date(2027, 3, 1))

    publish(note)

    document = find_document(note)
    assert document["verified"] == {"until": "2027-03-01", "by": "Juridisk ressourceenhed"}
    assert not any(name in json.dumps(document) for name in ("Vibeke", "Juristsen", admin_user.username))


def test_note_that_nobody_verified_names_no_unit(site: Any) -> None:
    note = make_page(LawNotePage, title="Nye regler", verified_until=None)

    with accepting_gaps():
        publish(note)

    assert find_document(note)["verified"] == {"until": None, "by": None}


def test_note_verified_anew_is_released_again(site: Any) -> None:
    note = publish(make_page(LawNotePage, title="Nye regler", verified_until=date(2027, 3, 1)))

    publish(note, verified_until=date(2028, 3, 1))

    assert Release.objects.filter(content_id=note.translation_key).count() == 2
    assert find_document(note)["verified"]["until"] == "2028-03-01"


def test_section_that_the_act_does_not_have_is_named(site: Any, tmp_path: Path, english: None) -> None:
    import_act(tmp_path)
    sources = [("source", {"eli_uri": ELI_URI, "sections": ["9a", "99 z"]})]
    note = make_page(LawNotePage, title="Nye regler", sources=sources, applies_from=date(2026, 11, 24))

    with pytest.raises(ValidationError) as refused:
        note.full_clean()

    assert refused.value.message_dict == {
        "sources": ["Udlændingeloven has no § 99 z: neither in LBK 1183/2025 nor in the text of 2026-11-24."]
    }


def test_section_that_was_repealed_may_be_named_with_the_text_that_had_it(site: Any, tmp_path: Path) -> None:
    import_lines(
        tmp_path,
        build_line("LBK", 9, "2024-09-02", "Bekendtgørelse af udlændingeloven", [build_section("9 q", "Tekst.")]),
        build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven", [build_section("9a", "Tekst.")]),
    )
    old = ELI_URI.replace("2025/1183", "2024/9")

    make_page(LawNotePage, title="Nye regler", sources=[("source", {"eli_uri": old, "sections": ["9 q"]})]).full_clean()

    assert list_unknown_uris([]) == []


def test_act_that_is_not_known_is_accepted_and_told_of(law_note: LawNotePage) -> None:
    law_note.full_clean()

    assert list_unknown_uris(law_note.sources) == [ELI_URI]


def test_deadline_before_the_law_applies_is_refused(law_note: LawNotePage, english: None) -> None:
    law_note.applicable_from = date(2026, 4, 1)

    with pytest.raises(ValidationError) as refused:
        law_note.full_clean()

    assert refused.value.message_dict == {"deadline": ["The deadline stands before the day the law applies from."]}


@pytest.mark.parametrize("name", ["what_changed", "before", "after", "plain_language", "verified_by"])
def test_cpr_number_in_any_text_is_refused(law_note: LawNotePage, name: str, english: None) -> None:
    setattr(law_note, name, "<p>Ring til 010190-1234.</p>")

    with pytest.raises(ValidationError) as refused:
        law_note.full_clean()

    assert list(refused.value.message_dict) == [name]


def test_note_exported_and_imported_keeps_every_field(site: Any, admin_user: Any) -> None:
    note = make_page(
        LawNotePage,
        title="Nye regler",
        before="<p>Før.</p>",
        after="<p>Nu.</p>",
        applicable_from=date(2026, 2, 1),
        deadline=date(2026, 3, 1),
        responsible=admin_user,
        verified_by="Kontoret for udlændingeret",
        verified_until=date(2020, 1, 1),
    )
    publish(note)
    lines = [line.encode() for line in BundleExporter().write()]
    note.delete()

    report = import_bundle(lines)

    again = LawNotePage.objects.get()
    assert report.errors == []
    assert [getattr(again, name) for name in ("before", "after", "applicable_from", "deadline", "responsible")] == [
        "<p>Før.</p>",
        "<p>Nu.</p>",
        date(2026, 2, 1),
        date(2026, 3, 1),
        None,
    ]
    assert (again.verified_by, again.verified_until) == ("Kontoret for udlændingeret", date(2020, 1, 1))
    assert admin_user.username not in b"".join(lines).decode()


def test_days_and_sources_are_the_laws_in_every_language_and_texts_are_translated() -> None:
    fields = {field.field_name: isinstance(field, SynchronizedField) for field in get_translatable_fields(LawNotePage)}

    synchronised = ("applicable_from", "deadline", "sources", "responsible", "verified_until")
    translated = ("what_changed", "before", "after", "who", "plain_language", "commencements", "verified_by")
    assert {name: fields[name] for name in (*synchronised, *translated)} == {
        **dict.fromkeys(synchronised, True),
        **dict.fromkeys(translated, False),
    }


EMPTY = {"what_changed": "<p>\xa0</p>", "who": "", "plain_language": "<p></p>", "verified_until": None, "sources": []}


@pytest.mark.parametrize("name", EMPTY)
def test_note_that_lacks_what_readers_need_is_not_published(site: Any, name: str) -> None:
    note = make_page(LawNotePage, title="Nye regler", **{name: EMPTY[name]})

    with pytest.raises(ReleaseRefusedError, match=r"“Nye regler” .+: .+") as refused:
        publish(note)

    assert list_missing(note)[name] in str(refused.value)
    assert list(list_missing(note)) == [name]
    assert not Release.objects.filter(content_id=note.translation_key).exists()


def test_source_that_is_neither_an_act_nor_an_eli_uri_is_none(site: Any, english: None) -> None:
    sources = [("source", {"eli_uri": "https://example.org/x", "sections": []})]

    note = make_page(LawNotePage, title="Nye regler", sources=sources)

    assert list_missing(note) == {"sources": "“https://example.org/x” is neither an act known here nor an ELI URI."}


def test_bundle_publishes_an_incomplete_note_and_notes_what_it_lacks(site: Any, english: None) -> None:
    line = {"kind": "law-note", "source_id": "n", "locale": "da", "title": "Nyt", "fields": {"who": "<p>Alle.</p>"}}

    report = import_bundle([json.dumps(line).encode()])

    assert (report.released, report.errors) == (1, [])
    assert report.notes[0].message.startswith("“Nyt” was published, but readers need more. Say what changed. ")


def test_translation_is_not_asked_for_what_its_source_says(site: Any) -> None:
    note = publish(make_page(LawNotePage, title="Nye regler"))

    copy = translate(note, "en", title="New rules", what_changed="")

    assert find_incomplete_note(copy) is None
