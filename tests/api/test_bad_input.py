"""Bad input: refused in full, in one format, and never breaks anything."""

from unittest.mock import patch

import pytest
from django.db import OperationalError

from tests.api.contents import release

ID = "00000000-0000-4000-8000-000000000000"
BAD = [
    ("/documents/", "nonsense=1", ["nonsense"]),
    ("/documents/", "format=json", ["format"]),
    ("/documents/", "format=xml", ["format"]),
    ("/documents/", "a=1&b=2&limit=0", ["a", "b", "limit"]),
    ("/documents/", "limit=101", ["limit"]),
    ("/documents/", "limit=0", ["limit"]),
    ("/documents/", "limit=-1", ["limit"]),
    ("/documents/", "limit=", ["limit"]),
    ("/documents/", "limit=1e1", ["limit"]),
    ("/documents/", "limit=+5", ["limit"]),
    ("/documents/", "limit=%D9%A5", ["limit"]),
    ("/documents/", "limit=999999999999999999999", ["limit"]),
    ("/documents/", "limit=5&limit=5", ["limit"]),
    ("/documents/", "locale=da-DK", ["locale"]),
    ("/documents/", "locale=DA", ["locale"]),
    ("/documents/", "locale=", ["locale"]),
    ("/documents/", "locale=../", ["locale"]),
    ("/documents/", "locale=da,en", ["locale"]),
    ("/documents/", "locale=da&locale=en", ["locale"]),
    ("/documents/", f"locale={'x' * 1000}", ["locale"]),
    ("/documents/", "fallback=1", ["fallback"]),
    ("/documents/", "fallback=True", ["fallback"]),
    ("/documents/", "allow_outdated=yes", ["allow_outdated"]),
    ("/documents/", "upcoming=maybe", ["upcoming"]),
    ("/documents/", "as_of=2026-02-30", ["as_of"]),
    ("/documents/", "as_of=20260101", ["as_of"]),
    ("/documents/", "as_of=2026-1-1", ["as_of"]),
    ("/documents/", "as_of=2026-W01-1", ["as_of"]),
    ("/documents/", "as_of=0000-01-01", ["as_of"]),
    ("/documents/", "as_of=%D9%A2%D9%A0%D9%A2%D9%A6-01-01", ["as_of"]),
    ("/documents/", "as_of=today", ["as_of"]),
    ("/documents/", "in_force_on=x", ["in_force_on"]),
    ("/documents/", "updated_since=2026-01-01", ["updated_since"]),
    ("/documents/", "updated_since=2026-01-01T00:00:00", ["updated_since"]),
    ("/documents/", "updated_since=0001-01-01T00:00:00%2B14:00", ["updated_since"]),
    ("/documents/", "sort=released_at", ["sort"]),
    ("/documents/", "sort=-title", ["sort"]),
    ("/documents/", "sort=title__owner", ["sort"]),
    ("/documents/", "type=nothing", ["type"]),
    ("/documents/", "type=article,", ["type"]),
    ("/documents/", "type=,", ["type"]),
    ("/documents/", "topic=nothing", ["topic"]),
    ("/documents/", "topic=work,nothing", ["topic"]),
    ("/documents/", "topic=a%00b", ["topic"]),
    ("/documents/", "topic=a%ffb", ["topic"]),
    ("/documents/", "topic=%ED%A0%80", ["topic"]),
    ("/documents/", f"topic={'x' * 201}", ["topic"]),
    ("/documents/", f"topic={','.join(['work'] * 51)}", ["topic"]),
    ("/documents/", "&".join(["topic=work"] * 11), ["topic"]),
    (
        "/documents/",
        "audience=x&focus_area=x&consortium=x&municipality=x",
        ["audience", "focus_area", "consortium", "municipality"],
    ),
    ("/documents/", "consortium=__proto__", ["consortium"]),
    ("/documents/", "municipality=0751%0a", ["municipality"]),
    ("/documents/", "fields=password", ["fields"]),
    ("/documents/", "fields=id&fields=title", ["fields"]),
    ("/documents/", "_connector=OR", ["_connector"]),
    ("/documents/", "title__startswith=a", ["title__startswith"]),
    ("/documents/", "cursor=%00", ["cursor"]),
    (f"/documents/{ID}/", "version=x", ["version"]),
    (f"/documents/{ID}/", "expand=translations", ["expand"]),
    (f"/documents/{ID}/", "as_of=x&version=x&locale=x", ["locale", "as_of", "version"]),
    (f"/documents/{ID}/", "limit=1", ["limit"]),
    (f"/documents/{ID}/versions/", "as_of=2026-01-01", ["as_of"]),
    ("/search/", "q=a&q=b", ["q"]),
    ("/search/", f"q={'x' * 501}", ["q"]),
    ("/search/", "q=a%00b", ["q"]),
    ("/search/", "page=0", ["page"]),
    ("/search/", "page=10000&limit=100", ["page"]),
    ("/search/", "sort=score", ["sort"]),
    ("/search/suggest/", "limit=3", ["limit"]),
    ("/snapshot/", "limit=3", ["limit"]),
    ("/snapshot/", "locale=xx", ["locale"]),
    ("/changes/", "", ["cursor"]),
    ("/changes/", "cursor=x&wait=26&limit=101", ["limit", "wait"]),
    ("/changes/", "cursor=x&locale=da", ["locale"]),
    ("/vocabularies/topics/", "q=x", ["q"]),
    ("/acts/", "as_of=2026-01-01", ["as_of"]),
    (f"/acts/{ID}/", "as_of=soon", ["as_of"]),
    (f"/acts/{ID}/provisions/9-a/", "x=1", ["x"]),
    ("/feeds/all.atom", "type=article", ["type"]),
    ("/feeds/all.json", "cursor=x&sort=title&as_of=2026-01-01", ["cursor", "sort", "as_of"]),
    ("/feeds/act.atom", "act=%00", ["act"]),
    ("/feeds/all.atom", "limit=101&topic=nothing", ["topic", "limit"]),
    ("/calendar.ics", "type=article&limit=1", ["limit", "type"]),
    ("/calendar.ics", "topic=nothing&audience=nothing&municipality=x", ["topic", "audience", "municipality"]),
    ("/", "x=1", ["x"]),
    ("/openapi.json", "x=1", ["x"]),
    ("/docs/", "x=1", ["x"]),
]


