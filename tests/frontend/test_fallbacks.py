"""Texts that are not there in the reader's language: shown inside it, as long as there is nothing better."""

from typing import Any

import pytest

from cms.publication.log.publication_log import publication_log
from frontend.portal.frame_links import write_frame_links
from frontend.portal.portal_urls import build_frame_path
from tests.frontend.drafts import release, release_translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> Any:
    """A site in Danish, English and Polish, with a section of desks that are Danish, and one English; returns that one."""
    home = release("page", path="/da/", fields={"layout": "home", "title": "Forside"})
    section = release("page", slug="kontakt", fields={"layout": "section", "title": "Kontakt"})
    for locale, slug, title in (("en", "contact", "Contact"), ("pl", "punkty", "Punkty")):
        release_translation(home, locale, path=f"/{locale}/", fields={"layout": "home"})
        release_translation(section, locale, slug=slug, fields={"layout": "section", "title": title})
    release("contact-point", slug="kontakt/b", fields={"title": "B-skranken"})
    desk = release("contact-point", slug="kontakt/a", fields={"title": "A-skranken"})
    release_translation(desk, "en", slug="contact/a", fields={"title": "Desk A"})
    return desk


def list_hrefs(page: Any, selector: str) -> list[str]:
    return [link["href"] for link in page.soup.select(f"{selector} a")]


def test_fallback_stands_inside_the_readers_language(read: Any, desks: Any) -> None:
    page = read("/pl/~en/contact/a/")

    assert (page.status_code, page.soup.html["lang"], page["Content-Language"]) == (200, "pl", "en")
    assert (page.soup.h1.get_text(), page.soup.h1["lang"], page.soup.h1["dir"]) == ("Desk A", "en", "ltr")
    assert "Język tekstu: angielski." in page.soup.select_one(".notice").get_text()
    assert list_hrefs(page, ".site-nav") == ["/pl/punkty/"]
    assert page.soup.select_one(".site-nav a")["aria-current"] == "true"
    assert list_hrefs(page, ".breadcrumbs") == ["/pl/", "/pl/punkty/"]
    assert {href for href in list_hrefs(page, "body > *") if href.startswith("/")} <= {
        "/pl/",
        "/pl/acts/",
        "/pl/punkty/",
        "/pl/search/",
        *list_hrefs(page, ".languages-menu"),
    }


def test_hours_of_a_desk_stand_above_the_notice_and_a_text_below_it(read: Any, desks: Any) -> None:
    release("article", slug="svar", fields={"title": "Svar"})

    desk, answer = str(read("/pl/~en/contact/a/").soup.main), str(read("/pl/~da/svar/").soup.main)

    assert desk.index('class="hours"') < desk.index("notice-warning")
    assert answer.index("notice-warning") < answer.index('class="answer"')
    assert (desk.count("notice-warning"), answer.count("notice-warning")) == (1, 1)


def test_home_page_that_is_not_translated_is_read_inside_the_language(read: Any, desks: Any) -> None:
    assert read("/ro/")["Location"] == "/ro/~en/"

    page = read("/ro/~en/")

    assert (page.status_code, page.soup.html["lang"], page.soup.h1["lang"]) == (200, "ro", "en")
    assert page.soup.select_one(".site-nav a")["href"] == "/ro/~en/contact/"


