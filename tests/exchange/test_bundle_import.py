"""Bundles: all or nothing, idempotent, and clear about what is wrong."""

import codecs
import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation

from cms.exchange.bundle_import import BundleRefusedError, import_bundle
from cms.exchange.identity import derive_content_id
from cms.publication.models import Release, Window
from knowledge.models import ArticlePage
from tests.factories.files import make_image
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document, read_windows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def first_of_march():
    cache.clear()
    with translation.override("en"), time_machine.travel("2026-03-01T12:00:00+01:00", tick=False):
        yield


def make_line(**values):
    line = {"kind": "article", "source_id": "bolig", "locale": "da", "title": "Bolig", "html": "<p>Tekst</p>", **values}
    return {name: value for name, value in line.items() if name != "html" or value is not None}


def run(*lines, keep_going=False):
    return import_bundle([json.dumps(line).encode() for line in lines], keep_going=keep_going)


def refuse(*lines):
    with pytest.raises(BundleRefusedError) as refusal:
        run(*lines)
    return [str(error) for error in refusal.value.report.errors]


def test_line_becomes_a_released_page(site):
    run(make_line(topics=["housing"], fields={"answer": "Spørg kommunen."}))

    document = read_document(derive_content_id("bolig"), TODAY)
    assert (document["title"], document["answer"], document["topics"]) == ("Bolig", "Spørg kommunen.", ["housing"])


def test_identical_line_changes_nothing(site):
    run(make_line())

    report = run(make_line())

    assert (report.unchanged, Release.objects.count()) == (1, 1)


def test_identical_line_releases_again_after_a_withdrawal(site):
    run(make_line())
    run({"source_id": "bolig", "locale": "da", "withdraw": "gone"})

    run(make_line())

    assert read_windows(derive_content_id("bolig")) == [(TODAY, None, "Bolig", "source")]


def test_draft_line_saves_and_leaves_the_release(site):
    run(make_line())

    run(make_line(title="Udkast", publish=False))

    page = ArticlePage.objects.get()
    assert (page.title, page.get_latest_revision_as_object().title, Release.objects.count()) == ("Bolig", "Udkast", 1)


def test_present_and_planned_line_of_one_source_stand_in_one_file(site):
    run(make_line(), make_line(title="Til januar", applies_from="2027-01-01"))

    content_id = derive_content_id("bolig")
    expected = [(TODAY, date(2027, 1, 1), "Bolig", "source"), (date(2027, 1, 1), None, "Til januar", "source")]
    assert read_windows(content_id) == expected


def test_planned_version_is_cancelled_by_its_first_day(site):
    run(make_line(), make_line(title="Til januar", applies_from="2027-01-01"))

    run({"source_id": "bolig", "locale": "da", "withdraw": "gone", "applies_from": "2027-01-01"})

    assert read_windows(derive_content_id("bolig")) == [(TODAY, None, "Bolig", "source")]


def test_translation_inherits_and_shares_the_id(site):
    run(
        make_line(topics=["tax"], visibility="network"),
        make_line(source_id="bolig.en", locale="en", title="Housing", translation_of="bolig"),
    )

    document = read_document(derive_content_id("bolig"), TODAY, "en")
    assert (document["topics"], document["visibility"], document["translation"]["state"]) == (
        ["tax"],
        "network",
        "current",
    )


def test_translation_may_carry_the_same_source_id(site):
    run(make_line(), make_line(locale="en", title="Housing", translation_of="bolig"))

    assert set(Window.objects.values_list("locale", flat=True)) == {"da", "en"}


def test_translation_that_says_otherwise_is_refused(site):
    errors = refuse(
        make_line(topics=["tax"]), make_line(locale="en", title="Housing", translation_of="bolig", topics=["housing"])
    )

    assert (len(errors), errors[0].startswith("line 2: topics:"), Release.objects.count()) == (1, True, 0)


def test_translation_may_stand_before_its_source(site):
    run(make_line(locale="en", title="Housing", translation_of="bolig", source_id="bolig.en"), make_line())

    assert Window.objects.get(locale="en").state == "current"


def test_moved_content_names_where_it_went(site):
    run(make_line(), make_line(source_id="nyt", title="Nyt"))

    run({"source_id": "bolig", "locale": "da", "withdraw": "moved", "moved_to": "nyt"})

    row = Release.objects.filter(kind="withdrawn").get()
    assert (row.reason, row.moved_to) == ("moved", derive_content_id("nyt"))


