"""Acts and their sections in the portal."""

from pathlib import Path
from typing import Any

import pytest

from frontend.portal.templatetags.portal import act_state_label
from legal.enums import ActState
from legal.models import Work
from legal.reviews.citation_index import store_citations
from tests.frontend.drafts import release
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

ACT = "/da/acts/udlaendingeloven/"


@pytest.fixture(autouse=True)
def _act(tmp_path: Path) -> None:
    title = "Bekendtgørelse af udlændingeloven"
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", title, [build_section("9 a", "Gammel tekst.")]),
        build_line(
            "LBK", 1183, "2025-09-25", title, [build_section("9 a", "Ny tekst."), build_section("28-31 a", "(Ophævet)")]
        ),
    )


def test_act_shows_its_number_sections_and_texts(read: Any) -> None:
    page = read(ACT)

    assert page.status_code == 200
    assert [link["href"] for link in page.soup.select(".section-list a")] == [f"{ACT}9-a/", f"{ACT}28-31-a/"]
    assert "LBK 1183/2025" in page.text_shown
    assert "LBK 1009/2024" in page.text_shown
    assert "Status er udledt" in page.text_shown


def test_act_as_of_a_day_shows_the_text_of_that_day(read: Any) -> None:
    page = read(f"{ACT}?as_of=2025-01-01")

    assert [link["href"] for link in page.soup.select(".section-list a")] == [f"{ACT}9-a/?as_of=2025-01-01"]


@pytest.mark.parametrize(("as_of", "status"), [("1990-01-01", 404), ("i-dag", 400), ("2025-02-31", 400), ("", 200)])
def test_act_as_of_a_bad_day_is_refused(read: Any, as_of: str, status: int) -> None:
    assert read(f"{ACT}?as_of={as_of}").status_code == status


def test_section_is_shown_as_it_stands_on_a_day(read: Any) -> None:
    assert "Ny tekst." in read(f"{ACT}9-a/").text_shown
    assert "Gammel tekst." in read(f"{ACT}9-a/?as_of=2025-01-01").text_shown


def test_every_section_of_the_list_is_found_at_its_address(read: Any) -> None:
    links = [link["href"] for link in read(ACT).soup.select(".section-list a")]

    assert [read(link).status_code for link in links] == [200, 200]


@pytest.mark.parametrize("spelling", ["9a", "9 a", "%C2%A7 9 a"])
def test_section_in_another_spelling_leads_to_its_address(read: Any, spelling: str) -> None:
    response = read(f"{ACT}{spelling}/")

    assert (response.status_code, response["Location"]) == (301, f"{ACT}9-a/")


@pytest.mark.parametrize("path", [f"{ACT}99/", "/da/acts/findes-ikke/", "/da/acts/findes-ikke/1/"])
def test_unknown_law_is_not_found(read: Any, path: str) -> None:
    assert read(path).status_code == 404


def test_acts_are_listed_in_danish_for_every_reader(read: Any) -> None:
    page = read("/ar/acts/")

    assert page.soup.html["dir"] == "rtl"
    assert page.soup.select_one(".entry h3")["lang"] == "da"


@pytest.mark.parametrize("state", ActState.values)
def test_every_state_of_an_act_has_a_name(state: str) -> None:
    assert act_state_label(state) != state


def test_act_and_section_list_what_rests_on_them_in_the_readers_language(read: Any) -> None:
    act = {"id": str(Work.objects.get().content_id)}
    citation = {"act": act, "section": "9 a", "section_to": None, "url": "", "stk": []}
    text = release("article", fields={"title": "Beløbsgrænsen", "citations": [citation]})
    store_citations([text.content_id])

    pages = [read(path).text_shown for path in ("/en/acts/udlaendingeloven/", f"{ACT}9-a/", f"{ACT}28-31-a/")]

    assert ["Beløbsgrænsen" in page for page in pages] == [True, True, False]
    assert "Texts that rest on this 1" in pages[0]