def test_fallback_is_not_told_to_search_engines(read: Any, desks: Any) -> None:
    page = read("/pl/~en/contact/a/")

    assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.soup.select_one("link[rel=canonical]")["href"] == "http://testserver/en/contact/a/"
    assert page.soup.select("link[hreflang]") == []
    assert [link["hreflang"] for link in read("/da/kontakt/a/").soup.select("head link[hreflang]")] == [
        "da",
        "en",
        "x-default",
    ]
    assert "~" not in read("/sitemap.xml").content.decode()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/pl/~da/kontakt/a/", "/pl/~en/contact/a/"),
        ("/pl/~da/kontakt/a/?as_of=2020-01-01", "/pl/~en/contact/a/?as_of=2020-01-01"),
        ("/pl/~en/contact/", "/pl/punkty/"),
        ("/pl/~en/", "/pl/"),
        ("/en/~en/contact/a/", "/en/contact/a/"),
        ("/pl/~da/search/?q=a", "/pl/search/?q=a"),
        ("/pl/~da/acts/udlaendingeloven/9-a/", "/pl/acts/udlaendingeloven/9-a/"),
    ],
)
def test_fallback_leads_to_what_is_better(read: Any, desks: Any, path: str, target: str) -> None:
    page = read(path)

    assert (page.status_code, page["Location"]) == (302, target)


def test_fallback_gives_way_to_the_translation_and_comes_back_after_it(read: Any, desks: Any) -> None:
    translation = release_translation(desks, "pl", slug="punkty/a")
    assert read("/pl/~en/contact/a/")["Location"] == "/pl/punkty/a/"

    publication_log.withdraw(content_id=translation.content_id, locale="pl", reason="gone")

    assert read("/pl/~en/contact/a/").status_code == 200


def test_fallback_follows_a_text_that_has_moved_and_says_what_became_of_others(read: Any, desks: Any) -> None:
    publication_log.refresh(desks.content_id, {"en": "/en/contact/first/"})
    assert read("/pl/~en/contact/a/")["Location"] == "/pl/~en/contact/first/"

    publication_log.withdraw(content_id=desks.content_id, reason="gone")

    assert read("/pl/~en/contact/first/").status_code == 410
    assert read("/pl/~en/contact/never/").status_code == 404
    assert read("/pl/~xx/contact/first/").status_code == 404


def test_text_outside_the_chain_is_shown_when_there_is_no_other(read: Any, desks: Any) -> None:
    release("article", "de", slug="nur-deutsch", source_locale="de", fields={"title": "Nur Deutsch"})

    page = read("/pl/~de/nur-deutsch/")

    assert (page.status_code, page.soup.html["lang"], page.soup.h1["lang"]) == (200, "pl", "de")


def test_list_is_filled_from_the_chain_and_names_each_language(read: Any, desks: Any) -> None:
    page = read("/pl/punkty/")

    entries = page.soup.select(".entries > .entry")
    assert [(entry.h3.get_text(), entry.h3["lang"], entry.a["href"], entry.a["hreflang"]) for entry in entries] == [
        ("Desk A", "en", "/pl/~en/contact/a/", "en"),
        ("B-skranken", "da", "/pl/~da/kontakt/b/", "da"),
    ]
    assert [entry.select_one(".badge").get_text() for entry in entries] == ["English", "Dansk"]
    assert page.soup.select_one(".list-title .count").get_text() == "2"


def test_list_names_what_is_translated_first_and_where_it_now_stands(read: Any, desks: Any) -> None:
    release_translation(desks, "pl", slug="punkty/a", fields={"title": "Punkt A"})
    elsewhere = release("contact-point", slug="kontakt/c", fields={"title": "C-skranken"})
    release_translation(elsewhere, "pl", slug="inne/c")

    titles = [entry.h3.get_text() for entry in read("/pl/punkty/").soup.select(".entries > .entry")]

    assert titles == ["Punkt A", "B-skranken"]


def test_section_without_a_translation_lists_inside_the_readers_language(read: Any, desks: Any) -> None:
    release("page", slug="kun", fields={"layout": "section", "title": "Kun dansk"})
    release("article", slug="kun/1", fields={"title": "Svar"})

    page = read("/pl/~da/kun/")

    assert list_hrefs(page, ".entries") == ["/pl/~da/kun/1/"]
    assert [(link["href"], link.get("aria-current")) for link in page.soup.select(".site-nav a")] == [
        ("/pl/punkty/", None),
        ("/pl/~da/kun/", "page"),
    ]
    assert read("/pl/~da/kun/1/").soup.select(".breadcrumbs a")[1]["lang"] == "da"


