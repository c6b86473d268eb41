"""The environment of a WSGI application is what CGI and PEP 3333 say, whatever a client sends."""

import pytest

from cms.server.environ import build_environ


def build(headers=(), **changes):
    scope = {
        "method": "GET",
        "raw_path": b"/da/",
        "query_string": b"",
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.1", "50000"),
        "headers": list(headers),
        **changes,
    }
    return build_environ(scope)


@pytest.mark.parametrize(
    ("raw_path", "path"),
    [
        (b"/da/", "/da/"),
        (b"/da/b%C3%B8rn/", "/da/børn/".encode().decode("latin-1")),
        (b"/da/%FF%2F", "/da/\xff/"),
        (b"/da/%zz", "/da/%zz"),
    ],
)
def test_path_is_decoded_into_bytes_of_latin_1(raw_path, path):
    assert build(raw_path=raw_path)["PATH_INFO"] == path


def test_headers_are_named_as_cgi_names_them():
    environ = build(
        [
            (b"host", b"videnbro.example"),
            (b"content-type", b"application/json"),
            (b"content-length", b"2"),
            (b"x-name", "Søren".encode()),
        ]
    )

    assert environ["HTTP_HOST"] == "videnbro.example"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("application/json", "2")
    assert environ["HTTP_X_NAME"].encode("latin-1").decode() == "Søren"
    assert not {"HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"} & environ.keys()


def test_repeated_headers_are_joined_and_cookies_by_their_own_mark():
    environ = build([(b"accept", b"text/html"), (b"accept", b"*/*"), (b"cookie", b"a=1"), (b"cookie", b"b=2")])

    assert (environ["HTTP_ACCEPT"], environ["HTTP_COOKIE"]) == ("text/html,*/*", "a=1; b=2")


def test_header_with_an_underscore_passes_for_no_other():
    names = [(b"x_forwarded_proto", b"https"), (b"content_length", b"5"), (b"x-forwarded-proto", b"http")]

    assert build(names)["HTTP_X_FORWARDED_PROTO"] == "http"
    assert "CONTENT_LENGTH" not in build(names)


def test_nothing_of_the_process_environment_is_passed_on(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")

    assert "SECRET_KEY" not in build()
