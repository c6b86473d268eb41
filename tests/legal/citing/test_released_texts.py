"""Comparison of released texts: what was known of the law at the release is no difference later, what the page says is."""

import json

import pytest

from cms.publication.following.followers import catch_up
from cms.publication.models import Release
from cms.publication.pages.agreement import list_differences
from knowledge.models import ArticlePage
from legal.citing.released_texts import is_finished_from
from legal.models import Work
from legal.notes.law_note_page import LawNotePage
from legal.reviews.followers import ReviewFollower
from tests.factories.pages import make_page, publish
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TITLE = "Bekendtgørelse af udlændingeloven"
URI = "https://www.retsinformation.dk/eli/lta/2025/1183"
GIVEN = {"eli_uri": URI, "section": "9a", "stk": [2], "quote": ""}


def link(words, url="http://testserver/da/acts/udl/9-a/"):
    return f'<a href="{url}" class="law-citation" rel="noopener noreferrer">{words}</a>'


def answer(section="9 a", stk=(), **values):
    parts = {"section_to": None, "nr": [], "litra": [], "pkt": []}
    act = {"eli_uri": URI}
    return {"act": act, "url": "http://testserver/da/acts/udl/", "section": section, "stk": list(stk), **parts} | values


def given(section="9 a", stk=()):
    return {"act": {"eli_uri": URI}, "section": section, "stk": list(stk)}


@pytest.mark.parametrize(
    ("released", "own", "is_same"),
    [
        ({"html": f"<p>{link('udl. § 9 a')}</p>"}, {"html": "<p>udl. § 9 a</p>"}, True),
        ({"html": f"<p>{link('udl. § 9 a')}</p>"}, {"html": "<p>udl. § 9 b</p>"}, False),
        ({"html": f"<p>{link('udl. § 9 a', 'https://old.example/x/')}</p>"}, {"html": "<p>udl. § 9 a</p>"}, False),
        (
            {"blocks": [{"value": {"items": [link("udl. § 9")]}}]},
            {"blocks": [{"value": {"items": ["udl. § 9"]}}]},
            True,
        ),
        ({"citations": [answer()]}, {"citations": [given("9a")], "html": ""}, True),
        ({"citations": [answer(act=None, url=URI)]}, {"citations": [given()]}, True),
        ({"citations": [answer(stk=[2])]}, {"citations": [given()]}, False),
        ({"citations": [answer("9"), answer()]}, {"citations": [given(), given("9")]}, False),
        ({"citations": []}, {"citations": [given()]}, False),
        ({"citations": [answer()]}, {"citations": []}, False),
        ({"citations": [answer(url="https://old.example/da/acts/udl/")]}, {"citations": [given()]}, False),
        (
            {"html": "<p>udl. § 9 b</p>", "citations": [answer(), answer("9 b")]},
            {"html": "<p>udl. § 9 b</p>", "citations": [given()]},
            True,
        ),
        (
            {"html": "<p>udl. § 9 b</p>", "citations": [answer(), answer("9 c")]},
            {"html": "<p>udl. § 9 b</p>", "citations": [given()]},
            False,
        ),
        (
            {"sources": [{"eli_uri": URI, "sections": ["9 a"], "act": {"id": "x"}, "retrieved_at": "2026-01-01"}]},
            {"sources": [{"eli_uri": URI, "sections": ["9 a"]}]},
            True,
        ),
        ({"sources": [{"eli_uri": URI, "sections": []}]}, {"sources": [{"eli_uri": URI, "sections": ["9 a"]}]}, False),
    ],
)
def test_released_text_is_compared_without_what_was_known_of_the_law(released, own, is_same):
    assert is_finished_from({"html": "", **released}, own) == is_same


@pytest.fixture
def citing_pages(site, tmp_path):
    """An article and a note that cite an act of which no text is known yet, in every way there is."""
    import_lines(tmp_path, build_line("LBK", 1183, "2025-09-25", TITLE))
    citations = [("citation", GIVEN)]
    article = publish(
        make_page(), body=[("paragraph", "<p>udl. § 9 a og udlændingelovens § 10, stk. 2</p>")], citations=citations
    )
    source = [("source", {"eli_uri": URI, "sections": ["9a"]})]
    note = publish(make_page(LawNotePage, title="Nyt"), what_changed="<p>udl. § 9 a, nr. 1</p>", sources=source)
    return article, note


def import_text(folder, number=1183, day="2025-09-25", words="Arbejde."):
    sections = [build_section("9a", words), build_section("10", "Andet.")]
    import_lines(folder, build_line("LBK", number, day, TITLE, sections))


@pytest.mark.parametrize("is_followed", [True, False])
def test_text_of_an_act_that_becomes_known_is_no_difference(citing_pages, tmp_path, is_followed):
    if is_followed:
        catch_up(ReviewFollower())
    count = Release.objects.exclude(type="act").count()

    import_text(tmp_path)

    assert Release.objects.exclude(type="act").count() == count
    assert list(list_differences()) == []


def test_change_of_the_law_is_no_difference(citing_pages, tmp_path):
    import_text(tmp_path)
    publish(citing_pages[0], title="Skrevet med hele loven")

    import_text(tmp_path, words="Rettet arbejde.")
    import_text(tmp_path, 20, "2026-01-20", words="Nyt arbejde.")

    assert list(list_differences()) == []


def test_other_address_of_the_act_is_no_difference(citing_pages, tmp_path):
    import_text(tmp_path)
    publish(citing_pages[0], title="Skrevet med hele loven")

    Work.objects.update(slug="et-andet-navn", short_title="Et andet navn")

    assert "the live text is not the released one" not in [found.what for found in list_differences()]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Ændret"},
        {"body": '[{"type": "paragraph", "value": "<p>udl. § 9 a og udlændingelovens § 11, stk. 2</p>", "id": "x"}]'},
        {"citations": "[]"},
        {"citations": json.dumps([{"type": "citation", "value": {"eli_uri": URI, "section": "9 b", "stk": [2]}}])},
    ],
)
def test_page_changed_behind_the_signals_is_found_after_an_import_of_law(citing_pages, tmp_path, changes):
    import_text(tmp_path)

    ArticlePage.objects.filter(pk=citing_pages[0].pk).update(**changes)

    assert [found.what for found in list_differences()] == ["the live text is not the released one"]
