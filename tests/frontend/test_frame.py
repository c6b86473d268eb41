"""The frame around every page: menus that say where the reader is, and pages reachable in every language."""

from typing import Any

import pytest

from tests.frontend.drafts import release, release_translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> None:
    """A site in Danish and Polish with a section, and a statement that is Danish and English only."""
    home = release("page", path="/da/", fields={"layout": "home"})
    release_translation(home, "pl", path="/pl/", fields={"layout": "home"})
    section = release("page", slug="svar", fields={"layout": "section", "title": "Svar"})
    release_translation(section, "pl", slug="odpowiedzi", fields={"layout": "section", "title": "Odpowiedzi"})
    release("page", slug="kun-dansk", fields={"layout": "section", "title": "Kun dansk"})
    statement = release("page", slug="was", fields={"layout": "plain", "title": "Tilgængelighed"})
    release_translation(statement, "en", slug="was", fields={"layout": "plain", "title": "Accessibility"})
    release("article", slug="svar/1")


@pytest.mark.parametrize(("path", "current"), [("/da/svar/", "page"), ("/da/svar/1/", "true"), ("/da/was/", None)])
def test_menus_mark_the_section_a_page_lies_in(read: Any, places: None, path: str, current: str | None) -> None:
    soup = read(path).soup

    assert [link.get("aria-current") for link in soup.select('.site-nav a[href="/da/svar/"]')] == [current]
    assert [link.get("aria-current") for link in soup.select('.sections-menu a[href="/da/svar/"]')] == [current]


def test_footer_leads_to_a_page_that_is_not_there_in_the_language(read: Any, places: None) -> None:
    footer = read("/pl/").soup.select_one(".site-footer")

    link = footer.select_one('a[href="/pl/~en/was/"]')
    assert (link["hreflang"], link.span["lang"], link.span.get_text()) == ("en", "en", "Accessibility")
    assert "English" in link.small.get_text()
    assert [place["href"] for place in footer.select("nav")[0].select("a")] == ["/pl/odpowiedzi/", "/pl/~da/kun-dansk/"]


def test_footer_prefers_the_page_in_the_language(read: Any, places: None) -> None:
    links = [link["href"] for link in read("/da/").soup.select(".site-footer a")]

    assert "/da/was/" in links
    assert [link for link in links if "en/was" in link] == []


@pytest.mark.parametrize("path", ["/da/svar/", "/da/svar/1/", "/da/was/", "/da/"])
def test_languages_are_offered_once(read: Any, places: None, path: str) -> None:
    soup = read(path).soup

    offers = [place for place in soup.select("nav, details") if place.find("a", hreflang="da", recursive=True)]
    assert len({id(place.find("ul")) for place in offers}) == 1
