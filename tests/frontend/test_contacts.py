"""Contact points in lists and on their own page, and consortia that lead to their pages."""

from typing import Any

import pytest

from cms.core.models import Consortium, Municipality
from cms.publication.log.publication_log import publication_log
from tests.frontend.drafts import release, release_translation

pytestmark = pytest.mark.django_db

MUNICIPALITY = ("Kommune", "Municipality")


@pytest.fixture
def desks() -> None:
    """A section with a desk in Struer, one in Herning and one for everybody."""
    for code, name in (("0657", "Herning"), ("0671", "Struer"), ("0751", "Aarhus")):
        Municipality.objects.update_or_create(code=code, defaults={"name": name})
    release("page", slug="kontakt", fields={"layout": "section"})
    release("contact-point", slug="kontakt/struer", fields={"title": "Struer"}, municipalities=["0671"])
    release("contact-point", slug="kontakt/herning", fields={"title": "Herning"}, municipalities=["0657"])
    release("contact-point", slug="kontakt/alle", fields={"title": "Alle"})


def list_titles(page: Any) -> list[str]:
    return [title.get_text() for title in page.soup.select(".entry h3")]


def test_list_of_contacts_shows_municipality_hours_telephone_and_languages(read: Any, desks: None) -> None:
    entry = next(entry for entry in read("/da/kontakt/").soup.select(".entry") if entry.h3.get_text() == "Herning")

    facts = {row.dt.get_text(): " ".join(row.dd.get_text(" ").split()) for row in entry.select(".entry-facts > div")}
    assert facts == {
        "Kommune": "Herning",
        "Åbningstider": "mandag 10:00–15:00 Uden aftale",
        "Telefon": "+45 12 34 56 78",
        "Sprog, der tales": "Dansk , so",
    }
    assert entry.select_one('a[href^="tel:"]')["href"] == "tel:+4512345678"


def read_municipalities(page: Any) -> list[str]:
    return [row.dd.get_text() for row in page.soup.select(".entry-facts > div") if row.dt.get_text() in MUNICIPALITY]


def test_contacts_among_other_texts_name_their_municipality(read: Any, desks: None) -> None:
    release("article", slug="kontakt/om", fields={"title": "Om"})

    page = read("/da/kontakt/")

    assert (page.status_code, sorted(read_municipalities(page))) == (200, ["Herning", "Struer"])


def test_withdrawn_contact_names_its_municipality_where_it_leads_to_other_languages(read: Any, desks: None) -> None:
    desk = release("contact-point", slug="kontakt/lokal", municipalities=["0751"])
    release_translation(desk, "en", slug="contact/local", municipalities=["0751"])
    publication_log.withdraw(content_id=desk.content_id, locale="en", reason="recalled", explanation="Wrong.")

    page = read("/en/contact/local/")

    assert (page.status_code, read_municipalities(page)) == (410, ["Aarhus"])


def test_contact_asked_for_under_another_language_names_its_municipality(read: Any, desks: None) -> None:
    page = read("/en/kontakt/struer/")

    assert (page.status_code, read_municipalities(page)) == (404, ["Struer"])


def test_list_of_contacts_is_limited_to_a_municipality(read: Any, desks: None) -> None:
    page = read("/da/kontakt/?municipality=0657")

    assert list_titles(page) == ["Alle", "Herning"]
    assert [option["value"] for option in page.soup.select("option[selected]")] == ["0657"]
    assert [option.get_text() for option in page.soup.select("option")] == ["Alle kommuner", "Herning", "Struer"]
    assert page.soup.select_one(".list-filter a")["href"] == "/da/kontakt/"


def test_municipality_without_desks_of_its_own_gets_those_for_all(read: Any, desks: None) -> None:
    assert list_titles(read("/da/kontakt/?municipality=0751")) == ["Alle"]


@pytest.mark.parametrize("code", ["9999", "x", "%00"])
def test_municipality_that_is_none_is_not_found(read: Any, desks: None, code: str) -> None:
    assert read(f"/da/kontakt/?municipality={code}").status_code == 404


def test_other_lists_offer_no_municipality(read: Any) -> None:
    release("page", slug="svar", fields={"layout": "section"})
    release("article", slug="svar/1")

    assert read("/da/svar/").soup.select("select") == []


def test_contact_begins_with_hours_and_telephone_and_says_where_the_map_is(read: Any, desks: None) -> None:
    soup = read("/da/kontakt/herning/").soup

    card = [" ".join(section.get_text(" ").split()) for section in soup.select(".contact-card > section")]
    assert card[0] == "Åbningstider mandag 10:00–15:00 Uden aftale"
    assert card[1].startswith("Kontakt Telefon: +45 12 34 56 78")
    place = soup.select_one('.contact-card a[href*="openstreetmap"]')
    assert place["href"] == "https://www.openstreetmap.org/search?query=Demovej+1%2C+7600+Struer"
    assert "en anden hjemmeside" in place.get_text()
    assert soup.select(".version-line") == []


def test_consortia_of_a_practice_lead_to_their_pages_in_the_best_language(read: Any) -> None:
    for slug in ("vest", "randers", "lemvig"):
        Consortium.objects.update_or_create(slug=slug, defaults={"name": slug.title(), "valid_from": "2020-01-01"})
    west = release("consortium", slug="konsortier/vest", consortium="vest")
    release_translation(west, "en", slug="consortia/west", consortium="vest")
    release("consortium", slug="konsortier/randers", consortium="randers")
    practice = release(
        "best-practice", slug="praksis/1", consortium="randers", fields={"adopted_by": ["vest", "lemvig"]}
    )
    release_translation(
        practice, "en", slug="practice/1", consortium="randers", fields={"adopted_by": ["vest", "lemvig"]}
    )

    facts = read("/en/practice/1/").soup.select_one(".key-facts")

    assert {link.get_text(): link["href"] for link in facts.select("a")} == {
        "Randers": "/en/~da/konsortier/randers/",
        "Vest": "/en/consortia/west/",
    }
    assert "Lemvig" in facts.get_text()


def test_languages_of_a_contact_are_parted_as_its_readers_part_them(read: Any, desks: None) -> None:
    home = release("page", path="/da/", fields={"layout": "home"})
    release_translation(home, "ar", path="/ar/", fields={"layout": "home"})

    spoken = read("/ar/~da/kontakt/").soup.select_one(".entry-facts > div:last-child dd")

    assert " ".join(spoken.get_text().split()) == "Dansk، so"


def test_contact_says_above_its_hours_which_language_it_is_in(read: Any, desks: None) -> None:
    badge = read("/ar/~da/kontakt/struer/").soup.select_one(".kicker .badge")

    assert (badge.get_text(), badge["lang"], badge["dir"]) == ("Dansk", "da", "ltr")
    assert read("/da/kontakt/struer/").soup.select(".kicker .badge") == []


def test_municipality_that_is_none_leads_to_no_other_language(read: Any, desks: None) -> None:
    source = release("page", slug="steder", fields={"layout": "section", "title": "Steder"})
    release_translation(source, "pl", slug="steder", fields={"layout": "section", "title": "Miejsca"})

    page = read("/pl/steder/?municipality=9999")

    assert (page.status_code, page.soup.select(".entries")) == (404, [])
