"""A null character is no character of any text, and PostgreSQL refuses it even in a question: whoever sends one is told so."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from legal.models import Work
from tests.legal.acts import build_line, build_section, import_lines

SPECIFICATION = json.loads((Path(__file__).parent / "openapi.json").read_text(encoding="utf-8"))
NUL = "a\x00b"


def list_parameters(place):
    """List every path of the API with the parameters it takes in the path or in the query."""
    for path, operations in SPECIFICATION["paths"].items():
        names = [entry["name"] for entry in operations["get"].get("parameters", []) if entry["in"] == place]
        if names:
            yield path, names


def list_admin_names(resolver, namespaces=()):
    """List the names of the editor's addresses that take no argument."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from list_admin_names(entry, [*namespaces, *([entry.namespace] if entry.namespace else [])])
        elif isinstance(entry, URLPattern) and entry.name and not entry.pattern.converters:
            yield ":".join([*namespaces, entry.name])


@pytest.fixture
def act(db, tmp_path):
    """An act for addresses that need one."""
    import_lines(
        tmp_path,
        build_line(
            "LBK", 1009, "2024-09-02", "Bekendtgørelse af udlændingeloven", [build_section("9 a", "Gebyret er 1 kr.")]
        ),
    )
    return Work.objects.get()


def build_address(path, act, **values):
    """Build the address of an operation, with what is there but for the values given."""
    there = {"content_id": act.content_id, "section": "9 a", "vocabulary": "topics", "name": "all"}
    return path.format(**{**there, **values})


@pytest.mark.parametrize(("path", "names"), list(list_parameters("query")))
def test_every_parameter_with_a_null_character_is_named_and_refused(act, path, names):
    response = Client().get(build_address(path, act), dict.fromkeys(names, NUL))

    assert response.status_code == 400
    assert {error["parameter"] for error in response.json()["errors"]} == set(names)


@pytest.mark.parametrize(("path", "names"), list(list_parameters("path")))
def test_path_with_a_null_character_leads_nowhere(act, path, names):
    addresses = [build_address(path, act, **{name: quote(NUL)}) for name in names]

    assert [Client().get(address).status_code for address in addresses] == [404] * len(names)


@pytest.fixture
def editor(site):
    """An editor who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("editor", "editor@example.org"))
    return client


@pytest.mark.parametrize("address", ["/documents/1/a%00b.pdf", "/documents/1/a.pdf?x=%00", "/admin/%00/"])
def test_address_with_a_null_character_is_refused(db, address):
    assert Client().get(address).status_code == 400


def test_editors_pages_answer_a_null_character(editor):
    found = {}
    for name in sorted(set(list_admin_names(get_resolver()))):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if address.startswith("/admin/"):
            found[address] = editor.get(address, {"q": NUL}).status_code

    assert len(found) > 50
    assert {address: code for address, code in found.items() if code != 400} == {}