@pytest.mark.parametrize(("path", "query", "names"), BAD)
def test_bad_parameters_are_all_named(client, vocabularies, path, query, names):
    response = client.get(f"/api/v1{path}?{query}")

    problem = response.json()
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [entry["parameter"] for entry in problem["errors"]] == names
    assert all(entry["detail"] for entry in problem["errors"])
    assert (problem["status"], problem["title"]) == (400, problem["title"])


def test_unknown_parameter_has_its_type_and_names_the_known(call):
    problem = call("/documents/", topik="work").json()

    assert problem["type"] == "/problems/unknown-parameter"
    assert "topic" in problem["errors"][0]["detail"]


def test_unknown_term_says_where_the_known_stand(call, vocabularies):
    problem = call("/documents/", topic="nothing").json()

    assert "/api/v1/vocabularies/topics/" in problem["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("updated_since=2026-01-01T00:00:00Z", 200),
        ("updated_since=2026-01-01T00:00:00%2B01:00", 200),
        ("updated_since=2026-01-01T00:00:00+01:00", 200),
        ("updated_since=2026-01-01T00:00:00.123456Z", 200),
        ("as_of=0001-01-01", 200),
        ("as_of=9999-12-31", 200),
        ("as_of=2028-02-29", 200),
    ],
)
def test_edges_of_dates_are_fine(client, db, query, status):
    release()

    assert client.get(f"/api/v1/documents/?{query}").status_code == status


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("get", "/api/v1/nothing/", 404, "not-found"),
        ("get", "/api/v2/", 404, "not-found"),
        ("get", "/api/", 404, "not-found"),
        ("get", "/api/v1/vocabularies/nothing/", 404, "not-found"),
        ("get", "/api/v1/acts/x/", 404, "not-found"),
        ("get", f"/api/v1/acts/{ID}/provisions/9%20a/", 404, "not-found"),
        ("post", "/api/v1/documents/", 405, "method-not-allowed"),
        ("delete", f"/api/v1/documents/{ID}/", 405, "method-not-allowed"),
        ("put", "/api/v1/snapshot/", 405, "method-not-allowed"),
        ("trace", "/api/v1/", 405, "method-not-allowed"),
    ],
)
def test_everything_under_api_is_told_as_a_problem(client, db, method, path, status, slug):  # noqa: PLR0917
    response = getattr(client, method)(path)

    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{slug}")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["errors"] == [{"detail": response.json()["detail"]}]
    if status == 405:
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("text/html", 406),
        ("application/json;q=0", 406),
        ("application/*", 200),
        ("text/html, */*;q=0.1", 200),
        ("application/json; charset=utf-8", 200),
        ("", 200),
        ("nonsense", 406),
        ("/", 406),
        ("application/json;q=0, */*", 406),
        ("application/*;q=0, */*", 406),
        ("application/*;q=0, application/json", 200),
    ],
)
def test_accept_is_respected(call, accept, status):
    assert call("/documents/", headers={"Accept": accept}).status_code == status


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "a b", "testserver:x"])
def test_foreign_host_is_refused(client, db, host):
    response = client.get("/api/v1/", headers={"Host": host})

    assert (response.status_code, response.json()["type"]) == (400, "/problems/unknown-host")


def test_fault_of_ours_tells_no_details(client, db):
    client.raise_request_exception = False
    with patch("cms.api.v1.views.root.build_json_reply", side_effect=RuntimeError("secret detail")):
        response = client.get("/api/v1/")

    assert (response.status_code, response.json()["type"]) == (500, "/problems/internal-error")
    assert b"secret" not in response.content


def test_database_out_of_reach_is_503(client, db):
    with patch("cms.api.v1.views.document.find_applying", side_effect=OperationalError("no connection")):
        response = client.get(f"/api/v1/documents/{ID}/")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.json()["type"] == "/problems/unavailable"


@pytest.mark.parametrize(
    "path", ["/", "/documents/", f"/documents/{ID}/", "/nothing/", "/documents/?x=1", "/snapshot/"]
)
def test_security_headers_are_everywhere(client, db, path):
    headers = client.get(f"/api/v1{path}").headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Set-Cookie" not in headers


def test_options_names_the_methods(client, db):
    response = client.options("/api/v1/documents/")

    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
