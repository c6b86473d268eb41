"""With the engine gone or silent the database answers: quickly, with the same rules, and saying so."""

import time

import pytest

from cms.publication.access.access_scope import AccessScope
from cms.publication.following.followers import catch_up
from cms.publication.models import FollowerPosition
from search.asking.query import SearchQuery
from search.followers import DatabaseFollower, ElasticsearchFollower
from search.services import circuit, search, suggest
from tests.factories.releases import make_draft
from tests.search.proxy import run_proxy
from tests.search.stub import run_stub

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def proxy(engine, elasticsearch_url, settings):
    with run_proxy(elasticsearch_url) as running:
        settings.SEARCH_ELASTICSEARCH_URLS = [running.url]
        settings.SEARCH_TIMEOUT_SECONDS = 1.5
        yield running


@pytest.fixture
def contents(follow, release):
    release(
        make_draft("Mentorordning"),
        make_draft("Mentorordning i Vest", visibility="consortium", consortium="vest"),
    )
    follow()
    catch_up(DatabaseFollower())


def measure(query):
    began = time.perf_counter()
    answer = search(query)
    return answer, time.perf_counter() - began


def summarise(answer):
    return (answer["engine"], answer["degraded"], [result["title"] for result in answer["results"]])


@pytest.mark.elasticsearch
def test_refused_connection_is_answered_by_the_database_at_once(contents, proxy):
    proxy.stop()

    for _ in range(3):
        answer, seconds = measure(SearchQuery("mentorordning"))

        assert summarise(answer) == ("database", True, ["Mentorordning"])
        assert seconds < 0.3
    assert circuit.is_open


@pytest.mark.elasticsearch
def test_hanging_engine_costs_one_timeout_and_then_nothing(contents, proxy):
    assert summarise(search(SearchQuery("mentorordning"))) == ("elasticsearch", False, ["Mentorordning"])
    proxy.hanging.set()

    answer, seconds = measure(SearchQuery("mentorordning"))
    assert summarise(answer) == ("database", True, ["Mentorordning"])
    assert seconds < 2.5
    for _ in range(3):
        answer, seconds = measure(SearchQuery("mentorordning"))
        assert summarise(answer) == ("database", True, ["Mentorordning"])
        assert seconds < 0.3


@pytest.mark.elasticsearch
def test_engine_is_used_again_when_it_answers(contents, proxy, monkeypatch):
    monkeypatch.setattr(circuit, "probe_seconds", 0.05)
    proxy.stop()
    search(SearchQuery("mentorordning"))
    search(SearchQuery("mentorordning"))
    assert circuit.is_open

    proxy.start()

    assert circuit.closed.wait(10)
    assert summarise(search(SearchQuery("mentorordning"))) == ("elasticsearch", False, ["Mentorordning"])


@pytest.mark.elasticsearch
def test_degraded_search_keeps_the_visibility_rule(contents, proxy):
    proxy.stop()

    own = search(SearchQuery("mentorordning", access=AccessScope(consortia=frozenset({"vest"}))))
    others = search(SearchQuery("mentorordning", access=AccessScope(consortia=frozenset({"randers"}))))

    assert own["total"] == 2
    assert summarise(others) == ("database", True, ["Mentorordning"])


@pytest.mark.elasticsearch
def test_completions_go_on_without_the_engine(contents, proxy):
    before = suggest("mentor", "da")
    proxy.stop()

    assert suggest("mentor", "da") == before
    assert [entry["text"] for entry in before["completions"]] == ["Mentorordning"]


def test_without_an_engine_configured_nothing_is_degraded(release):
    release(make_draft("Mentorordning"))
    catch_up(DatabaseFollower())

    assert summarise(search(SearchQuery("mentor"))) == ("database", False, ["Mentorordning"])


@pytest.mark.elasticsearch
@pytest.mark.parametrize("typed", ["opholdst", "Opholdstilladelse til stud", "stud oph"])
def test_completions_begin_as_typed_and_stay_within_the_access_scope(follow, release, typed):
    release(
        make_draft("Opholdstilladelse til studerende"),
        make_draft("Opholdstilladelse til studerende i Vest", visibility="consortium", consortium="vest"),
    )
    follow()

    assert [entry["text"] for entry in suggest(typed, "da")["completions"]] == ["Opholdstilladelse til studerende"]


@pytest.mark.elasticsearch
def test_suggestion_is_another_spelling_that_finds_something(follow, release):
    release(*(make_draft(f"Opholdstilladelse {number}") for number in range(5)))
    follow()

    assert search(SearchQuery("opholdstiladelse"))["suggestion"] == "opholdstilladelse"
    assert search(SearchQuery("opholdstilladelse"))["suggestion"] is None


@pytest.mark.elasticsearch
def test_suggestion_never_gives_a_hidden_word_away(follow, release):
    release(*(make_draft(f"Hemmeligheden {number}", visibility="consortium", consortium="vest") for number in range(5)))
    follow()

    assert search(SearchQuery("hemmelighden"))["suggestion"] is None
    assert suggest("hemme", "da") == {"completions": []}


@pytest.mark.parametrize(
    ("status", "body", "opens"),
    [
        (429, '{"error": {"type": "es_rejected_execution_exception"}}', True),
        (503, '{"error": {"type": "no_shard_available"}}', True),
        (500, '{"error": {"type": "search_phase_execution_exception"}}', True),
        (200, '{"timed_out": false, "_shards": {"failed": 1}, "hits": {"hits": []}}', True),
        (200, '{"timed_out": true, "_shards": {"failed": 0}, "hits": {"hits": []}}', True),
        (400, '{"error": {"type": "too_many_nested_clauses"}}', False),
    ],
)
def test_engine_in_trouble_leaves_the_answer_to_the_database(release, settings, status, body, opens):
    release(make_draft("Mentorordning"))
    catch_up(DatabaseFollower())
    FollowerPosition.objects.create(name=ElasticsearchFollower.name, position=1)
    circuit.reset()
    with run_stub(status, body) as url:
        settings.SEARCH_ELASTICSEARCH_URLS = [url]
        for _ in range(2):
            assert summarise(search(SearchQuery("mentor"))) == ("database", True, ["Mentorordning"])

    assert circuit.is_open is opens
    circuit.reset()