def test_withdrawal_keeps_the_explanation_given(site):
    run(make_line(), make_line(source_id="bolig.en", locale="en", title="Housing", translation_of="bolig"))

    run({"source_id": "bolig", "locale": "da", "withdraw": "recalled", "explanation": "Fristen var forkert."})

    rows = Release.objects.filter(kind="withdrawn").values_list("locale", "reason", "change_note")
    assert sorted(rows) == [("da", "recalled", "Fristen var forkert."), ("en", "recalled", "Fristen var forkert.")]


def test_explanation_with_a_cpr_number_is_refused_and_withdraws_nothing(site):
    run(make_line())

    errors = refuse({"source_id": "bolig", "locale": "da", "withdraw": "gone", "explanation": "Se 010190-1234."})

    assert errors == ["line 1: explanation: 010190-1234 looks like a CPR number; personal data do not belong here"]
    assert not Release.objects.filter(kind="withdrawn").exists()


def test_two_lines_may_refer_to_each_other(site):
    run(make_line(related=["b"]), make_line(source_id="b", title="B", related=["bolig"]))

    document = read_document(derive_content_id("bolig"), TODAY)
    assert document["related"] == [{"id": str(derive_content_id("b")), "type": "article"}]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kind": "poem"}, "unknown kind 'poem'"),
        ({"kind": "act"}, "act is no kind of a bundle: it comes in by legal_import"),
        ({"locale": "sv"}, "locale: 'sv' is not one of"),
        ({"title": ""}, "title:"),
        ({"topics": ["weather"]}, "topics: unknown weather"),
        ({"consortium": "nord"}, "consortium: unknown nord"),
        ({"municipalities": ["0101"]}, "municipalities: unknown 0101"),
        ({"visibility": "secret"}, "visibility: 'secret' is not one of"),
        ({"applies_from": "2026-02-30"}, "applies_from: 2026-02-30 is not a day"),
        ({"applies_from": "2026-03-02", "applies_until": "2026-03-01"}, "applies_until:"),
        ({"translation_of": "nobody", "locale": "en"}, "translation_of: nothing is known by the source_id nobody"),
        ({"related": ["nobody"]}, "related: nothing is known by the source_id nobody"),
        ({"blocks": []}, "html and blocks exclude each other"),
        ({"summary": "CPR 010203-1234"}, "summary: 010203-1234 looks like a CPR number"),
        ({"html": "<p>010203-1234</p>"}, "body: 010203-1234 looks like a CPR number"),
        ({"visibility": "consortium"}, "consortium:"),
        ({"surprise": 1}, "Additional properties are not allowed"),
        ({"fields": {"anwser": "x"}}, "fields: Additional properties are not allowed"),
    ],
)
def test_bad_value_is_named_by_line_and_field_and_nothing_is_imported(site, values, message):
    errors = refuse(make_line(source_id="god", title="God"), make_line(**values))

    assert (errors[0].startswith("line 2: "), message in errors[0], ArticlePage.objects.count()) == (True, True, 0)


def test_broken_json_is_reported_with_its_line(site):
    with pytest.raises(BundleRefusedError) as refusal:
        import_bundle([json.dumps(make_line()).encode(), b'{"kind": ', b"\xff\xfe", b"[]"])

    assert [error.line for error in refusal.value.report.errors] == [2, 3, 4]


def test_same_key_twice_is_an_error(site):
    assert "the same source_id" in refuse(make_line(), make_line(title="Igen"))[0]


def test_keep_going_imports_the_good_lines(site):
    report = run(make_line(), make_line(source_id="b", kind="poem"), keep_going=True)

    assert (report.released, [error.line for error in report.errors]) == (1, [2])


def test_script_does_not_survive(site):
    run(make_line(html='<p onclick="x()">Hej<script>alert(1)</script> <a href="javascript:x()">du</a></p>'))

    html = read_document(derive_content_id("bolig"), TODAY)["html"]
    assert ("script" in html, "onclick" in html, "javascript" in html, "Hej" in html) == (False, False, False, True)


