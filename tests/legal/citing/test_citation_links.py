"""Citations in a page's words become links when it is published."""

import json

import pytest
from django.utils import timezone

from cms.core.allowed_html import sanitise_html
from cms.publication.following.followers import catch_up
from cms.publication.models import Release, ReleaseBody, Window
from cms.publication.pages.agreement import list_differences
from legal.citing.citation_links import link_citations
from legal.models import UnknownAct, Work
from legal.notes.law_note_page import LawNotePage
from legal.reviews.followers import ReviewFollower
from tests.factories.pages import make_page, publish
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

ADDRESS = "http://testserver/da/acts/udlaendingeloven/9-a/"
LINK = f'<a href="{ADDRESS}" class="law-citation" rel="noopener noreferrer">'


def import_act(folder, number=1183, day="2025-09-25"):
    sections = [build_section("9", "Ægtefæller."), build_section("9a", "Arbejde.")]
    import_lines(folder, build_line("LBK", number, day, "Bekendtgørelse af udlændingeloven", sections))


@pytest.fixture
def act(site, tmp_path):
    import_act(tmp_path)
    return Work.objects.get()


def write(html, **values):
    """Publish an article with one paragraph and return its document."""
    page = publish(make_page(), body=[("paragraph", html)], **values)
    return read(page)


def read(page):
    window = Window.objects.get(content_id=page.translation_key)
    return json.loads(bytes(ReleaseBody.objects.get(pk=window.pk).body))


def test_citation_of_a_known_act_becomes_a_link_and_stands_in_citations(act):
    document = write("<p>Efter udlændingelovens § 9 a, stk. 2, kan der gives tilladelse.</p>")

    link = LINK.replace("/9-a/", "/9-a/#stk-2")
    linked = f"<p>Efter {link}udlændingelovens § 9 a, stk. 2</a>, kan der gives tilladelse.</p>"
    assert document["html"] == f'<div lang="da" dir="ltr">{linked}</div>'
    assert document["blocks"][0]["value"] == linked
    assert sanitise_html(linked) == linked
    assert document["citations"] == [
        {
            "start": None,
            "end": None,
            "text": None,
            "act": {
                "id": str(act.content_id),
                "short_title": "Udlændingeloven",
                "document_type": "LBK",
                "number": 1183,
                "year": 2025,
                "eli_uri": "https://www.retsinformation.dk/eli/lta/2025/1183",
            },
            "section": "9 a",
            "section_to": None,
            "stk": [2],
            "nr": [],
            "litra": [],
            "pkt": [],
            "partial": False,
            "url": ADDRESS,
        }
    ]


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p><b>udl. § 9 a</b> gælder</p>", f"<p><b>{LINK}udl. § 9 a</a></b> gælder</p>"),
        ("<p>udl. <i>§ 9 a</i>, jf. stk. 2</p>", f"<p>{LINK}udl. <i>§ 9 a</i></a>, jf. stk. 2</p>"),
        ("<p>A &amp; B: udl.\u00a0§\u00a09\u00a0a</p>", f"<p>A &amp; B: {LINK}udl.&nbsp;§&nbsp;9&nbsp;a</a></p>"),
        ("<ul><li>udl. § 9 a</li><li>§ 9</li></ul>", f"<ul><li>{LINK}udl. § 9 a</a></li><li>§ 9</li></ul>"),
    ],
)
def test_link_goes_around_the_words_and_nothing_else(act, html, linked):
    assert write(html)["blocks"][0]["value"] == linked


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://example.org/" rel="noopener noreferrer">udl. § 9 a</a></p>',
        "<p><b>Se udl. § 9</b> a</p>",
        "<p>lovens § 9, denne lovs § 9 a, jf. stk. 2, og § 9 i fantasiloven</p>",
        "<p>§ 9</p><p>a i udlændingeloven</p>",
    ],
)
def test_what_may_carry_no_link_stays_as_it_is(act, html):
    assert "law-citation" not in write(html)["html"]


def test_citation_under_a_link_of_the_editors_own_is_still_cited(act):
    document = write('<p><a href="https://example.org/">udl. § 9 a</a></p>')

    assert [citation["section"] for citation in document["citations"]] == ["9 a"]


def test_heading_keeps_its_anchor(act):
    page = publish(make_page(), body=[("heading", {"text": "Efter udl. § 9 a", "level": "2"})])

    assert read(page)["html"] == '<div lang="da" dir="ltr"><h2 id="efter-udl-9-a">Efter udl. § 9 a</h2></div>'


def test_place_named_by_the_editor_is_not_named_again(act):
    given = {"eli_uri": "https://www.retsinformation.dk/eli/lta/2025/1183", "section": "9a", "stk": [], "quote": ""}

    document = write("<p>udl. § 9 a og udlændingelovens § 9 a, jf. udl. § 9</p>", citations=[("citation", given)])

    assert [citation["section"] for citation in document["citations"]] == ["9 a", "9"]


def test_fields_of_a_law_note_are_linked(act):
    note = publish(make_page(LawNotePage, title="Nyt"), what_changed="<p>udl. § 9 a er ændret.</p>")

    document = read(note)

    assert document["what_changed"] == f"<p>{LINK}udl. § 9 a</a> er ændret.</p>"
    assert LINK in document["html"]


def test_page_without_citations_costs_no_query(act, django_assert_num_queries):
    document = {"html": "<p>Intet, jf. § 9.</p>", "blocks": [], "citations": []}

    with django_assert_num_queries(0):
        assert link_citations(dict(document), [], timezone.now()) == document


def test_new_text_of_the_act_changes_no_document(act, tmp_path):
    write("<p>udl. § 9 a</p>")
    before = Release.objects.filter(type="article").count()

    import_act(tmp_path, number=20, day="2026-01-20")

    assert Release.objects.filter(type="article").count() == before
    assert list(list_differences()) == []


@pytest.mark.parametrize("is_followed", [True, False])
def test_act_that_becomes_known_is_linked_in_the_texts_that_name_it(site, tmp_path, is_followed):
    by_name = publish(make_page(), body=[("paragraph", "<p>§ 9 a i lov om udlændinges ophold til en person</p>")])
    by_number = publish(make_page(title="To"), body=[("paragraph", "<p>LBK 1183/2025 § 9 a</p>")])
    other = publish(make_page(title="Tre"), body=[("paragraph", "<p>integrationslovens § 9 a</p>")])
    if is_followed:
        catch_up(ReviewFollower())

    sections = [build_section("9a", "Arbejde.")]
    import_lines(
        tmp_path, build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af lov om udlændinges ophold", sections)
    )

    assert ">§ 9 a i lov om udlændinges ophold</a> til en person" in read(by_name)["html"]
    assert ">LBK 1183/2025 § 9 a</a>" in read(by_number)["html"]
    assert Release.objects.filter(content_id=other.translation_key).count() == 1
    assert list(list_differences()) == []


def test_follower_keeps_what_is_waited_for(act):
    page = publish(
        make_page(), body=[("paragraph", "<p>integrationslovens § 5, lov nr. 1 af 2. maj 2020, udl. § 9</p>")]
    )

    catch_up(ReviewFollower())
    waiting = set(UnknownAct.objects.values_list("key", flat=True))
    page.unpublish()
    catch_up(ReviewFollower())

    assert waiting == {"integrationlov", "https://www.retsinformation.dk/eli/lta/2020/1"}
    assert not UnknownAct.objects.exists()
