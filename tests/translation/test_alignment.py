"""Translations that come as lines of a bundle are in the translation desk, and read there as they were written."""

from typing import Any

import orjson
import pytest
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.exchange.bundle_import import import_bundle
from cms.exchange.registry import bundle_registry
from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Release
from cms.translation.alignment.page_alignment import align_translation
from cms.translation.passages.missing_passages import list_missing_passages
from knowledge.models import ArticlePage, ConsortiumPage
from tests.factories.full_pages import Records, Words, make_full_page
from tests.factories.pages import publish

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "heading", "value": {"text": "Regler", "level": 2}},
    {
        "type": "paragraph",
        "value": '<p>Jf. § 9 a, se <a href="https://a.dk/da">A</a> og <a href="https://b.dk">B</a>.</p>',
    },
    {"type": "list", "value": {"ordered": False, "items": ["<p>Pas</p>", "<p>14</p>", "<p>Foto</p>"]}},
    {"type": "table", "value": {"caption": "Satser", "header": ["Hvad", "Beløb"], "rows": [["Gebyr", "6.055"]]}},
]
POLISH = [
    {"type": "heading", "value": {"text": "Zasady", "level": 2}},
    {
        "type": "paragraph",
        "value": '<p>Por. § 9 a, patrz <a href="https://b.dk">B</a> i <a href="https://a.dk/pl">A</a>.</p>',
    },
    {"type": "list", "value": {"ordered": False, "items": ["<p>Paszport</p>", "<p>14</p>", "<p>Zdjęcie</p>"]}},
    {"type": "table", "value": {"caption": "Stawki", "header": ["Co", "Kwota"], "rows": [["Opłata", "6.055"]]}},
]


def build_line(source_id: str, locale: str, blocks: list[dict[str, Any]], **values: Any) -> bytes:
    line = {"kind": "article", "source_id": source_id, "locale": locale, "blocks": blocks, **values}
    return orjson.dumps(line) + b"\n"


def import_pair(polish: list[dict[str, Any]] = POLISH, **values: Any) -> Any:
    lines = [
        build_line("svar", "da", BODY, title="Gebyrer", fields={"answer": "Det koster."}),
        build_line(
            "odp", "pl", polish, title="Opłaty", fields={"answer": "To kosztuje."}, translation_of="svar", **values
        ),
    ]
    return import_bundle(lines)


def read_passages() -> dict[str, str]:
    rows = StringTranslation.objects.select_related("translation_of")
    return {row.translation_of.data: row.data for row in rows}


def list_rows() -> list[Any]:
    return list(Release.objects.order_by("position").values_list("locale", "title", "version"))


def test_line_of_a_translation_fills_every_passage(site: Any) -> None:
    report = import_pair()

    translation = Translation.objects.get()
    assert (translation.enabled, list_missing_passages(translation), report.notes) == (True, [], [])
    assert read_passages() == {
        "Gebyrer": "Opłaty",
        "Det koster.": "To kosztuje.",
        "Regler": "Zasady",
        'Jf. § 9 a, se <a id="a1">A</a> og <a id="a2">B</a>.': 'Por. § 9 a, patrz <a id="a2">B</a> i <a id="a1">A</a>.',
        "Pas": "Paszport",
        "Foto": "Zdjęcie",
        "Satser": "Stawki",
        "Hvad": "Co",
        "Beløb": "Kwota",
        "Gebyr": "Opłata",
    }


def test_desk_writes_what_the_line_said(site: Any) -> None:
    import_pair()
    polish = ArticlePage.objects.get(locale__language_code="pl")
    before = list_rows()

    Translation.objects.get().save_target(publish=False)

    draft = polish.get_latest_revision_as_object()
    written = [(block.block_type, block.block.get_api_representation(block.value)) for block in draft.body]
    live = [(block.block_type, block.block.get_api_representation(block.value)) for block in polish.body]
    assert (written, draft.title, draft.answer) == (live, "Opłaty", "To kosztuje.")
    assert "https://a.dk/pl" in str(written)
    assert list_rows() == before