def test_stale_law_is_shown_in_place_and_listed_in_the_chains_language(read: Any, desks: Any) -> None:
    note = release("law-note", slug="kontakt/lov", fields={"title": "Ret"})
    release_translation(note, "pl", slug="punkty/prawo", fields={"title": "Stare prawo"})
    release(
        "law-note",
        slug="kontakt/lov",
        content_id=note.content_id,
        fields={"title": "Ny ret"},
        significance="substantive",
        change_note="Beløbet er hævet.",
    )

    page = read("/pl/punkty/prawo/")

    assert read("/pl/~da/kontakt/lov/")["Location"] == "/pl/punkty/prawo/"
    assert page.soup.h1.get_text() == "Ny ret"
    assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"
    change = page.soup.select_one(".source-changes li")
    assert (change.bdi.get_text(), change.bdi["lang"]) == ("Beløbet er hævet.", "da")
    assert "Stare prawo" not in read("/pl/punkty/").text_shown
    alternates = [link["hreflang"] for link in read("/da/kontakt/lov/").soup.select("head link[hreflang]")]
    assert alternates == ["da", "x-default"]


@pytest.fixture
def stale_law() -> None:
    """A law note whose English translation has been overtaken by the law."""
    note = release("law-note", slug="ret", fields={"title": "Ret", "json_ld": {"@type": "Article"}})
    release_translation(note, "en", slug="law", fields={"title": "Old law"})
    release("law-note", slug="ret", content_id=note.content_id, fields={"title": "Ny ret"}, significance="substantive")


@pytest.mark.parametrize("path", ["/en/law/?allow_outdated=true", "/pl/~en/law/?allow_outdated=true"])
def test_machines_are_told_nothing_of_outdated_law(read: Any, stale_law: None, path: str) -> None:
    page = read(path)

    assert page.soup.h1.get_text() == "Old law"
    assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.soup.select('script[type="application/ld+json"], link[hreflang]') == []


def test_reader_of_another_language_is_told_of_an_older_translation(read: Any, stale_law: None) -> None:
    page = read("/pl/~da/ret/")

    (notice,) = page.soup.select(".notice-warning")
    assert "Istnieje starsze tłumaczenie (angielski), sprzed zmiany prawa." in notice.get_text()
    assert (notice.a["href"], notice.a["hreflang"]) == ("/pl/~en/law/?allow_outdated=true", "en")
    older = read(notice.a["href"])
    assert (older.status_code, older.soup.html["lang"], older.soup.h1.get_text()) == (200, "pl", "Old law")
    assert read("/pl/~en/law/")["Location"] == "/pl/~da/ret/"
    menu = page.soup.select('.languages-menu a[href="/en/law/"]')
    assert [link.get("hreflang") for link in menu] == [None]


def test_stale_translation_says_what_changed_in_the_source(read: Any) -> None:
    source = release("guide", slug="guide")
    release_translation(source, "ar", slug="dalil")
    for significance, note in (("minor", "Et komma."), ("substantive", "Ny frist."), ("substantive", "")):
        release(
            "guide",
            slug="guide",
            content_id=source.content_id,
            fields={"summary": note or "x"},
            significance=significance,
            change_note=note,
        )

    notice = read("/ar/dalil/").soup.select_one(".notice-warning")

    assert [
        (item.bdi.get_text(), item.bdi["lang"], item.bdi["dir"]) if item.bdi else None for item in notice("li")
    ] == [
        ("Ny frist.", "da", "ltr"),
        None,
    ]
    assert len(notice.select("li time[datetime]")) == 2
    link = notice.select_one("a")
    assert (link["href"], link["hreflang"], link.get_text()) == (
        "/ar/~da/guide/?original=true",
        "da",
        "اقرأ النص الأصلي (Dansk)",
    )


