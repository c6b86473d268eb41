"""Addresses of the source, and the checks that say a wrong setting before the first call."""

import pytest
from django.test import override_settings

from legal.checks import check_harvest_addresses, check_harvest_pause
from legal.harvest.source_addresses import AddressError, build_xml_address, check_address, parse_eli_uri

pytestmark = pytest.mark.usefixtures("english")
ELI = "https://www.retsinformation.dk/eli/lta/2025/1183"


@pytest.mark.parametrize(
    "text",
    [
        "lta/2025/1183",
        "eli/lta/2025/1183",
        "/eli/lta/2025/1183/",
        ELI,
        f"{ELI}/dan/xml",
        "http://retsinformation.dk/eli/lta/2025/1183#id1",
    ],
)
def test_text_is_named_in_any_usual_spelling(text: str) -> None:
    assert parse_eli_uri(text) == ELI


@pytest.mark.parametrize(
    "text", ["", "1183", "lta/25/1183", "../../etc", "https://evil.example/eli/lta/2025/1183", f"{ELI}/../../admin?x=1"]
)
def test_what_names_no_text_is_refused(text: str) -> None:
    with pytest.raises(AddressError, match="names no text"):
        parse_eli_uri(text)


def test_xml_stands_under_the_text_at_the_source_of_the_settings() -> None:
    assert build_xml_address(ELI) == f"{ELI}/xml"
    with override_settings(LEGAL_HARVEST_SOURCE_URL="http://127.0.0.1:8001"):
        assert build_xml_address(ELI) == "http://127.0.0.1:8001/eli/lta/2025/1183/xml"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.retsinformation.dk/eli/x",
        "https://www.retsinformation.dk.evil.example/eli/x",
        "https://user:secret@www.retsinformation.dk/eli/x",
        "https://169.254.169.254/latest",
        "file:///etc/hostname",
        "//www.retsinformation.dk/eli/x",
        "",
    ],
)
def test_address_outside_the_source_is_not_asked(url: str) -> None:
    with pytest.raises(AddressError):
        check_address(url)


def test_addresses_of_the_settings_are_in_order() -> None:
    assert (check_harvest_addresses(None), check_harvest_pause(None)) == ([], [])


@override_settings(LEGAL_HARVEST_API_URL="https://example.org/v1", LEGAL_HARVEST_PAUSE_SECONDS=5.0)
def test_wrong_settings_are_told_with_their_names() -> None:
    found = [*check_harvest_addresses(None), *check_harvest_pause(None)]

    assert [(entry.id, entry.msg) for entry in found] == [
        ("legal.E001", "LEGAL_HARVEST_API_URL: example.org is no host of the source (LEGAL_HARVEST_HOSTS)."),
        ("legal.E002", "LEGAL_HARVEST_PAUSE_SECONDS is 5.0."),
    ]


@override_settings(
    LEGAL_HARVEST_API_URL="http://127.0.0.1:8001/v1/Documents",
    LEGAL_HARVEST_SOURCE_URL="http://127.0.0.1:8001",
    LEGAL_HARVEST_HOSTS=["127.0.0.1"],
    LEGAL_HARVEST_PAUSE_SECONDS=0.0,
)
def test_copy_of_the_source_on_this_machine_may_be_asked_faster() -> None:
    assert (check_harvest_addresses(None), check_harvest_pause(None)) == ([], [])
