"""Differences between two days, as readers see them."""

from pathlib import Path
from typing import Any

import pytest

from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

ACT = "/da/acts/udlaendingeloven/"
DIFF = f"{ACT}diff/?from=2024-12-31&to=2025-12-31"
RULE = "Kommunalbestyrelsen tilbyder senest en måned efter ansøgningen udlændingen en samtale om bolig og arbejde."
LONG = " ".join(f"Sætning nummer {number} står uændret i begge tekster." for number in range(30))


@pytest.fixture(autouse=True)
def _act(tmp_path: Path) -> None:
    title = "Bekendtgørelse af udlændingeloven"
    import_lines(
        tmp_path,
        build_line("LBK", 412, "2016-05-09", title),
        build_line(
            "LBK",
            1009,
            "2024-09-02",
            title,
            [
                build_section("1", "Om indrejse & ophold."),
                build_section("2", "Justitsministeren fastsætter regler."),
                build_section("3", "Bestemmelsen her falder bort uden videre."),
                build_section("7", RULE),
                build_section(
                    "9 a", f"Gebyret er 375 kr. {LONG} Stk. 2. {LONG} Stk. 3. Ophold gives i 2 år. Stk. 4. {LONG}"
                ),
            ],
        ),
        build_line(
            "LBK",
            1183,
            "2025-09-25",
            title,
            [
                build_section("1", "Om indrejse & ophold."),
                build_section("1 a", "Noget helt nyt <b>om</b> styrker i landet."),
                build_section("2", "Udlændinge- og integrationsministeren fastsætter regler."),
                build_section("8", RULE),
                build_section(
                    "9 a", f"Gebyret er 400 kr. {LONG} Stk. 2. {LONG} Stk. 3. Ophold gives i 4 år. Stk. 4. {LONG}"
                ),
            ],
        ),
    )


def test_diff_counts_and_orders_what_changed(read: Any) -> None:
    page = read(DIFF)

    counts = {entry.dt.get_text(): entry.dd.get_text() for entry in page.soup.select(".counts > div")}
    assert page.status_code == 200
    assert counts == {"Nye paragraffer": "1", "Udgået": "1", "Ændret": "1", "Nyt nummer": "1", "Kun redaktionelt": "1"}
    assert [link["href"] for link in page.soup.select(".jump-list a")] == ["#s-1-a", "#s-3", "#s-8", "#s-9-a"]
    assert [change["id"] for change in page.soup.select(".changes .change")] == ["s-1-a", "s-3", "s-8", "s-9-a"]
    assert "tidligere § 7" in " ".join(page.soup.select_one("#s-8").get_text(" ").split())


def test_diff_marks_words_and_says_so_to_those_who_do_not_see_it(read: Any) -> None:
    change = read(DIFF).soup.select_one("#s-9-a")

    assert [mark.get_text() for mark in change.select("del")] == ["fjernet: 375", "fjernet: 2"]
    assert [mark.get_text() for mark in change.select("ins")] == ["tilføjet: 400", "tilføjet: 4"]
    assert change.select_one("ins .visually-hidden")["lang"] == "da"


def test_diff_folds_unchanged_text_and_keeps_all_of_it(read: Any) -> None:
    change = read(DIFF).soup.select_one("#s-9-a")

    assert [line.summary.get_text(" ", strip=True) for line in change.select(".fold-lines")] == [
        "Stk. 2 : uændret",
        "Stk. 4 : uændret",
    ]
    assert len(change.select(".fold")) == 1
    assert " ".join(change.select_one(".passages").get_text().split()).count("Sætning nummer 29 står") == 3


def test_diff_shows_markup_of_a_text_as_text(read: Any) -> None:
    change = read(DIFF).soup.select_one("#s-1-a")

    assert change.select("b") == []
    assert "nyt <b>om</b> styrker" in change.get_text()


def test_editorial_changes_are_closed_away(read: Any) -> None:
    editorial = read(DIFF).soup.select_one("details.editorial")

    assert not editorial.has_attr("open")
    assert [change["id"] for change in editorial.select(".change")] == ["e-2"]


def test_diff_of_one_section_shows_that_alone(read: Any) -> None:
    page = read(f"{DIFF}&section=9a")

    assert [change["id"] for change in page.soup.select(".change")] == ["s-9-a"]


def test_diff_without_days_is_that_of_the_newest_text(read: Any) -> None:
    page = read(f"{ACT}diff/")

    assert next(link["href"] for link in page.soup.select(".compared a")) == f"{ACT}?as_of=2024-09-02"
    assert page.soup.select_one("#s-9-a") is not None


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("from=x&to=2025-12-31", 400, "ikke en dato"),
        ("from=2025-02-31", 400, "ikke en dato"),
        ("from=2026-01-01&to=2025-01-01", 400, "Byt om"),
        ("from=2000-01-01&to=2025-01-01", 404, "9. maj 2016"),
        ("to=2000-01-01", 404, "9. maj 2016"),
        ("from=2016-05-09&to=2025-12-31", 200, "ligger ikke her"),
        ("from=2025-10-01&to=2030-01-01", 200, "samme tekst gælder begge dage"),
    ],
)
def test_days_that_cannot_be_compared_are_told_and_can_be_mended(
    read: Any, query: str, status: int, words: str
) -> None:
    page = read(f"{ACT}diff/?{query}")

    assert page.status_code == status
    assert words in page.text_shown
    assert page.soup.select_one("form.as-of input[name=from]") is not None
    assert page.soup.select(".change") == []


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("from=2026-01-01&to=2025-01-01", ["2026-01-01", "2025-01-01"]),
        ("from=x&to=2025-12-31", ["", "2025-12-31"]),
        ("from=2000-01-01&to=2025-01-01", ["2000-01-01", "2025-01-01"]),
    ],
)
def test_days_that_cannot_be_compared_stay_in_the_form(read: Any, query: str, kept: list[str]) -> None:
    page = read(f"{ACT}diff/?{query}")

    assert [field["value"] for field in page.soup.select("form.as-of input[type=date]")] == kept


