"""The OpenAPI document: a diff in the stored one is a reviewed change, and the answers are as it says.

To accept a change: ``UPDATE_OPENAPI=1 pytest tests/contract``.
"""

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from cms.api.v1.views.documentation import build_openapi_document

STORED = Path(__file__).parent / "openapi.json"


@pytest.fixture(scope="module")
def description():
    return json.loads(build_openapi_document())


@pytest.fixture(scope="module")
def validate(description):
    resource = Resource(contents=description, specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", resource)

    def check(value, schema):
        absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:api#/'))
        errors = Draft202012Validator(absolute, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return [f"{error.json_path}: {error.message[:300]}" for error in errors.iter_errors(value)]

    return check


def test_description_is_the_reviewed_one(description):
    printed = json.dumps(description, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_OPENAPI"):
        STORED.write_text(printed)

    assert printed == STORED.read_text()


def test_description_is_openapi_3_1(description):
    assert description["openapi"].startswith("3.1.")
    assert all(path.startswith("/api/v1/") for path in description["paths"])
    mapping = description["components"]["schemas"]["Document"]["discriminator"]["mapping"]
    assert {"page", "guide", "contact-point", "article", "best-practice", "consortium", "act", "law-note"} <= set(
        mapping
    )


def test_every_operation_describes_its_problems(description):
    for path, operations in description["paths"].items():
        for operation in operations.values():
            refusal = operation["responses"]["400"]["content"]
            assert list(refusal) == ["application/problem+json"], path


def test_every_released_document_is_as_described(ask, validate, description):
    lines = b"".join(ask("/snapshot/").streaming_content).splitlines()[1:]
    lines += b"".join(ask("/snapshot/?type=act").streaming_content).splitlines()[1:]

    faults = {}
    for line in lines:
        document = json.loads(line)
        if errors := validate(document, {"$ref": "#/components/schemas/Document"}):
            name = description["components"]["schemas"]["Document"]["discriminator"]["mapping"][document["type"]]
            faults[document["url"]] = validate(document, {"$ref": name}) or errors
    assert len(lines) > 50
    assert faults == {}


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "/api/v1/"),
        ("/documents/?limit=5", "/api/v1/documents/"),
        ("/documents/?fields=id,title", "/api/v1/documents/"),
        ("/documents/{id}/", "/api/v1/documents/{content_id}/"),
        ("/documents/{id}/?expand=related", "/api/v1/documents/{content_id}/"),
        ("/documents/{id}/versions/", "/api/v1/documents/{content_id}/versions/"),
        ("/search/?q=ophold", "/api/v1/search/"),
        ("/search/?q=&type=act", "/api/v1/search/"),
        ("/search/suggest/?q=op", "/api/v1/search/suggest/"),
        ("/changes/?cursor={cursor}", "/api/v1/changes/"),
        *(
            (f"/vocabularies/{name}/", "/api/v1/vocabularies/{vocabulary}/")
            for name in ("consortia", "topics", "audiences")
        ),
        ("/vocabularies/municipalities/?locale=en", "/api/v1/vocabularies/{vocabulary}/"),
        ("/acts/?limit=3", "/api/v1/acts/"),
        ("/acts/{act}/", "/api/v1/acts/{content_id}/"),
        ("/citations/?q=udl.+%C2%A7+9+a,+jf.+stk.+2,+og+nr.+5+c", "/api/v1/citations/"),
        ("/acts/{act}/diff/?from=2026-11-20&to=2027-01-01", "/api/v1/acts/{content_id}/diff/"),
        ("/feeds/all.json?limit=100", "/api/v1/feeds/{name}.json"),
        ("/feeds/all.json?act={act}", "/api/v1/feeds/{name}.json"),
    ],
)
def test_answers_are_as_described(ask, validate, description, address, path):
    names = {
        "id": ask("/documents/?limit=1&type=law-note").json()["results"][0]["id"],
        "act": ask("/acts/?limit=1").json()["results"][0]["id"],
        "cursor": json.loads(b"".join(ask("/snapshot/?locale=da").streaming_content).splitlines()[0])["cursor"],
    }

    response = ask(address.format(**names))

    content = description["paths"][path]["get"]["responses"]["200"]["content"]
    assert response.status_code == 200
    assert validate(response.json(), content[response.headers["Content-Type"]]["schema"]) == []


@pytest.mark.parametrize("address", ["/documents/?x=1", "/documents/x/", "/changes/?cursor=x", "/search/?page=0"])
def test_problems_are_as_described(ask, validate, description, address):
    response = ask(address)

    schema = description["paths"]["/api/v1/documents/"]["get"]["responses"]["400"]["content"][
        "application/problem+json"
    ]
    assert validate(response.json(), schema["schema"]) == []
