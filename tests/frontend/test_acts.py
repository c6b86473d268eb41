"""Acts and their sections in the portal."""

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from cms.core.languages import LANGUAGES
from frontend.portal.force_notices import SENTENCES
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
    assert read(f"{ACT}{spelling}/?as_of=2025-01-01")["Location"] == f"{ACT}9-a/?as_of=2025-01-01"


def test_section_that_is_not_stored_leads_to_the_act_which_says_so(read: Any, tmp_path: Path) -> None:
    import_lines(tmp_path, build_line("LBK", 1146, "2020-08-12", "Bekendtgørelse af danskuddannelsesloven", []))
    bare = Work.objects.get(current__number=1146).path.replace("/da/", "/pl/")

    for path, section in ((f"{bare}5/", "5"), (f"{ACT}99/", "99"), (f"{ACT}99-b/?as_of=2025-01-01", "99 b")):
        answer = read(path)
        page = read(answer["Location"])

        assert (answer.status_code, page.status_code) == (302, 200)
        notice = page.soup.select_one(".notice-warning:has(bdi)")
        assert (notice.bdi.get_text(), notice.bdi["dir"]) == (f"§ {section}".replace(" ", "\u00a0"), "ltr")
        assert "retsinformation.dk" in notice.a["href"]
    assert "as_of=2025-01-01" in answer["Location"]
    assert read(f"{ACT}?section=9+a").soup.select(".notice-warning:has(bdi)") == []
    assert read(f"{ACT}5/?as_of=1990-01-01").status_code == 404


@pytest.mark.parametrize("path", [f"/pl{ACT[3:]}", f"/ar{ACT[3:]}9-a/"])
def test_law_is_danish_in_every_language_and_says_so(read: Any, path: str) -> None:
    page, danish = read(path), read(f"/da{path[3:]}")

    assert page["Content-Language"] == "da"
    (notice,) = [notice for notice in page.soup.select(".notice") if "notice-force" not in notice["class"]]
    assert ("po duńsku" if path.startswith("/pl/") else "بالدنماركية") in notice.get_text()
    assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.soup.select_one("link[rel=canonical]")["href"] == f"http://testserver/da{path[3:]}"
    assert page.soup.select("head link[hreflang]") == []
    assert {link["href"] for link in page.soup.select(".languages-menu a[hreflang]")} == {f"/da{path[3:]}"}
    assert [link["hreflang"] for link in danish.soup.select("head link[hreflang]")] == ["da", "x-default"]
    assert danish.soup.select("meta[name=robots]") == []


@pytest.mark.parametrize("path", [f"{ACT}xyz/", "/da/acts/findes-ikke/", "/da/acts/findes-ikke/1/"])
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


def test_section_of_repealed_act_says_so_above_its_text(read: Any, tmp_path: Path) -> None:
    clause = (
        "Bekendtgørelsen træder i kraft den 1. januar 2020. Stk. 2. Bekendtgørelse nr. 10 af 2. januar 2018 ophæves."
    )
    import_lines(
        tmp_path,
        build_line("BEK", 10, "2018-01-02", "Bekendtgørelse om gebyrer", [build_section("1", "Gebyr.")]),
        build_line("BEK", 20, "2019-12-02", "Bekendtgørelse om betaling", [build_section("2", clause)]),
    )
    path = Work.objects.get(current__number=10).path

    act, section = read(path), read(f"{path}1/")

    for page in (act, section):
        (notice,) = page.soup.select(".notice-force")
        assert "Teksten er ophævet. Sidste dag i kraft: 31. december 2019" in " ".join(notice.get_text(" ").split())
    assert "Ophævet" in read("/da/acts/").soup.select_one(".badge-state").get_text()


def test_law_in_force_today_has_no_notice(read: Any, tmp_path: Path) -> None:
    clause = build_section("2", "Loven træder i kraft den 1. juli 2020.")
    import_lines(
        tmp_path, build_line("LOV", 30, "2020-06-01", "Lov om gebyrer", [build_section("1", "Gebyr."), clause])
    )
    path = Work.objects.get(current__number=30).path

    assert [read(f"{path}{rest}").soup.select(".notice") for rest in ("", "1/")] == [[], []]


