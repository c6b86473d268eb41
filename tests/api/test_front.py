"""The application in front of Django takes the wait out of a request, and leaves what is unusual to Django."""

import pytest

from cms.api.front import take_wait


@pytest.mark.parametrize(
    ("query", "seconds", "rest"),
    [
        ("cursor=x&wait=25", 25, "cursor=x"),
        ("wait=5&cursor=x&limit=1", 5, "cursor=x&limit=1"),
        ("wait=0&cursor=x", 0, "cursor=x"),
        ("wait=05", 5, ""),
        ("cursor=x", 0, "cursor=x"),
        ("cursor=x&wait=26", 0, "cursor=x&wait=26"),
        ("cursor=x&wait=-1", 0, "cursor=x&wait=-1"),
        ("cursor=x&wait=", 0, "cursor=x&wait="),
        ("cursor=x&wait=5&wait=5", 0, "cursor=x&wait=5&wait=5"),
        ("cursor=x&await=5", 0, "cursor=x&await=5"),
        ("cursor=x&wait=%35", 0, "cursor=x&wait=%35"),
    ],
)
def test_seconds_are_taken_where_they_are_plain(query, seconds, rest):
    environ = {"PATH_INFO": "/api/v1/changes/", "REQUEST_METHOD": "GET", "QUERY_STRING": query}

    assert (take_wait(environ), environ["QUERY_STRING"]) == (seconds, rest)


@pytest.mark.parametrize(("path", "method"), [("/api/v1/documents/", "GET"), ("/api/v1/changes/", "HEAD")])
def test_nothing_else_waits(path, method):
    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "QUERY_STRING": "wait=5"}

    assert (take_wait(environ), environ["QUERY_STRING"]) == (0, "wait=5")