def test_original_of_a_stale_translation_is_read_inside_the_readers_language(read: Any, desks: Any) -> None:
    source = release("guide", slug="guide", fields={"title": "Guide"})
    translation = release_translation(source, "pl", slug="poradnik", fields={"title": "Poradnik"})
    for field in ("b", "c"):
        release(
            "guide",
            slug="guide",
            content_id=source.content_id,
            fields={"title": f"Guide {field}"},
            significance="substantive",
        )

    page = read(read("/pl/poradnik/").soup.select_one(".notice-warning a")["href"])

    assert (page.status_code, page.soup.html["lang"], page.soup.h1.get_text()) == (200, "pl", "Guide c")
    (notice,) = page.soup.select(".notice")
    assert "Czytasz oryginał." in notice.get_text()
    assert notice.a["href"] == "/pl/poradnik/"
    assert list_hrefs(page, ".site-nav") == ["/pl/punkty/"]
    assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert read("/pl/~da/guide/")["Location"] == translation.path
    assert read("/de/~da/guide/?original=true").soup.select_one(".notice").a is None


def test_released_html_leads_along_the_language_of_its_reader() -> None:
    html = (
        '<p><a href="http://testserver/da/kontakt/a/#x" rel="noopener">A</a> <a href="/en/x/?a=1&amp;b=2">X</a> '
        '<a hreflang="da" href="/da/kontakt/a/">Dansk</a> <a href="https://example.dk/da/">E</a> '
        '<a href="http://testserver/pl/y/">Y</a> <a href="/da/acts/lov/9-a/">§ 9 a</a> <a href="#z">Z</a></p>'
    )

    assert write_frame_links(html, "pl") == (
        '<p><a href="/pl/~da/kontakt/a/#x" hreflang="da" rel="noopener">A</a> '
        '<a href="/pl/~en/x/?a=1&amp;b=2" hreflang="en">X</a> '
        '<a hreflang="da" href="/da/kontakt/a/">Dansk</a> <a href="https://example.dk/da/">E</a> '
        '<a href="http://testserver/pl/y/">Y</a> <a href="/pl/acts/lov/9-a/">§ 9 a</a> <a href="#z">Z</a></p>'
    )


def test_link_to_a_place_names_the_language_it_is_in(read: Any, desks: Any) -> None:
    where = {"id": str(desks.content_id), "title": "Desk A", "url": "http://testserver/en/contact/a/"}
    step = {"title": "Krok", "html": "<p>Idź.</p>", "bring": [], "where": where, "how_long": ""}
    block = {"type": "contact-point", "value": where, "id": "1"}
    release("guide", "pl", slug="poradnik", source_locale="pl", fields={"steps": [step], "blocks": [block]})

    links = read("/pl/poradnik/").soup.select('.document-body a[href="/pl/~en/contact/a/"]')

    assert [(link["hreflang"], link.bdi["lang"], link.find_next("small").get_text()) for link in links] == [
        ("en", "en", "(English)"),
        ("en", "en", "(English)"),
    ]


def test_link_in_a_released_text_is_shown_inside_the_readers_language(read: Any) -> None:
    html = '<div lang="pl" dir="ltr"><p><a href="http://testserver/da/kontakt/a/">Gdzie</a></p></div>'
    release("article", "pl", slug="artykul", source_locale="pl", fields={"html": html})

    assert read("/pl/artykul/").soup.select_one(".prose a")["href"] == "/pl/~da/kontakt/a/"


@pytest.mark.parametrize(
    ("path", "framed"),
    [
        ("/en/a/", "/pl/~en/a/"),
        ("/pl/a/", "/pl/a/"),
        ("/media/x.png", "/media/x.png"),
        ("/da", "/da"),
        ("", ""),
        ("da/x/", "da/x/"),
        ("#x", "#x"),
        ("/da/acts/?page=2", "/pl/acts/?page=2"),
        ("/da/search/?q=x", "/pl/search/?q=x"),
    ],
)
def test_address_is_led_into_a_language_or_left_alone(path: str, framed: str) -> None:
    assert build_frame_path(path, "pl") == framed
