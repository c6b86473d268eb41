"""Released documents at their paths."""

from datetime import date, timedelta
from typing import Any

import pytest

from cms.core.calendar import today
from cms.publication.log.publication_log import publication_log
from tests.frontend.drafts import OWN_FIELDS, build_draft, release, release_translation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("type_name", sorted(OWN_FIELDS))
def test_document_of_every_type_is_shown_at_its_path(read: Any, type_name: str) -> None:
    release(type_name)

    page = read(f"/da/{type_name}-1/")

    assert page.status_code == 200
    assert page.soup.h1.get_text() == f"Om {type_name}"
    assert "Brødtekst." in page.text_shown


@pytest.mark.parametrize(
    ("type_name", "texts"),
    [
        ("guide", ["Få et CPR-nummer", "Tag med", "Pas", "En uge"]),
        ("contact-point", ["Demovej 1", "10:00–15:00", "Uden aftale", "Nye borgere"]),
        ("article", ["Det korte svar", "Ja, inden fem dage."]),
        ("best-practice", ["I drift", "Problemet", "For få kom.", "Overtaget af", "vest"]),
        ("consortium", ["Struer", "Demo Person", "leder@example.dk"]),
        (
            "law-note",
            [
                "1. januar 2027",
                "§ 9 a",
                "Datoen er ikke fastsat",
                "1. marts 2027",
                "Kort fortalt",
                "Overgang",
                "lta 2025/1183",
            ],
        ),
    ],
)
def test_document_shows_what_only_its_type_has(read: Any, type_name: str, texts: list[str]) -> None:
    release(type_name)

    shown = read(f"/da/{type_name}-1/").text_shown

    assert [text for text in texts if text not in shown] == []


def test_body_of_a_type_with_fields_of_its_own_stands_there_once(read: Any) -> None:
    release("law-note", fields={"html": "<p>Brødtekst.</p><p>Beløbet er ændret.</p>"})

    shown = read("/da/law-note-1/").text_shown

    assert (shown.count("Brødtekst."), shown.count("Beløbet er ændret.")) == (1, 1)


def test_page_says_its_language_and_direction(read: Any) -> None:
    source = release()
    release_translation(source, "ar", slug="maqal")

    page = read("/ar/maqal/")

    assert (page.soup.html["lang"], page.soup.html["dir"], page["Content-Language"]) == ("ar", "rtl", "ar")


def test_page_names_its_languages_and_leads_to_the_chain_for_those_that_are_missing(read: Any) -> None:
    source = release()
    release_translation(source, "en", slug="article-en")

    page = read("/da/article-1/")

    alternates = {link["hreflang"]: link["href"] for link in page.soup.select("head link[hreflang]")}
    assert alternates == {
        "da": "http://testserver/da/article-1/",
        "en": "http://testserver/en/article-en/",
        "x-default": "http://testserver/en/article-en/",
    }
    menu = page.soup.select_one(".languages-menu")
    assert [link["href"] for link in menu.select("a")] == [
        "/da/article-1/",
        "/en/article-en/",
        *(f"/{code}/~en/article-en/" for code in ("de", "pl", "ro", "lt", "uk", "ar")),
    ]
    assert menu.get_text().count("ikke oversat") == 6
    assert menu.select(".absent") == []


def test_machine_translation_is_named_as_such(read: Any) -> None:
    source = release()
    release_translation(source, "en", slug="article-en", is_machine=True)

    assert "This is a machine translation." in read("/en/article-en/").text_shown


def test_outdated_translation_of_an_article_is_shown_with_a_warning(read: Any) -> None:
    source = release()
    release_translation(source, "en", slug="article-en", fields={"title": "About"})
    release(content_id=source.content_id, fields={"summary": "Nyt."}, significance="substantive")

    page = read("/en/article-en/")

    assert page.soup.h1.get_text() == "About"
    assert "This translation is out of date." in page.text_shown


def test_outdated_law_note_gives_way_to_the_source_and_says_so(read: Any) -> None:
    source = release("law-note")
    release_translation(source, "en", slug="note", fields={"title": "Old English"})
    release("law-note", content_id=source.content_id, fields={"title": "Ny ret"}, significance="substantive")

    page = read("/en/note/")

    assert page.soup.h1.get_text() == "Ny ret"
    assert (page.soup.html["lang"], page.soup.h1["lang"], page["Content-Language"]) == ("en", "da", "da")
    assert "another language than the one you asked for" in page.text_shown
    older = read(page.soup.select_one(".notice a")["href"])
    assert older.soup.h1.get_text() == "Old English"
    assert "This translation is out of date." in older.text_shown


