"""An index that is behind the log, or was never filled, leaves the answer to the database, which says so."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms.publication.following.followers import catch_up
from cms.publication.models import FollowerPosition
from search.asking.query import SearchQuery
from search.followers import DatabaseFollower, ElasticsearchFollower
from search.lag import is_index_behind
from search.services import is_degraded, search
from tests.factories.releases import make_draft

pytestmark = [pytest.mark.django_db]


def summarise(answer):
    return (answer["engine"], answer["degraded"], [result["title"] for result in answer["results"]])


def release_earlier(release, seconds, title):
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds)):
        release(make_draft(title))


@pytest.mark.elasticsearch
def test_index_behind_the_log_leaves_the_answer_to_the_database(engine, follow, release):
    release(make_draft("Mentorordning"))
    follow()
    release_earlier(release, 5, "Mentorordning i Vest")
    catch_up(DatabaseFollower())

    behind = summarise(search(SearchQuery("mentorordning", sort="title")))
    follow()
    caught_up = summarise(search(SearchQuery("mentorordning", sort="title")))

    titles = ["Mentorordning", "Mentorordning i Vest"]
    assert (behind, caught_up) == (("database", True, titles), ("elasticsearch", False, titles))


@pytest.mark.elasticsearch
def test_index_that_was_never_filled_is_not_asked(engine, release):
    release(make_draft("Mentorordning"))
    catch_up(DatabaseFollower())

    assert summarise(search(SearchQuery("mentorordning"))) == ("database", True, ["Mentorordning"])


@pytest.mark.parametrize(("seconds", "is_behind"), [(0, False), (1, False), (3, True), (3600, True)])
def test_row_may_wait_for_the_index_for_a_moment(release, seconds, is_behind):
    release(make_draft("Fulgt"))
    FollowerPosition.objects.create(name=ElasticsearchFollower.name, position=1)
    followed = is_index_behind()
    release_earlier(release, seconds, "Venter")

    assert (followed, is_index_behind()) == (False, is_behind)


def test_index_set_back_to_the_beginning_of_the_log_is_behind(release):
    FollowerPosition.objects.create(name=ElasticsearchFollower.name, position=0)

    assert is_index_behind()


@pytest.mark.parametrize(("seconds", "is_behind"), [(0, False), (1, False), (3, True), (3600, True)])
def test_without_an_engine_the_databases_own_texts_may_wait_for_a_moment(release, seconds, is_behind):
    release_earlier(release, seconds, "Mentorordning")
    before = (is_degraded(), search(SearchQuery("mentorordning"))["degraded"])
    catch_up(DatabaseFollower())

    assert (before, is_degraded()) == ((is_behind, is_behind), False)


def test_worker_that_stopped_is_seen_in_the_answers_of_the_database(release):
    release(make_draft("Fulgt"))
    catch_up(DatabaseFollower())
    release_earlier(release, 5, "Mentorordning")

    assert summarise(search(SearchQuery("mentorordning"))) == ("database", True, [])


def test_empty_site_is_not_degraded(db):
    assert not is_degraded()


def test_lag_is_found_with_one_query(release, django_assert_num_queries):
    release(make_draft("Venter"))

    with django_assert_num_queries(1):
        is_index_behind()