def test_diff_of_an_unknown_act_is_not_found(read: Any) -> None:
    assert read("/da/acts/findes-ikke/diff/").status_code == 404


def test_diff_has_the_readers_interface_and_danish_text(read: Any) -> None:
    page = read("/ar/acts/udlaendingeloven/diff/?from=2024-12-31&to=2025-12-31")

    passages = page.soup.select_one("#s-9-a .passages")
    assert page.soup.html["dir"] == "rtl"
    assert (passages["lang"], passages["dir"]) == ("da", "ltr")
    assert passages.select_one("ins .visually-hidden")["lang"] == "ar"
    assert next(version["href"] for version in page.soup.select(".languages-menu a")) == (
        "/da/acts/udlaendingeloven/diff/?from=2024-12-31&to=2025-12-31"
    )


def test_timeline_of_an_act_leads_to_texts_and_to_what_changed(read: Any) -> None:
    page = read(f"{ACT}?as_of=2025-01-01")

    entries = [
        (entry.select_one(".timeline-name").get_text(), [link["href"] for link in entry.select("a[href^='/']")])
        for entry in page.soup.select(".timeline li")
    ]
    assert entries == [
        ("LBK 1183/2025", [f"{ACT}?as_of=2025-09-25", f"{ACT}diff/?from=2024-09-02&to=2025-09-25"]),
        ("LBK 1009/2024", [f"{ACT}?as_of=2024-09-02"]),
        ("LBK 412/2016", [f"{ACT}?as_of=2016-05-09"]),
    ]
    assert page.soup.select_one(".timeline .is-shown .timeline-name").get_text() == "LBK 1009/2024"
    assert "2. september 2024 – 24. september 2025" in page.text_shown


def test_section_tells_how_it_read_before(read: Any) -> None:
    page = read(f"{ACT}9-a/")

    assert [link["href"] for link in page.soup.select(".earlier-wording a")] == [
        f"{ACT}9-a/?as_of=2024-09-02",
        f"{ACT}diff/?from=2024-09-02&to=2025-09-25&section=9+a",
    ]
    assert "Til og med 24. september 2025 lød paragraffen anderledes." in page.text_shown
    assert page.soup.select_one(".timeline .is-shown .timeline-name").get_text() == "LBK 1183/2025"


def test_section_that_always_read_the_same_has_no_timeline(read: Any) -> None:
    page = read(f"{ACT}1/")

    assert page.soup.select(".timeline, .earlier-wording") == []


def test_section_keeps_the_day_on_the_way_to_its_neighbours(read: Any) -> None:
    page = read("/en/acts/udlaendingeloven/2/?as_of=2025-01-01")

    assert [link["href"] for link in page.soup.select(".pagination a")] == [
        "/en/acts/udlaendingeloven/1/?as_of=2025-01-01",
        "/en/acts/udlaendingeloven/3/?as_of=2025-01-01",
    ]


@pytest.mark.parametrize("locale", ["en", "ar", "uk"])
def test_acts_are_read_in_every_language_of_the_interface(read: Any, locale: str) -> None:
    page = read(f"/{locale}/acts/udlaendingeloven/")

    assert page.status_code == 200
    assert page.soup.html["lang"] == locale
    assert page.soup.h1["lang"] == "da"
    assert page.soup.select_one("link[rel=canonical]")["href"] == f"http://testserver{ACT}"
    assert [link["href"] for link in page.soup.select(".breadcrumbs a")][1:] == [f"/{locale}/acts/"]
    assert read(page.soup.select_one(".section-list a")["href"]).status_code == 200


def test_timeline_names_a_text_that_was_replaced_the_same_day(read: Any, tmp_path: Path) -> None:
    title = "Bekendtgørelse af lov om danskuddannelse"
    import_lines(
        tmp_path,
        build_line("LBK", 1, "2018-08-19", title, [build_section("1", "Et.")]),
        build_line("LBK", 844, "2019-08-19", title, [build_section("1", "To.")]),
        build_line("LBK", 901, "2019-08-19", title, [build_section("1", "Tre.")]),
    )

    page = read("/en/acts/lov-om-danskuddannelse/")

    entries = [" ".join(entry.get_text(" ").split()) for entry in page.soup.select(".timeline li")]
    assert "since 19 August 2019 · In force · shown here" in entries[0]
    assert "19 August 2019 · replaced the same day" in entries[1]
    assert "19 August 2018 – 18 August 2019 · Historic" in entries[2]
    assert [len(entry.select("a[href*='/diff/']")) for entry in page.soup.select(".timeline li")] == [1, 0, 0]