def test_network_content_is_not_there_for_anyone(read: Any) -> None:
    release(visibility="network")

    assert read("/da/article-1/").status_code == 404


def test_content_that_became_less_visible_is_as_if_it_never_was(read: Any) -> None:
    draft = release()
    release(content_id=draft.content_id, visibility="network")

    assert read("/da/article-1/").status_code == 404


def test_planned_content_is_not_there_before_its_day(read: Any) -> None:
    release(applies_from=today() + timedelta(days=3))

    assert read("/da/article-1/").status_code == 404


def test_ended_content_is_gone(read: Any) -> None:
    release(applies_from=date(2020, 1, 1), applies_until=date(2020, 2, 1))

    page = read("/da/article-1/")

    assert page.status_code == 410
    assert "periode, der er slut" in page.text_shown


@pytest.mark.parametrize(("reason", "text"), [("gone", "trukket tilbage"), ("recalled", "kaldt tilbage")])
def test_withdrawn_content_is_gone_and_the_page_says_why(read: Any, reason: str, text: str) -> None:
    draft = release()
    publication_log.withdraw(content_id=draft.content_id, reason=reason)

    page = read("/da/article-1/")

    assert page.status_code == 410
    assert text in page.text_shown


@pytest.mark.parametrize(("locale", "language"), [(None, "da"), ("en", "en")])
def test_withdrawn_translation_shows_the_explanation_in_the_language_it_was_written_in(
    read: Any, locale: str | None, language: str
) -> None:
    draft = release()
    release_translation(draft, "en")
    publication_log.withdraw(
        content_id=draft.content_id, locale=locale, reason="recalled", explanation="Fristen <var> forkert."
    )

    page = read("/en/article-1/")

    # The bar beside a quotation stands where its words begin.
    shown = page.soup.select_one("[lang][dir]:has(> blockquote)")
    assert (shown["lang"], shown["dir"], shown.blockquote.p.text) == (language, "ltr", "Fristen <var> forkert.")


def test_replaced_content_leads_to_its_successor(read: Any) -> None:
    draft = release()
    successor = release(slug="article-2")
    publication_log.withdraw(content_id=draft.content_id, reason="moved", moved_to=successor.content_id)

    page = read("/da/article-1/")

    assert page.status_code == 410
    assert page.soup.select_one("a.button")["href"] == "/da/article-2/"


def test_content_at_a_new_path_is_found_from_the_old_one(read: Any) -> None:
    draft = release()
    release(content_id=draft.content_id, slug="nyt-sted", fields={"summary": "Flyttet."})

    response = read("/da/article-1/")

    assert (response.status_code, response["Location"]) == (301, "/da/nyt-sted/")
    assert response["Cache-Control"] == "no-cache"
    assert read("/da/article-1/?page=2&q=%C3%A6").headers["Location"] == "/da/nyt-sted/?page=2&q=%C3%A6"


def test_content_that_moves_back_is_found_by_whoever_has_followed_it(read: Any) -> None:
    draft = release()
    release(content_id=draft.content_id, slug="nyt-sted", fields={"summary": "Flyttet."})
    kept = read("/da/article-1/")
    release(content_id=draft.content_id, slug="article-1", fields={"summary": "Tilbage."})

    assert (kept.status_code, kept["Cache-Control"]) == (301, "no-cache")
    assert read("/da/article-1/").status_code == 200
    assert read("/da/nyt-sted/")["Location"] == "/da/article-1/"


def test_missing_page_names_the_languages_in_which_it_exists(read: Any) -> None:
    release("article", "da", slug="kun-dansk")

    page = read("/pl/kun-dansk/")

    assert page.status_code == 404
    assert page.soup.html["lang"] == "pl"
    assert page.soup.select_one(".entry a")["href"] == "/pl/~da/kun-dansk/"


def test_section_lists_what_lies_under_it_page_by_page(read: Any) -> None:
    release("page", slug="svar", fields={"layout": "section"})
    publication_log.release_contents(
        [build_draft(slug=f"svar/{number}", fields={"title": f"Svar {number}"}) for number in range(25)]
    )

    first, second = read("/da/svar/"), read("/da/svar/?page=2")

    assert (len(first.soup.select(".entry")), len(second.soup.select(".entry"))) == (20, 5)
    assert first.soup.select_one("[rel=next]")["href"] == "?page=2"
    assert [read(f"/da/svar/?page={page}").status_code for page in ("3", "x", "0", "99999999")] == [404] * 4


