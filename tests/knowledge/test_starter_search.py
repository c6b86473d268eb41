"""The starter content is found by the words its readers have for it, in whatever language it is written."""

from io import StringIO

import pytest
from django.core.management import call_command

from cms.publication.following.followers import rebuild
from cms.translation.glossary.starter_glossary import load_glossary
from search.asking.query import SearchQuery
from search.followers import DatabaseFollower
from search.services import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def starter(db: None) -> None:
    call_command("starter_load", stdout=StringIO())
    load_glossary()
    rebuild(DatabaseFollower())


def test_words_of_the_glossary_find_the_texts_that_speak_of_them(starter: None) -> None:
    asked = [
        ("pl", "pracownik delegowany"),
        ("pl", "lista pozytywna"),
        ("de", "entsandter Arbeitnehmer"),
        ("ar", "عامل موفد"),
        ("uk", "відряджений працівник"),
    ]

    found = {
        text: [hit["title"] for hit in search(SearchQuery(q=text, locale=locale, fallback=True))["results"]]
        for locale, text in asked
    }

    assert {text: bool(titles) for text, titles in found.items()} == dict.fromkeys(found, True), found
    assert "RUT" in " ".join(found["pracownik delegowany"] + found["entsandter Arbeitnehmer"])