@pytest.mark.parametrize("path", [ACT, f"{ACT}9-a/"])
def test_text_of_another_day_says_so_and_leads_to_today(read: Any, path: str) -> None:
    page = read(f"{path}?as_of=2025-01-01")

    (notice,) = page.soup.select(".notice-day")
    today_link, diff_link = (link["href"] for link in notice.select("a"))
    assert "1. januar 2025" in notice.get_text()
    assert "I dag lyder den anderledes." in notice.get_text()
    assert (today_link, read(diff_link).status_code) == (path, 200)
    assert diff_link.startswith(f"{ACT}diff/?from=2025-01-01&to=")


def test_unchanged_text_of_another_day_says_only_the_day(read: Any) -> None:
    (notice,) = read(f"{ACT}9-a/?as_of=2025-10-01").soup.select(".notice-day")

    assert "I dag lyder den anderledes." not in notice.get_text()
    assert [link["href"] for link in notice.select("a")] == [f"{ACT}9-a/"]


def test_section_that_is_gone_today_leads_to_the_act(read: Any, tmp_path: Path) -> None:
    import_lines(
        tmp_path,
        build_line(
            "LBK", 1300, "2026-01-05", "Bekendtgørelse af udlændingeloven", [build_section("8", "Anden tekst.")]
        ),
    )

    (notice,) = read(f"{ACT}9-a/?as_of=2025-10-01").soup.select(".notice-day")

    assert [link["href"] for link in notice.select("a")] == [ACT]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_language_tells_of_law_not_in_force(locale: str) -> None:
    with override(locale):
        sentences = {state: str(SENTENCES[state]) for state in ActState.values if state != ActState.IN_FORCE}

    with override("en"):
        english = {state: str(SENTENCES[state]) for state in sentences}
    assert all(sentences.values())
    assert locale == "en" or not set(sentences.values()) & set(english.values())


@pytest.mark.parametrize(
    ("locale", "reason"),
    [
        ("da", "Ophævet den 1. januar 2020 ved bekendtgørelse nr. 20 af 2. december 2019."),
        ("en", "Repealed on 1 January 2020 by BEK 20/2019."),
        ("pl", "Uchylony 1 stycznia 2020 przez BEK 20/2019."),
        ("lt", "Panaikintas 2020 m. sausio 1 d., pagrindas – BEK 20/2019."),
        ("ar", "أُلغي في 1 يناير 2020 بموجب \u2066BEK 20/2019\u2069."),
    ],
)
def test_reason_of_a_status_is_told_in_the_readers_language(
    read: Any, tmp_path: Path, locale: str, reason: str
) -> None:
    clause = (
        "Bekendtgørelsen træder i kraft den 1. januar 2020. Stk. 2. Bekendtgørelse nr. 10 af 2. januar 2018 ophæves."
    )
    import_lines(
        tmp_path,
        build_line("BEK", 10, "2018-01-02", "Bekendtgørelse om gebyrer", [build_section("1", "Gebyr.")]),
        build_line("BEK", 20, "2019-12-02", "Bekendtgørelse om betaling", [build_section("2", clause)]),
    )
    path = Work.objects.get(current__number=10).path.replace("/da/", f"/{locale}/")

    for address in (path, f"{path}?as_of=2020-02-01", f"{path}1/", f"{path}1/?as_of=2020-02-01"):
        soup = read(address).soup

        # In Arabic the number of the order is an element of its own, so that it reads from the left.
        told = [tag for tag in soup.find_all("p") if reason in tag.get_text().replace("\u00a0", " ")]
        assert (address, bool(told)) == (address, True)
        assert (told[0] if told[0].has_attr("lang") else told[0].find_parent(attrs={"lang": True}))["lang"] == locale