def test_section_lists_places_as_danes_sort_them(read: Any) -> None:
    release("page", slug="byer", fields={"layout": "section"})
    places = ["Viborg", "Ærø", "Øer", "Aabenraa", "Århus"]
    for number, place in enumerate(reversed(places)):
        release(slug=f"byer/{number}", fields={"title": place})

    text = read("/da/byer/").text_shown

    assert sorted(places, key=text.index) == places


def test_section_does_not_list_what_lies_deeper_or_beside(read: Any) -> None:
    release("page", slug="svar", fields={"layout": "section"})
    release(slug="svar/a", fields={"title": "Under"})
    release(slug="svar/a/b", fields={"title": "Dybere"})
    release(slug="svar-2", fields={"title": "Ved siden af"})

    assert [entry.get_text() for entry in read("/da/svar/").soup.select(".entry h3")] == ["Under"]


def test_home_shows_news_of_the_law_guides_and_consortia_in_the_best_language(read: Any) -> None:
    release("page", "da", path="/da/", fields={"layout": "home"})
    home = release("page", "pl", path="/pl/", fields={"layout": "home"})
    release("law-note", fields={"title": "Ny lov"})
    guide = release("guide", fields={"title": "Trin"})
    release_translation(guide, "pl", slug="kroki", fields={"title": "Kroki"})
    release("consortium", fields={"title": "Vest"})

    page = read(home.path)

    assert [title.get_text() for title in page.soup.select("main h3")] == ["Kroki", "Ny lov", "Vest"]
    assert page.soup.select_one(".home-law h3")["lang"] == "da"
    assert page.soup.select_one(".home-law .badge[lang]").get_text() == "Dansk"


def test_breadcrumbs_name_the_pages_above(read: Any) -> None:
    release("page", slug="svar", fields={"layout": "section", "title": "Spørgsmål"})
    release(slug="svar/a")

    crumbs = [crumb.get_text(strip=True) for crumb in read("/da/svar/a/").soup.select(".breadcrumbs li")]

    assert crumbs == ["Forside", "Spørgsmål", "Om article"]


def test_page_may_be_kept_for_a_minute_and_is_not_sent_twice(read: Any) -> None:
    release()

    first = read("/da/article-1/")
    again = read("/da/article-1/", if_none_match=first["ETag"])
    behind_apache = read("/da/article-1/", if_none_match=f'{first["ETag"][:-1]}-gzip"')

    assert first["Cache-Control"].startswith("public, max-age=")
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert dict(behind_apache.headers) == dict(again.headers)
    assert "Cookie" not in first.get("Vary", "")


def test_page_has_a_new_validator_when_its_neighbours_change(read: Any) -> None:
    release("page", slug="svar", fields={"layout": "section"})
    before = read("/da/svar/")["ETag"]

    release(slug="svar/a")

    assert read("/da/svar/")["ETag"] != before


def test_page_allows_no_scripts_but_its_own_and_no_frames(read: Any) -> None:
    release()

    page = read("/da/article-1/")

    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert page.soup.select("script:not([src]), [style], [onclick]") == []


def test_page_asks_no_other_host(read: Any) -> None:
    release()

    sources = read("/da/article-1/").soup.select("head link[rel=stylesheet], head link[rel=icon], img")

    assert [tag for tag in sources if not (tag.get("href") or tag.get("src")).startswith("/")] == []


@pytest.mark.parametrize(("caption", "shown"), [("Gebyrer", ["Gebyrer"]), ("–", [])])
def test_table_that_came_without_a_caption_shows_none(read: Any, caption: str, shown: list[str]) -> None:
    value = {"caption": caption, "header": ["Sag", "Gebyr"], "rows": [["Ny", "–"]]}
    blocks = [{"type": "table", "value": value, "id": "1"}]
    release("contact-point", slug="kontakt", fields={"blocks": blocks})

    frame = read("/da/kontakt/").soup.select_one(".table-frame")

    assert [found.get_text() for found in frame.select("caption")] == shown
    assert [frame["aria-label"]] == shown if shown else not {"role", "aria-label"} & set(frame.attrs)
    assert [cell.get_text() for cell in frame.select("td")] == ["Ny", "–"]
