"""Search over HTTP: the parameters arrive, the answer has its shape, and nothing hidden shows."""

import pytest

from tests.api.contents import fill_search, release


@pytest.fixture
def found(db, vocabularies):
    row = release(title="Jobmatch for medfølgende ægtefæller", topics=["work"], html="<p>Om jobmatch.</p>")
    fill_search()
    return row


def test_answer_has_its_shape(call, found):
    response = call("/search/", q="jobmatch")

    answer = response.json()
    assert set(answer) == {"query", "total", "results", "facets", "suggestion", "engine", "degraded"}
    assert (answer["query"], answer["total"], answer["engine"], answer["degraded"]) == (
        "jobmatch",
        1,
        "database",
        False,
    )
    assert answer["results"][0]["id"] == str(found.content_id)
    assert {"score", "highlights", "title"} <= set(answer["results"][0])
    assert response.headers["ETag"]


def test_filters_reach_the_search(call, found):
    assert call("/search/", q="jobmatch", topic="work", type="article").json()["total"] == 1
    assert call("/search/", q="jobmatch", topic="zoner").json()["total"] == 0
    assert call("/search/", q="jobmatch", topic=["work", "zoner"]).json()["total"] == 0
    assert call("/search/", q="jobmatch", as_of="2020-01-01").json()["total"] == 0


def test_language_falls_back_unless_it_may_not(call, found):
    assert call("/search/", q="jobmatch", locale="pl").json()["total"] == 1
    assert call("/search/", q="jobmatch", locale="pl", fallback="false").json()["total"] == 0


def test_hidden_content_is_found_by_members_alone(call, vocabularies, network_key):
    release(title="Hemmelig indsats", visibility="network")
    fill_search()

    assert call("/search/", q="hemmelig").json()["total"] == 0
    assert call("/search/", q="hemmelig", key=network_key).json()["total"] == 1
    assert call("/search/suggest/", q="hemm").json() == {"completions": []}


def test_suggestions_complete_titles(call, found):
    completions = call("/search/suggest/", q="jobm").json()["completions"]

    assert [entry["id"] for entry in completions] == [str(found.content_id)]


@pytest.mark.parametrize(
    "query", ["", '"', "a AND (b", "*:*", "_exists_:title", "'; DROP TABLE x", "%", "NEAR(", "jobmatch*"]
)
def test_operators_are_mere_text(call, found, query):
    assert call("/search/", q=query).status_code == 200
    assert call("/search/suggest/", q=query).status_code == 200
