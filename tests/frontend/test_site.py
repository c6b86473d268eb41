"""The addresses every site has."""

from typing import Any

import pytest

from tests.frontend.drafts import release, release_translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes() -> None:
    """Home pages in Danish, English, Polish and Arabic."""
    source = release("page", "da", path="/da/", fields={"layout": "home"})
    for locale in ("en", "pl", "ar"):
        release_translation(source, locale, path=f"/{locale}/", fields={"layout": "home"})


@pytest.mark.parametrize(
    ("accepted", "path"),
    [
        ("pl,en;q=0.8", "/pl/"),
        ("ar-EG,ar;q=0.9", "/ar/"),
        ("fr", "/en/"),
        ("da, en;q=0.5", "/da/"),
        ("", "/en/"),
        (";;q=x", "/en/"),
    ],
)
def test_front_door_leads_to_the_best_language_there_is(read: Any, homes: None, accepted: str, path: str) -> None:
    response = read("/", accept_language=accepted)

    assert (response.status_code, response["Location"], response["Vary"]) == (302, path, "Accept-Language")
    assert read("/?a=1", accept_language=accepted)["Location"] == f"{path}?a=1"


def test_front_door_and_search_engines_lead_a_newcomer_to_one_page(read: Any, homes: None) -> None:
    (default,) = read("/pl/").soup.select('link[hreflang="x-default"]')

    assert default["href"] == f"http://testserver{read('/', accept_language='fr')['Location']}"


def test_front_door_of_a_site_without_the_bridge_language_leads_to_its_source(read: Any) -> None:
    release("page", "da", path="/da/", fields={"layout": "home"})

    assert read("/", accept_language="en;q=0.9, fr;q=0.5")["Location"] == "/da/"


def test_accessibility_statement_is_found_at_its_short_address(read: Any, homes: None) -> None:
    statement = release("page", slug="was")
    release_translation(statement, "pl", slug="was")

    assert read("/was", accept_language="pl")["Location"] == "/pl/was/"
    assert read("/was", accept_language="ar")["Location"] == "/ar/~da/was/"


def test_sitemap_names_pages_with_their_languages_and_nothing_hidden(read: Any, homes: None) -> None:
    release(slug="hemmelig", visibility="network")

    text = read("/sitemap.xml").content.decode()

    assert text.count("<url>") == 4
    assert text.count('hreflang="pl" href="http://testserver/pl/"') == 4
    assert "hemmelig" not in text


def test_robots_name_the_sitemaps(read: Any) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in read("/robots.txt").content.decode()


@pytest.mark.parametrize(("path", "locale"), [("/ar/findes/ikke/", "ar"), ("/intet", "en"), ("/da/%00/", "da")])
def test_unknown_address_is_answered_in_a_language_of_the_reader(
    read: Any, homes: None, path: str, locale: str
) -> None:
    page = read(path)

    assert (page.status_code, page.soup.html["lang"]) == (404, locale)


def test_failure_is_answered_in_the_language_of_the_address(rf: Any) -> None:
    from frontend.portal.views.errors import server_error

    response = server_error(rf.get("/lt/kas-nors/"))

    assert response.status_code == 500
    assert '<html lang="lt" dir="ltr">' in response.content.decode()
    assert "Įvyko klaida" in response.content.decode()