def test_html_is_split_into_the_words_it_shows(site):
    run(
        make_line(html="1 &lt; 2<h2>Op<b>hold</b></h2><p>A<br>b</p><table><tr><th>Æ</th><td>§&nbsp;9</td></tr></table>")
    )

    assert [block["value"] for block in read_document(derive_content_id("bolig"), TODAY)["blocks"]] == [
        "<p>1 &lt; 2</p>",
        {"text": "Ophold", "level": 2},
        "<p>A<br>b</p>",
        {"caption": "–", "header": ["Æ", "§\xa09"], "rows": []},
    ]
    html = read_document(derive_content_id("bolig"), TODAY)["html"]
    assert ("<table>" in html, "<caption>" in html) == (True, False)


def test_export_of_a_site_imported_into_it_changes_nothing(site, tmp_path):
    run(
        make_line(html="<h2>Om</h2><p>Tekst</p><ul><li>Et</li></ul>", citations=[{"eli_uri": "https://x.example/1"}]),
        make_line(locale="en", title="Housing", translation_of="bolig"),
        make_line(title="Til januar", applies_from="2027-01-01"),
        make_line(source_id="b", title="Kladde", publish=False),
    )
    bundle = tmp_path / "bundle.ndjson"
    call_command("content_export", str(bundle), stdout=StringIO())
    rows = Release.objects.count()

    report = import_bundle(bundle.read_bytes().split(b"\n"))

    assert (report.errors, report.released, report.drafted, Release.objects.count()) == ([], 0, 0, rows)


def test_command_reports_lines_and_exits_with_one(site, tmp_path):
    bundle = tmp_path / "bundle.ndjson"
    bundle.write_text(json.dumps(make_line(kind="poem")), encoding="utf-8")
    err = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("content_import", str(bundle), stderr=err)

    assert (stop.value.code, "line 1: unknown kind" in err.getvalue()) == (1, True)


@pytest.mark.parametrize(
    "values",
    [
        {"blocks": [{"type": "citation", "value": {"eli_uri": "https://x.example/1", "stk": [10**30]}}]},
        {"title": "a\ud800b"},
        {"title": "a\u0000b"},
    ],
)
def test_value_that_nothing_can_hold_is_refused_by_its_line_and_the_others_go_in(site, values):
    report = run(make_line(**values), make_line(source_id="b", title="B"), keep_going=True)

    assert ([error.line for error in report.errors], report.released) == ([1], 1)


def test_last_day_of_the_calendar_is_no_end(site):
    run(make_line(applies_until="9999-12-31"))

    assert read_windows(derive_content_id("bolig")) == [(TODAY, None, "Bolig", "source")]


def test_line_that_a_refused_one_needed_still_goes_in(site):
    report = run(
        make_line(related=["b"], summary="CPR 010203-1234"), make_line(source_id="b", title="B"), keep_going=True
    )

    released = list(Window.objects.values_list("title", flat=True))
    assert ([error.line for error in report.errors], report.released, released) == ([1], 1, ["B"])


def test_translation_of_a_draft_inherits_who_may_see_it(site):
    run(make_line(visibility="network", publish=False), make_line(locale="en", title="Housing", translation_of="bolig"))

    assert Window.objects.get(locale="en").visibility == "network"


def test_second_owner_of_a_translation_is_refused(site):
    run(make_line(), make_line(source_id="en-1", locale="en", title="One", translation_of="bolig"))

    errors = refuse(make_line(source_id="en-2", locale="en", title="Two", translation_of="bolig"))

    assert errors == ["line 1: translation_of: in en this content already is en-1"]


def test_content_cannot_move_to_itself(site):
    run(make_line())

    errors = refuse({"source_id": "bolig", "locale": "da", "withdraw": "moved", "moved_to": "bolig"})

    assert errors == ["line 1: moved_to: an item cannot move to itself"]


def test_same_bundle_after_a_planned_day_does_not_bring_the_old_text_back(site):
    lines = [make_line(), make_line(title="Ny lov", applies_from="2026-03-05")]
    run(*lines)

    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False):
        report = run(*lines)

    assert (report.unchanged, Release.objects.count()) == (2, 2)


def test_new_slug_alone_moves_the_page(site):
    run(make_line(slug="et"))

    run(make_line(slug="to"))

    assert Window.objects.get().path == "/da/to/"


def test_content_does_not_move_to_one_that_its_readers_may_not_see(site):
    run(make_line(), make_line(source_id="internt", title="Internt", visibility="network"))

    errors = refuse({"source_id": "bolig", "locale": "da", "withdraw": "moved", "moved_to": "internt"})

    assert errors == ["line 1: moved_to: not everyone who could read this content may see that one"]


