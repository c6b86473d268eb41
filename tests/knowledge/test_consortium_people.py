"""People on a consortium's page are part of its text, so that search finds them."""

import json

import pytest

from cms.publication.following.followers import catch_up
from knowledge.models import ConsortiumPage
from search.asking.query import SearchQuery
from search.followers import DatabaseFollower
from search.services import search
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["integrationskonsulent", "Karin Eksempel", "karin@vest.example"])
def test_people_of_a_consortium_are_found(words: str) -> None:
    person = {"name": "Karin Eksempel", "role": "Integrationskonsulent", "email": "karin@vest.example"}
    people = json.dumps([{"type": "person", "value": person}])
    publish(make_page(ConsortiumPage, title="Konsortium Vest", people=people))
    catch_up(DatabaseFollower())

    answer = search(SearchQuery(q=words, locale="da"))

    assert [result["title"] for result in answer["results"]] == ["Konsortium Vest"]
