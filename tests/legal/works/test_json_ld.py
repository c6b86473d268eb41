"""JSON-LD of acts and law notes: schema.org, by the keys its guide asks for."""

from datetime import date
from typing import Any

import orjson
import pytest

from legal.models import Work
from legal.works.act_documents import build_act_document, build_provision
from legal.works.json_ld import build_act_json_ld, build_law_note_json_ld, build_provision_json_ld
from tests.factories.releases import read_document
from tests.legal.acts import COLLECTION, build_line, build_section, import_lines

TITLE = "Bekendtgørelse af udlændingeloven"
REQUIRED = {
    "Legislation": {"@id", "name"},
    "Article": {"@id", "url", "headline", "inLanguage", "datePublished", "dateModified"},
    "Audience": {"audienceType"},
}
# What only names another one by its id, or a section by its label, says no more.
REFERENCE = {"Legislation": {"name"}, "Article": {"@id", "inLanguage"}}
FORCES = {f"https://schema.org/{force}" for force in ("InForce", "NotInForce", "PartiallyInForce")}
NOTE = {
    "type": "law-note",
    "locale": "da",
    "url": "http://testserver/da/lovnyt/ny-graense/",
    "title": "Ny beløbsgrænse",
    "summary": "Grænsen stiger.",
    "first_released_at": "2026-11-01T09:00:00Z",
    "released_at": "2026-11-20T09:00:00Z",
    "applies_from": "2026-11-01",
    "applies_until": None,
    "topics": ["work"],
    "audiences": ["employer"],
    "translations": [{"locale": "en", "state": "current", "url": "http://testserver/en/law/new-limit/"}],
    "translation": {"state": "source", "source_locale": "da", "source_version": None},
    "sources": [
        {
            "eli_uri": f"{COLLECTION}/2025/1183",
            "sections": ["9 a"],
            "act": {"short_title": "udlændingeloven", "document_type": "LBK"},
        },
        {"eli_uri": f"{COLLECTION}/2031/1", "sections": [], "act": None},
    ],
}


def list_faults(node: Any, place: str = "") -> list[str]:
    """List what is wrong with a description, or with what it holds."""
    if isinstance(node, list):
        return [fault for index, entry in enumerate(node) for fault in list_faults(entry, f"{place}[{index}]")]
    if not isinstance(node, dict):
        return [] if node not in (None, "") else [f"{place}: empty"]
    kind = node.get("@type")
    if kind not in REQUIRED:
        return [f"{place}: unknown type {kind}"]
    required = REFERENCE.get(kind, REQUIRED[kind]) if place else REQUIRED[kind] | {"@context"}
    known = required & node.keys() or ({"@id", "legislationIdentifier"} if place else set())
    faults = [f"{place}: {key} is missing" for key in (known if place else required) - node.keys()]
    return faults + [fault for key, value in node.items() for fault in list_faults(value, f"{place}.{key}")]


@pytest.fixture
def work(db, tmp_path):
    """An act with two consolidations."""
    lines = [
        build_line("LBK", number, signed, TITLE, [build_section("9 a", "Opholdstilladelse kan gives.")])
        for number, signed in ((1009, "2024-09-02"), (1183, "2025-09-25"))
    ]
    import_lines(tmp_path, *lines)
    return Work.objects.get()


def test_act_is_legislation_with_its_identifiers_dates_and_force(work):
    described = read_document(work.content_id, date(2026, 11, 24))["json_ld"]

    assert list_faults(described) == []
    assert described == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": f"http://testserver{work.path}",
        "url": f"http://testserver{work.path}",
        "name": "Udlændingeloven",
        "alternateName": ["udl."],
        "inLanguage": "da",
        "legislationIdentifier": f"{COLLECTION}/2025/1183",
        "legislationType": "lovbekendtgørelse",
        "legislationDate": "2025-09-25",
        "legislationDateVersion": "2025-09-25",
        "legislationLegalForce": "https://schema.org/InForce",
        "legislationJurisdiction": "DK",
        "legislationConsolidates": {
            "@type": "Legislation",
            "@id": f"{COLLECTION}/2024/1009",
            "legislationIdentifier": f"{COLLECTION}/2024/1009",
            "legislationType": "lovbekendtgørelse",
        },
        "sameAs": f"{COLLECTION}/2025/1183",
    }


