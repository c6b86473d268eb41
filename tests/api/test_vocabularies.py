"""Vocabularies: complete, labelled in the language asked for, in Danish order."""

import pytest
import time_machine

from cms.translation.glossary.csv_import import import_glossary


def test_topics_are_labelled_with_fallback_in_the_order_of_the_language(call, vocabularies):
    response = call("/vocabularies/topics/", locale="de")

    assert response.json() == {
        "results": [
            {"slug": "aarsopgoerelse", "label": "Årsopgørelse"},
            {"slug": "work", "label": "Work"},
            {"slug": "zoner", "label": "Zoner"},
        ]
    }
    assert response.headers["Content-Language"] == "de"
    assert "ETag" in response.headers


def test_consortia_carry_their_municipalities_of_today(call, vocabularies, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = call("/vocabularies/consortia/").json()["results"]
    with time_machine.travel("2025-12-31T12:00:00Z"):
        earlier = call("/vocabularies/consortia/").json()["results"]

    assert found[1] == {
        "slug": "east",
        "label": "Aarhus",
        "municipalities": ["0751"],
        "focus_areas": ["retention"],
        "valid_from": "2026-01-01",
        "valid_to": None,
    }
    assert earlier[1]["municipalities"] == []


def test_municipalities_and_audiences(call, vocabularies):
    assert call("/vocabularies/municipalities/").json()["results"] == [
        {"code": "0561", "label": "Esbjerg"},
        {"code": "0751", "label": "Aarhus"},
    ]
    assert call("/vocabularies/audiences/").json()["results"] == [
        {"slug": "eu-citizen", "label": "EU-borger", "kind": "nationality"},
        {"slug": "student", "label": "Studerende", "kind": "role"},
    ]


def test_glossary_tells_each_concept_in_the_first_language_it_is_named_in(call, db, django_assert_num_queries):
    import_glossary(
        b"concept,locale,term,kind,definition\n"
        b"permit,da,opholdstilladelse,preferred,Lov til at bo i Danmark.\n"
        b"permit,pl,zezwolenie na pobyt,preferred,Zgoda na mieszkanie w Danii.\n"
        b"permit,pl,karta pobytu,lay,\n"
        b"permit,pl,wiza,forbidden,\n"
        b"card,da,skattekort,preferred,\n"
    )

    with django_assert_num_queries(3):
        found = call("/vocabularies/glossary/", locale="pl").json()["results"]

    assert found == [
        {"slug": "card", "label": "skattekort", "locale": "da", "synonyms": [], "definition": ""},
        {
            "slug": "permit",
            "label": "zezwolenie na pobyt",
            "locale": "pl",
            "synonyms": ["karta pobytu"],
            "definition": "Zgoda na mieszkanie w Danii.",
        },
    ]


@pytest.mark.parametrize(
    "name", ["consortia", "municipalities", "topics", "audiences", "focus-areas", "policy-areas", "glossary"]
)
def test_unchanged_vocabulary_is_304(call, vocabularies, name):
    etag = call(f"/vocabularies/{name}/").headers["ETag"]

    assert call(f"/vocabularies/{name}/", headers={"If-None-Match": etag}).status_code == 304


def test_root_says_what_is_here(call):
    root = call("/").json()

    assert root["version"] == "1"
    assert {"locale": "ar", "endonym": "العربية", "direction": "rtl", "fallback_chain": ["ar", "en", "da"]} in root[
        "locales"
    ]
    assert "law-note" in root["types"]
    assert root["links"]["documents"] == "http://testserver/api/v1/documents/"


def test_health(client, db):
    assert client.get("/livez").json() == {"status": "live"}
    assert client.get("/readyz").json()["database"] == "up"