def test_draft_of_a_law_note_that_is_vouched_for_longer_is_stored(site):
    note = make_line(kind="law-note", publish=False, fields={"verified_until": "2026-06-30"})
    run(note)

    report = run({**note, "fields": {"verified_until": "2026-12-31"}})

    assert (report.drafted, report.unchanged) == (1, 0)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'{"kind": "article", "title": "a", "visibility": "network", "visibility": "public"}', "the key 'visibility'"),
        (b'{"kind": "article", "fields": {"answer": "a", "answer": "b"}}', "the key 'answer'"),
        (b'{"kind": "article", "title": "\\ud800"}', "not JSON in UTF-8"),
        (b'{"kind": "article", "title": NaN}', "not JSON in UTF-8"),
        ('{"kind": "article", "title": "Bøde"}'.encode("cp1252"), "not JSON in UTF-8"),
        ('{"kind": "article", "title": "Bøde"}'.encode("utf-16"), "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON in UTF-8"),
    ],
)
def test_line_that_can_be_read_in_two_ways_or_none_is_refused(site, raw, message):
    with pytest.raises(BundleRefusedError) as refusal:
        import_bundle([json.dumps(make_line()).encode(), raw])

    errors = [str(error) for error in refusal.value.report.errors]
    assert [(error.startswith("line 2: "), message in error) for error in errors] == [(True, True)]


def test_byte_order_mark_before_the_first_line_is_no_part_of_it(site, tmp_path):
    path = tmp_path / "bundle.ndjson"
    path.write_bytes(codecs.BOM_UTF8 + json.dumps(make_line()).encode() + b"\r\n")

    call_command("content_import", str(path), stdout=StringIO())

    assert read_windows(derive_content_id("bolig")) == [(TODAY, None, "Bolig", "source")]


def test_byte_order_mark_further_down_is_refused(site):
    with pytest.raises(BundleRefusedError) as refusal:
        import_bundle([b"", codecs.BOM_UTF8 + json.dumps(make_line()).encode()])

    errors = [str(error) for error in refusal.value.report.errors]
    assert [error[:27] for error in errors] == ["line 2: not JSON in UTF-8: "]


def test_text_whose_file_was_deleted_is_exported_without_it(site, tmp_path):
    image = make_image()
    publish(make_page(title="Bolig", body=[("image", {"image": image, "alt_text": "Et foto", "caption": ""})]))
    image.delete()
    err = StringIO()

    call_command("content_export", str(tmp_path / "out.ndjson"), stdout=StringIO(), stderr=err)

    lines = [json.loads(line) for line in (tmp_path / "out.ndjson").read_text().splitlines()]
    assert [line["blocks"] for line in lines if line.get("title") == "Bolig"] == [[]]
    assert "left out: image" in err.getvalue()


def test_html_with_merged_cells_keeps_its_columns_and_says_where_to_look(site):
    html = '<table><tr><th colspan="2">Gebyr</th></tr><tr><td>6.055<sup>1</sup> kr.</td><td>4.405 kr.</td></tr></table>'

    report = run(make_line(html=html))

    assert read_document(derive_content_id("bolig"), TODAY)["blocks"][0]["value"] == {
        "caption": "–",
        "header": ["Gebyr", "Gebyr"],
        "rows": [["6.055¹ kr.", "4.405 kr."]],
    }
    assert [str(note) for note in report.notes] == [
        "line 1: html: table 1, row 1, column 1, “Gebyr”: a merged cell (rows: 1, columns: 2); "
        "its text is repeated in each of them",
        "line 1: html: table 1: the table has no caption; write one",
    ]


def test_html_that_would_be_cut_is_refused_with_its_place(site):
    errors = refuse(make_line(html=f"<table><tr><td>A</td></tr><tr><td>{'x' * 501}</td></tr></table>"))

    assert errors == [
        f"line 1: table 1, row 2, column 1, “{'x' * 59}…”: the cell has 501 characters, at most 500 can be kept; "
        "shorten it or move the text out"
    ]


def test_block_that_holds_what_the_editor_would_drop_is_refused(site):
    errors = refuse(make_line(html=None, blocks=[{"type": "paragraph", "value": "<h2>Krav</h2>"}]))

    assert errors == ["line 1: “Krav”: a heading, table or picture cannot stand in this text"]
