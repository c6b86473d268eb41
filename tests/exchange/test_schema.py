"""The schema in the documentation is the one that judges."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from cms.exchange.schema import build_bundle_schema

ROOT = Path(__file__).resolve().parents[2]


def test_documented_schema_is_the_importers():
    documented = json.loads((ROOT / "docs" / "content-bundle.schema.json").read_text(encoding="utf-8"))

    assert documented == json.loads(json.dumps(build_bundle_schema(), default=str))


def test_starter_bundles_fulfil_the_documented_schema():
    validator = Draft202012Validator(build_bundle_schema())
    bundles = [*(ROOT / "knowledge" / "starter").glob("*.ndjson"), ROOT / "legal" / "starter" / "law-notes.ndjson"]
    lines = [json.loads(line) for bundle in bundles for line in bundle.read_text(encoding="utf-8").splitlines()]

    wrong = [line["source_id"] for line in lines if not validator.is_valid(line)]

    assert (len(lines) > 150, wrong) == (True, [])