def test_act_at_a_date_is_the_text_of_that_day(work):
    described = build_act_document(work, date(2025, 1, 1))["json_ld"]

    names = ("legislationIdentifier", "legislationDate", "legislationDateVersion", "legislationLegalForce")
    assert list_faults(described) == []
    assert [described[name] for name in names] == [
        f"{COLLECTION}/2024/1009",
        "2024-09-02",
        "2025-01-01",
        "https://schema.org/InForce",
    ]
    assert "legislationConsolidates" not in described


@pytest.mark.parametrize(
    ("state", "force"),
    [
        ("in_force", "InForce"),
        ("partly_in_force", "PartiallyInForce"),
        ("not_in_force", "NotInForce"),
        ("repealed", "NotInForce"),
        ("historic", "NotInForce"),
    ],
)
def test_force_follows_the_derived_state(state, force):
    document = {"url": "http://testserver/da/acts/x/", "title": "Lov", "status": {"state": state}}

    assert build_act_json_ld(document)["legislationLegalForce"] == f"https://schema.org/{force}"


def test_force_that_is_not_known_is_left_out():
    document = {"url": "http://testserver/da/acts/x/", "title": "Lov", "status": {"state": "unknown"}}

    assert build_act_json_ld(document) == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": "http://testserver/da/acts/x/",
        "url": "http://testserver/da/acts/x/",
        "name": "Lov",
        "inLanguage": "da",
    }


def test_section_is_part_of_its_act(work):
    described = build_provision_json_ld(build_provision(work, "9 a", date(2025, 1, 1)))

    assert list_faults(described) == []
    assert described["name"] == f"§ 9 a {work.short_title}"
    assert described["legislationDateVersion"] == "2025-01-01"
    assert described["isPartOf"]["@id"] == f"{COLLECTION}/2024/1009"


def test_law_note_is_an_article_about_legislation():
    described = build_law_note_json_ld(NOTE)

    assert list_faults(described) == []
    assert described == {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": NOTE["url"],
        "url": NOTE["url"],
        "headline": "Ny beløbsgrænse",
        "description": "Grænsen stiger.",
        "inLanguage": "da",
        "datePublished": "2026-11-01T09:00:00Z",
        "dateModified": "2026-11-20T09:00:00Z",
        "temporalCoverage": "2026-11-01/..",
        "audience": [{"@type": "Audience", "audienceType": "employer"}],
        "keywords": ["work"],
        "about": [
            {
                "@type": "Legislation",
                "@id": f"{COLLECTION}/2025/1183",
                "legislationIdentifier": f"{COLLECTION}/2025/1183",
                "legislationType": "lovbekendtgørelse",
                "name": "udlændingeloven",
                "hasPart": [{"@type": "Legislation", "name": "§ 9 a"}],
            },
            {
                "@type": "Legislation",
                "@id": f"{COLLECTION}/2031/1",
                "legislationIdentifier": f"{COLLECTION}/2031/1",
            },
        ],
        "workTranslation": [{"@type": "Article", "@id": "http://testserver/en/law/new-limit/", "inLanguage": "en"}],
    }
    assert orjson.loads(orjson.dumps(described)) == described


def test_translation_of_a_law_note_names_its_original():
    translations = [
        {"locale": "da", "state": "source", "url": NOTE["url"]},
        {"locale": "en", "state": "current", "url": "http://testserver/en/law/new-limit/"},
    ]
    polish = {**NOTE, "locale": "pl", "url": "http://testserver/pl/prawo/", "translations": translations}

    described = build_law_note_json_ld(polish)

    assert described["translationOfWork"] == {"@type": "Article", "@id": NOTE["url"], "inLanguage": "da"}
    assert "workTranslation" not in described
