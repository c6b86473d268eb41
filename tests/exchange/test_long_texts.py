"""A text of more than a megabyte goes the whole way: page, log, search."""

import itertools

import pytest

from cms.publication.following.followers import catch_up
from cms.publication.models import Window
from search.asking.query import SearchQuery
from search.followers import DatabaseFollower
from search.services import search
from tests.factories.pages import make_page, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_text_longer_than_an_index_takes_is_published_and_found_by_its_beginning(site):
    letters = "abcdefghijklmnopqrstuvwxyzæøå"
    words = ("".join(entry) for entry in itertools.product(letters, repeat=5))
    paragraphs = [" ".join(itertools.islice(words, 4000)) for _number in range(60)]

    page = publish(make_page(title="Lang", body=[("paragraph", f"<p>{text}</p>") for text in paragraphs]))
    catch_up(DatabaseFollower())

    assert Window.objects.get(content_id=page.translation_key).title == "Lang"
    assert [result["title"] for result in search(SearchQuery("aaaab"))["results"]] == ["Lang"]
