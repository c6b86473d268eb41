"""The glossary in the editor: found by language and kind, and judged as a whole when it is saved."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cms.translation.glossary.csv_import import import_glossary
from cms.translation.models import Concept

pytestmark = pytest.mark.django_db

GLOSSARY = """concept,locale,term,kind
permit,da,opholdstilladelse,preferred
permit,en,residence permit,preferred
permit,en,visa,forbidden
card,da,skattekort,preferred
card,pl,karta podatkowa,lay
"""


@pytest.fixture
def editor(admin_client: Client) -> Client:
    """A browser with an administrator at it, who reads Danish as the site does."""
    import_glossary(GLOSSARY.encode())
    return admin_client


def list_shown(editor: Client, **asked: str) -> list[str]:
    page = editor.get(reverse("wagtailsnippets_translation_concept:list"), asked)
    rows = BeautifulSoup(page.content, "html.parser").select("table.listing tbody tr")
    return sorted(row.select("td")[2].get_text(strip=True) for row in rows)


def build_form(*terms: tuple[str, str, str], slug: str = "job") -> dict[str, str]:
    """Build what the form sends for a new concept."""
    counts = {"TOTAL_FORMS": str(len(terms)), "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    values = {f"terms-{name}": value for name, value in counts.items()}
    values |= {f"definitions-{name}": value for name, value in (counts | {"TOTAL_FORMS": "0"}).items()}
    for number, row in enumerate(terms):
        values |= {f"terms-{number}-{name}": value for name, value in zip(("locale", "term", "kind"), row, strict=True)}
    return values | {"slug": slug}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["card", "permit"]),
        ({"locale": "pl"}, ["card"]),
        ({"kind": "forbidden"}, ["permit"]),
        # In one term: Danish has a forbidden one nowhere.
        ({"locale": "da", "kind": "forbidden"}, []),
        ({"q": "visa"}, ["permit"]),
        ({"q": "skattekort"}, ["card"]),
    ],
)
def test_concepts_are_found_by_language_kind_and_words(editor: Client, asked: dict[str, str], shown: list[str]) -> None:
    assert list_shown(editor, **asked) == shown


def test_concept_is_stored_with_its_terms(editor: Client) -> None:
    address = reverse("wagtailsnippets_translation_concept:add")

    editor.post(address, build_form(("da", "a\u030arsløn", "preferred"), ("en", "annual pay", "preferred")))

    concept = Concept.objects.get(slug="job")
    assert sorted(concept.terms.values_list("locale", "term")) == [("da", "årsløn"), ("en", "annual pay")]


def test_second_preferred_term_is_refused_in_words(editor: Client) -> None:
    address = reverse("wagtailsnippets_translation_concept:add")

    answer = editor.post(address, build_form(("da", "løn", "preferred"), ("da", "vederlag", "preferred")))

    assert "begrebet job har to foretrukne termer på Dansk: “løn” og “vederlag”." in answer.content.decode()
    assert not Concept.objects.filter(slug="job").exists()


def test_list_asks_as_often_for_many_concepts(editor: Client, django_assert_max_num_queries: Any) -> None:
    lines = "".join(f"c{number},da,ord{number},preferred\n" for number in range(40))
    import_glossary(f"concept,locale,term,kind\n{lines}".encode())

    with django_assert_max_num_queries(30):
        assert len(list_shown(editor)) > 15
