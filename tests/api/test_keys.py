"""Keys: made once, recognised in the header alone, dead at once when revoked."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cms.api.keys import create_key
from cms.api.models import ConsumerKey
from cms.api.scopes import build_access_scope
from cms.publication.access.access_scope import AccessScope
from tests.api.contents import release


def make_key(*options):
    out = StringIO()
    call_command("api_key_create", *options, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_command_makes_a_key_that_is_not_stored(call, vocabularies):
    key = make_key("--name", "Kiosk", "--scope", "read:consortium:east", "--scope", "webhooks")
    row = release(visibility="consortium", consortium="east")

    stored = ConsumerKey.objects.get()
    assert call(f"/documents/{row.content_id}/", key=key).status_code == 200
    assert key.split("_", 2)[2] not in repr(vars(stored))
    assert len(key.split("_", 2)[2]) == 43


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scope", "read:everything"], "read:everything: no such scope"),
        (["--scope", "read:consortium:north"], "no such consortium; there are: east, west"),
        (["--scope", "webhooks", "--expires", "soon"], "a day is needed"),
        (["--scope", "webhooks", "--expires", "2020-01-01"], "has passed"),
        (["--scope", "webhooks", "--origin", "example.dk"], "a web origin is needed"),
        (["--scope", "webhooks", "--origin", "https://example.dk/path"], "a web origin is needed"),
    ],
)
def test_command_refuses_what_does_not_exist(vocabularies, options, said):
    with pytest.raises(CommandError, match=said):
        make_key("--name", "x", *options)

    assert not ConsumerKey.objects.exists()


def test_list_shows_no_key_and_revocation_is_immediate(call):
    key = make_key("--name", "Kiosk", "--scope", "read:network", "--expires", "2999-12-31")
    prefix = key.split("_")[1]
    assert call("/", key=key).status_code == 200
    out = StringIO()

    call_command("api_key_revoke", prefix, stdout=out)
    call_command("api_key_list", stdout=out)

    assert call("/", key=key).status_code == 401
    assert f"{prefix}  revoked Kiosk  read:network  last day 2999-12-31" in out.getvalue()
    assert key not in out.getvalue()
    with pytest.raises(CommandError, match="no such key"):
        call_command("api_key_revoke", "deadbeef")


def test_key_ends_with_its_last_day(call):
    with time_machine.travel("2026-11-20T12:00:00+01:00"):
        key = make_key("--name", "x", "--scope", "receipts", "--expires", "2026-11-23")
    with time_machine.travel("2026-11-23T23:59:00+01:00"):
        assert call("/", key=key).status_code == 200
    with time_machine.travel("2026-11-24T00:00:00+01:00"):
        assert call("/", key=key).status_code == 401


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "bearer vbk_00000000_" + "A" * 43,
        "{key}",
        "Bearer {key}x",
        "Token {key}",
    ],
)
def test_bad_key_is_refused_and_never_anonymous(call, network_key, header):
    response = call("/documents/", headers={"Authorization": header.format(key=network_key)})

    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")
    assert response.json()["type"] == "/problems/invalid-key"


def test_another_secret_under_a_known_prefix_is_refused(call, network_key):
    forged = network_key[:-43] + "A" * 43

    assert call("/", key=forged).status_code == 401


@pytest.mark.parametrize(
    "parameter", ["api_key", "apikey", "api-key", "key", "token", "access_token", "authorization", "q"]
)
@pytest.mark.parametrize("path", ["/", "/search/", "/documents/", "/openapi.json"])
def test_key_in_the_address_is_refused(client, network_key, parameter, path):
    response = client.get(f"/api/v1{path}", {parameter: network_key})

    assert (response.status_code, response.json()["type"]) == (400, "/problems/key-in-url")
    assert response.json()["errors"] == [{"parameter": parameter, "detail": "holds a key"}]
    assert network_key not in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/documents/{key}/", "/documents/?{key}", "/documents/?q=%76{rest}", "/?a=1;{key}=2"]
)
def test_key_anywhere_in_the_address_is_refused_without_saying_it_again(client, network_key, address):
    response = client.get("/api/v1" + address.format(key=network_key, rest=network_key[1:]))

    assert (response.status_code, response.json()["type"]) == (400, "/problems/key-in-url")
    assert all(error["detail"] for error in response.json()["errors"])
    assert network_key not in response.content.decode()


def test_keyed_answers_are_private(call, network_key):
    response = call("/documents/", key=network_key)

    assert response.headers["Cache-Control"] == "private, no-cache"
    assert {name.strip() for name in response.headers["Vary"].split(",")} == {"Authorization", "Origin"}


def test_use_is_noted_once_a_minute(call, network_key, django_assert_num_queries):
    with time_machine.travel("2026-11-23T12:00:00Z") as clock:
        call("/", key=network_key)
        with django_assert_num_queries(1):
            call("/", key=network_key)
        clock.move_to("2026-11-23T12:01:01Z")
        with django_assert_num_queries(2):
            call("/", key=network_key)

    assert ConsumerKey.objects.get().last_used_at.isoformat().startswith("2026-11-23T12:01:01")


@pytest.mark.parametrize(
    ("scopes", "access"),
    [
        ([], AccessScope()),
        (["webhooks", "receipts", "preview"], AccessScope()),
        (["read:network"], AccessScope(network=True)),
        (["read:consortium:east"], AccessScope(network=True, consortia=frozenset({"east"}))),
    ],
)
def test_sight_follows_from_scopes(scopes, access):
    assert build_access_scope(scopes) == access


def test_keyed_call_from_a_foreign_origin_is_forbidden(call):
    key = create_key(name="x", scopes=["read:network"], origins=["https://www.example.dk"])[1]

    own = call("/", key=key, headers={"Origin": "https://www.example.dk"})
    foreign = call("/", key=key, headers={"Origin": "https://evil.example"})
    server = call("/", key=key)

    assert (own.status_code, own.headers["Access-Control-Allow-Origin"]) == (200, "https://www.example.dk")
    assert (foreign.status_code, foreign.json()["type"]) == (403, "/problems/origin-not-allowed")
    assert "Access-Control-Allow-Origin" not in foreign.headers
    assert server.status_code == 200
    assert "Access-Control-Allow-Origin" not in server.headers


@pytest.fixture
def preflight(client, db):
    def ask(origin, headers="", path="/api/v1/documents/"):
        return client.options(
            path,
            headers={
                "Origin": origin,
                "Access-Control-Request-Method": "GET",
                "Access-Control-Request-Headers": headers,
            },
        )

    return ask


def test_preflight_lets_anyone_read_without_a_key(preflight):
    response = preflight("https://any.example", "if-none-match")

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
    assert "Authorization" not in response.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_preflight_lets_known_origins_alone_send_a_key(preflight):
    key, _secret = create_key(name="x", scopes=["read:network"], origins=["https://www.example.dk"])

    known = preflight("https://www.example.dk", "authorization")
    unknown = preflight("https://evil.example", "Authorization")
    ConsumerKey.objects.filter(pk=key.pk).update(revoked_at=key.created_at)
    revoked = preflight("https://www.example.dk", "authorization")

    assert known.headers["Access-Control-Allow-Origin"] == "https://www.example.dk"
    assert "Authorization" in known.headers["Access-Control-Allow-Headers"]
    assert "Authorization" not in unknown.headers["Access-Control-Allow-Headers"]
    assert "Authorization" not in revoked.headers["Access-Control-Allow-Headers"]
