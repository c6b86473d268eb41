"""System checks say what is wrong in the settings."""

import pytest

from search.checks import check_addresses, check_prefix, check_timeout


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("http://127.0.0.1:9200", []),
        ("https://user:secret@search.example:9200", []),
        ("127.0.0.1:9200", ["search.E001"]),
        ("http://", ["search.E001"]),
        ("http://host:port", ["search.E001"]),
    ],
)
def test_addresses_are_checked(settings, url, ids):
    settings.SEARCH_ELASTICSEARCH_URLS = [url]

    assert [message.id for message in check_addresses(None)] == ids


def test_password_is_not_repeated(settings):
    settings.SEARCH_ELASTICSEARCH_URLS = ["ftp://user:secret@host"]

    assert "secret" not in check_addresses(None)[0].msg


@pytest.mark.parametrize(("seconds", "ids"), [(1.5, []), (0, ["search.E002"]), (30, ["search.E002"])])
def test_timeout_is_checked(settings, seconds, ids):
    settings.SEARCH_TIMEOUT_SECONDS = seconds

    assert [message.id for message in check_timeout(None)] == ids


@pytest.mark.parametrize(("prefix", "ids"), [("videnbro", []), ("", ["search.E003"]), ("Viden*", ["search.E003"])])
def test_prefix_is_checked(settings, prefix, ids):
    settings.SEARCH_INDEX_PREFIX = prefix

    assert [message.id for message in check_prefix(None)] == ids
