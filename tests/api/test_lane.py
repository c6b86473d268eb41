"""The read lane: the same answers as Django's, and never an old one."""

from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.core.wsgi import get_wsgi_application

from cms.api.keys import create_key
from cms.api.lane import ReadLane
from cms.api.log_head import read_head
from tests.api.connection import keep_connection
from tests.api.contents import day, find_newest, release, withdraw
from tests.api.feeds import take_cursor


@pytest.fixture
def django_application(db):
    """Django alone."""
    return get_wsgi_application()


class CountingApplication:
    """Django, counting how often it is entered."""

    def __init__(self, application):
        self.application = application
        self.entered = 0

    def __call__(self, environ, start_response):
        self.entered += 1
        return self.application(environ, start_response)


@pytest.fixture
def counted(django_application):
    return CountingApplication(django_application)


@pytest.fixture
def lane(counted):
    return ReadLane(counted)


def ask(application, path, method="GET", **headers):
    """Ask a WSGI application; returns status, headers in order, body."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **headers,
    }
    begun = []
    with keep_connection():
        response = application(environ, lambda status, headers, exc_info=None: begun.append((status, headers)))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
    return begun[0][0], begun[0][1], body


@pytest.fixture
def paths(db, vocabularies):
    """Addresses of every kind of answer."""
    row = release(title="Blåbær", topics=["work"])
    release(row.content_id, locale="en", topics=["work"])
    gone = release()
    withdraw(gone.content_id)
    base = "/api/v1/documents/"
    return [
        base,
        f"{base}?limit=1",
        f"{base}?topic=work&locale=en",
        f"{base}?nonsense=1",
        f"{base}{row.content_id}/",
        f"{base}{row.content_id}/?locale=pl",
        f"{base}{row.content_id}/?fields=id,title",
        f"{base}{row.content_id}/?version={find_newest(row.content_id).version}",
        f"{base}{row.content_id}/versions/",
        f"{base}{gone.content_id}/",
        f"{base}{uuid4()}/",
        base[:-1],
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_lane_answers_as_django_does(lane, django_application, paths, method):
    for path in paths:
        expected = ask(django_application, path, method)

        assert ask(lane, path, method) == expected, path
        assert ask(lane, path, method) == expected, path


def test_conditional_answers_are_djangos(lane, django_application, paths):
    for path in paths:
        etag = dict(ask(django_application, path)[1]).get("ETag", '"x"')
        for header in (etag, f"W/{etag}", f'"a", {etag}', "*", '"other"'):
            for method in ("GET", "HEAD"):
                expected = ask(django_application, path, method, HTTP_IF_NONE_MATCH=header)
                for _time in range(2):
                    assert ask(lane, path, method, HTTP_IF_NONE_MATCH=header) == expected, (path, header)


def test_second_answer_does_not_enter_django(lane, counted):
    path = f"/api/v1/documents/{release().content_id}/"

    answers = [ask(lane, path), ask(lane, path), ask(lane, path, "HEAD"), ask(lane, path, HTTP_ORIGIN="https://a.dk")]

    assert counted.entered == 1
    assert answers[0] == answers[1] == answers[3]
    assert answers[2] == (answers[0][0], answers[0][1], b"")


def test_conditional_first_request_warms_the_lane(lane, counted):
    row = find_newest(release().content_id)
    path = f"/api/v1/documents/{row.content_id}/"

    first = ask(lane, path, HTTP_IF_NONE_MATCH=f'"{row.etag}"')
    again = ask(lane, path, HTTP_IF_NONE_MATCH=f'"{row.etag}"')

    assert first == again
    assert first[0] == "304 Not Modified"
    assert counted.entered == 1


def test_list_too_long_to_be_kept_is_304_all_the_same(lane, monkeypatch):
    release()
    monkeypatch.setattr("cms.api.lane.LONGEST_BODY", 100)
    path = "/api/v1/documents/"
    first = ask(lane, path)

    again = ask(lane, path, HTTP_IF_NONE_MATCH=dict(first[1])["ETag"])

    assert (again[0], again[2]) == ("304 Not Modified", b"")
    assert not lane.store._replies


def test_one_query_is_asked_each_time(lane, django_assert_num_queries, monkeypatch):
    path = f"/api/v1/documents/{release().content_id}/"
    ask(lane, path)
    asked = []
    monkeypatch.setattr("cms.api.lane.read_head", lambda: asked.append(read_head()) or asked[-1])

    with django_assert_num_queries(0):
        ask(lane, path)

    assert asked == [1]


def test_release_and_withdrawal_are_seen_at_once(lane):
    row = release(title="Før")
    path = f"/api/v1/documents/{row.content_id}/"
    ask(lane, path)
    release(row.content_id, title="Efter")

    assert b"Efter" in ask(lane, path)[2]
    withdraw(row.content_id, reason="recalled")
    assert ask(lane, path)[0] == "410 Gone"


def test_midnight_ends_what_was_remembered(lane):
    with time_machine.travel("2026-11-23T23:58:00+01:00", tick=False) as clock:
        row = release(title="Nu")
        release(row.content_id, title="Fra i morgen", applies_from=day("2026-11-24"))
        path = f"/api/v1/documents/{row.content_id}/"
        assert b'"Nu"' in ask(lane, path)[2]
        clock.move_to("2026-11-23T23:59:50+01:00")
        assert dict(ask(lane, path)[1])["Cache-Control"] == "public, max-age=10"
        clock.move_to("2026-11-23T23:59:55+01:00")
        assert dict(ask(lane, path)[1])["Cache-Control"] == "public, max-age=5"
        clock.move_to("2026-11-24T00:00:00+01:00")
        assert b"Fra i morgen" in ask(lane, path)[2]


def test_keys_never_meet_the_lane(lane, counted, network_key):
    row = release(visibility="network")
    path = f"/api/v1/documents/{row.content_id}/"
    authorization = f"Bearer {network_key}"

    assert ask(lane, path, HTTP_AUTHORIZATION=authorization)[0] == "200 OK"
    assert ask(lane, path)[0] == "404 Not Found"
    assert ask(lane, path, HTTP_AUTHORIZATION="Bearer wrong")[0] == "401 Unauthorized"
    assert counted.entered == 3


@pytest.mark.parametrize(
    "odd",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": ""},
        {"HTTP_RANGE": "bytes=0-1"},
        {"HTTP_ACCEPT": "text/html"},
        {"CONTENT_LENGTH": "3", "wsgi.input": BytesIO(b"abc")},
        {"SCRIPT_NAME": "/under"},
    ],
)
def test_odd_requests_go_to_django(lane, counted, django_application, odd):
    path = f"/api/v1/documents/{release().content_id}/"
    ask(lane, path)
    expected = ask(django_application, path, **odd)

    assert ask(lane, path, **odd) == expected
    assert counted.entered == 2


def test_plain_requests_of_a_site_that_wants_https_are_redirected(django_application, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 60
    application = get_wsgi_application()
    lane = ReadLane(application)
    path = f"/api/v1/documents/{release().content_id}/"

    for headers in ({}, {"HTTP_X_FORWARDED_PROTO": "https"}, {"HTTP_X_FORWARDED_PROTO": "http"}):
        expected = ask(application, path, **headers)
        assert ask(lane, path, **headers) == ask(lane, path, **headers) == expected


def test_change_pages_are_djangos(lane, counted, django_application, call):
    cursor = take_cursor(call)
    release()
    path = f"/api/v1/changes/?cursor={cursor}"
    expected = ask(django_application, path)

    assert ask(lane, path) == ask(lane, path) == expected
    assert counted.entered == 1


def test_change_pages_follow_the_log(lane, call):
    cursor = take_cursor(call)
    path = f"/api/v1/changes/?cursor={cursor}"
    ask(lane, path)
    ask(lane, path)
    row = release()

    assert str(row.content_id).encode() in ask(lane, path)[2]


@pytest.mark.parametrize(
    "query", ["", "cursor=x", "cursor={c}&cursor={c}", "cursor={c}&limit=0", "cursor={c}&a=1", "limit=5"]
)
def test_bad_change_requests_are_refused_as_by_django(lane, django_application, call, query):
    path = f"/api/v1/changes/?{query.format(c=take_cursor(call))}"

    assert ask(lane, path) == ask(lane, path) == ask(django_application, path)
    assert ask(lane, path)[0] == "400 Bad Request"


def test_old_cursor_is_refused_though_its_page_is_remembered(lane, call):
    with time_machine.travel("2026-01-01T12:00:00Z"):
        old = take_cursor(call)
    with time_machine.travel("2026-06-30T12:00:01Z"):
        fresh = take_cursor(call)
        assert ask(lane, f"/api/v1/changes/?cursor={fresh}")[0] == "200 OK"
        assert ask(lane, f"/api/v1/changes/?cursor={old}")[0] == "410 Gone"


def test_memory_is_bounded(lane, monkeypatch):
    monkeypatch.setattr(lane.store, "_most_replies", 3)
    rows = [release() for _number in range(6)]
    for row in rows:
        ask(lane, f"/api/v1/documents/{row.content_id}/")

    assert len(lane.store._replies) == 3
    assert lane.store._size_bytes == sum(len(reply.body) for reply in lane.store._replies.values())


def test_key_in_the_address_is_refused(lane):
    key = create_key(name="x", scopes=["receipts"])[1]

    assert ask(lane, f"/api/v1/documents/?api_key={key}")[0] == "400 Bad Request"