def test_same_bundle_again_changes_nothing(site: Any) -> None:
    import_pair()
    before = (list_rows(), list(StringTranslation.objects.order_by("pk").values_list("pk", "data", "updated_at")))

    report = import_pair()

    after = (list_rows(), list(StringTranslation.objects.order_by("pk").values_list("pk", "data", "updated_at")))
    assert (report.unchanged, after) == (2, before)


def test_line_that_changes_the_text_changes_the_passages(site: Any) -> None:
    import_pair()
    changed = [{"type": "heading", "value": {"text": "Przepisy", "level": 2}}, *POLISH[1:]]

    import_pair(changed)

    assert read_passages()["Regler"] == "Przepisy"
    assert Translation.objects.get().enabled


def test_line_of_another_structure_stays_edited_as_a_whole_and_is_reported(site: Any) -> None:
    report = import_pair(POLISH[:2])

    translation = Translation.objects.get()
    assert not translation.enabled
    assert read_passages()["Regler"] == "Zasady"
    assert [str(note) for note in report.notes] == [
        "line 2: translation_of: 6 passages of the source have no counterpart, the first is “Pas”; it is edited as a whole"
    ]


def test_passage_too_many_keeps_the_page_edited_as_a_whole(site: Any) -> None:
    report = import_pair([*POLISH, {"type": "paragraph", "value": "<p>Dodatek</p>"}])

    assert not Translation.objects.get().enabled
    assert "its parts differ from the source's" in str(report.notes[0])


def test_one_word_rendered_in_two_ways_at_one_place_is_not_merged(site: Any) -> None:
    source = [{"type": "paragraph", "value": "<ul><li>Ja</li><li>Ja</li></ul>"}]
    polish = [{"type": "paragraph", "value": "<ul><li>Tak</li><li>Owszem</li></ul>"}]
    import_bundle(
        [
            build_line("svar", "da", source, title="Gebyrer"),
            build_line("odp", "pl", polish, title="Opłaty", translation_of="svar"),
        ]
    )

    assert not Translation.objects.get().enabled


def test_name_in_another_script_is_kept(site: Any) -> None:
    line = {"kind": "consortium", "source_id": "k", "locale": "da", "title": "Vest"}
    arabic = {**line, "source_id": "k-ar", "locale": "ar", "title": "غرب", "translation_of": "k"}
    lines = [
        {**line, "fields": {"people": [{"name": "Jens", "role": "Leder", "email": "a@b.dk"}]}},
        {**arabic, "fields": {"people": [{"name": "ينس", "role": "مدير", "email": "a@b.dk"}]}},
    ]
    import_bundle([orjson.dumps(line) + b"\n" for line in lines])

    translation = Translation.objects.get()
    translation.save_target(publish=False)

    draft = ConsortiumPage.objects.get(locale__language_code="ar").get_latest_revision_as_object()
    assert translation.enabled
    assert [(block.value["name"], block.value["role"]) for block in draft.people] == [("ينس", "مدير")]


@pytest.mark.parametrize("kind", bundle_registry.kinds)
def test_full_page_of_every_type_is_aligned_with_a_copy_that_was_translated_by_hand(
    site: Any, settings: Any, tmp_path: Any, kind: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    get_home("pl")
    records = Records()
    words = Words()
    page = publish(make_full_page(bundle_registry.kinds[kind].model, words, records))
    copy = page.copy_for_translation(get_locale("pl"), copy_parents=True)
    written = copy.to_json().replace("Dansk", "Polski")
    type(copy).from_json(written).save_revision().publish()
    polish = type(copy).objects.get(pk=copy.pk)

    alignment = align_translation(polish)

    assert alignment is not None
    assert (alignment.unaligned, alignment.is_in_desk) == ([], True)
    segments = StringSegment.objects.filter(source__object_id=page.translation_key)
    assert StringTranslation.objects.count() == segments.count() > 10
    assert not StringTranslation.objects.filter(data__contains="Dansk").exists()
