"""The search page: what it asks, what it shows and what it refuses."""

from pathlib import Path
from typing import Any

import pytest

from frontend.portal.templatetags.portal import page_numbers
from tests.frontend.drafts import release
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Stand in for search: every question is kept and answered with one act and its section."""
    questions: list[Any] = []

    def answer(query: Any) -> dict[str, Any]:
        questions.append(query)
        hit = {
            "type": "act",
            "locale": "da",
            "title": "Udlændingeloven",
            "url": "http://testserver/da/acts/udlaendingeloven/",
            "summary": "",
            "translation": {"state": "source"},
            "highlights": {"title": ["om <mark>job</mark> &amp; <b>løn</b>"], "body": []},
            "provisions": [
                {
                    "section": "9 a",
                    "label": "§ 9 a",
                    "url": "http://testserver/da/acts/udlaendingeloven/9-a/",
                    "highlights": [],
                }
            ],
        }
        results = [hit] if query.q != "intet" and query.page < 4 else []
        return {
            "query": query.q,
            "total": 45 * len(results),
            "results": results,
            "facets": {"type": [{"value": "act", "label": "Act", "count": 45}]},
            "suggestion": "noget" if not results else None,
            "engine": "database",
            "degraded": query.q == "langsom",
        }

    monkeypatch.setattr("frontend.portal.search_page.search", answer)
    return questions


def test_question_is_asked_in_the_language_of_the_page_and_in_those_it_falls_back_to(
    read: Any, asked: list[Any]
) -> None:
    read("/pl/search/?q=praca&type=act&type=guide&topic=tax&page=2&utm_source=x")

    query = asked[0]
    assert (query.q, query.locale, query.fallback, query.page) == ("praca", "pl", True, 2)
    assert query.filters == {"type": [["act", "guide"]], "topic": [["tax"]]}
    assert query.access.is_public


def test_results_show_marks_sections_and_their_language(read: Any, asked: list[Any]) -> None:
    page = read("/pl/search/?q=job")

    entry = page.soup.select_one(".results .entry")
    assert entry.select_one("h3 a")["href"] == "/pl/acts/udlaendingeloven/"
    assert (entry.h3["lang"], entry.select_one(".badge").get_text()) == ("da", "Dansk")
    assert [mark.get_text() for mark in entry.select("mark")] == ["job"]
    assert entry.select("b") == []
    assert entry.select_one(".found-sections a")["href"] == "/pl/acts/udlaendingeloven/9-a/"


def test_facets_are_boxes_with_counts_and_what_was_chosen_stays(read: Any, asked: list[Any]) -> None:
    page = read("/da/search/?q=job&type=guide")

    boxes = {box["value"]: box.has_attr("checked") for box in page.soup.select("input[type=checkbox]")}
    assert boxes == {"act": False, "guide": True}
    assert page.soup.select_one(".option .count").get_text() == "45"


def test_what_is_chosen_stands_above_the_results_and_is_taken_away_one_by_one(read: Any, asked: list[Any]) -> None:
    page = read("/da/search/?q=job&type=act&type=guide&topic=tax")

    chips = {" ".join(chip.get_text().split()): chip["href"] for chip in page.soup.select(".results .chips a")}
    assert chips == {
        "Type: Lovgivning – fjern denne afgrænsning": "?q=job&type=guide&topic=tax",
        "Type: Guide – fjern denne afgrænsning": "?q=job&type=act&topic=tax",
        "Emne: tax – fjern denne afgrænsning": "?q=job&type=act&type=guide",
        "Ryd alle": "?q=job",
    }
    assert read("/da/search/?q=job").soup.select(".chips") == []


@pytest.mark.parametrize(("page_number", "numbers"), [(1, ["1", "2", "3"]), (2, ["1", "2", "3"]), (3, ["1", "2", "3"])])
def test_pages_are_numbered_and_the_current_one_is_marked(
    read: Any, asked: list[Any], page_number: int, numbers: list[str]
) -> None:
    pages = read(f"/da/search/?q=job&page={page_number}").soup.select(".pagination ol a")

    assert [link.get_text() for link in pages] == numbers
    assert [link.get_text() for link in pages if link.get("aria-current") == "page"] == [str(page_number)]
    assert pages[0]["aria-label"] == "Side 1"
    assert pages[2]["href"] == "?q=job&page=3"


def test_many_pages_are_shortened_around_the_current_one() -> None:
    assert page_numbers(10, 40) == [1, None, 9, 10, 11, None, 40]
    assert page_numbers(1, 40) == [1, 2, None, 40]
    assert page_numbers(1, 1) == [1]


def test_pages_keep_the_question(read: Any, asked: list[Any]) -> None:
    page = read("/da/search/?q=a%26b&type=act&page=2")

    assert page.soup.select_one("[rel=next]")["href"] == "?q=a%26b&type=act&page=3"
    assert page.soup.select_one("[rel=prev]")["href"] == "?q=a%26b&type=act&page=1"


def test_page_past_the_end_is_not_found(read: Any, asked: list[Any]) -> None:
    assert read("/da/search/?q=job&page=4").status_code == 404


def test_nothing_found_is_said_with_a_suggestion_and_a_way_on(read: Any, asked: list[Any]) -> None:
    page = read("/da/search/?q=intet&topic=tax")

    assert "Der blev ikke fundet noget." in page.text_shown
    assert page.soup.select_one(".suggestion a")["href"] == "?q=noget&topic=tax"
    assert "?q=intet" in [link["href"] for link in page.soup.select(".no-results a")]


def test_degraded_answer_is_named(read: Any, asked: list[Any]) -> None:
    assert "Søgemaskinen kan ikke nås" in read("/da/search/?q=langsom").text_shown


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999999", "q=" + "x" * 300])
def test_address_no_form_makes_is_refused_with_the_form(read: Any, asked: list[Any], query: str) -> None:
    page = read(f"/da/search/?{query}")

    assert page.status_code == 400
    assert page.soup.select_one("input[name=q]") is not None


def test_language_menu_keeps_the_question(read: Any, asked: list[Any]) -> None:
    page = read("/da/search/?q=job")

    assert page.soup.select_one(".languages-menu a[hreflang=ar]")["href"] == "/ar/search/?q=job"


@pytest.mark.parametrize(
    "path", ["/da/search/", "/da/search/?q=%22%28%00*:&topic=%00", "/da/search/?topic=findes-ikke"]
)
def test_search_of_the_database_answers_whatever_is_typed(read: Any, path: str) -> None:
    release()

    assert read(path).status_code == 200


@pytest.mark.parametrize(
    ("q", "is_shown"),
    [("udl.+§+9a", True), ("udl.+§+9+A", True), ("udl.+§+99", False), ("udl.+§+9+a+ægtefæller", False)],
)
def test_section_that_is_all_somebody_asks_for_stands_on_top(
    read: Any, asked: list[Any], tmp_path: Path, q: str, is_shown: bool
) -> None:
    sections = [build_section("9a", "Arbejde.")]
    import_lines(tmp_path, build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven", sections))

    page = read(f"/da/search/?q={q}").content.decode()

    assert ('class="direct-hit"' in page) == is_shown
    assert not is_shown or 'href="/da/acts/udlaendingeloven/9-a/" hreflang="da"' in page


@pytest.mark.parametrize("path", ["/ar/search/", "/da/nowhere/"])
def test_field_shows_a_question_in_the_direction_of_its_own_letters(read: Any, asked: list[Any], path: str) -> None:
    assert read(path).soup.select_one("input[name=q]")["dir"] == "auto"
