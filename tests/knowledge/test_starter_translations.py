"""The starter content's translations, held against their sources as a translator's would be."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wagtail_localize.strings import extract_strings

from cms.core.languages import LANGUAGES
from cms.translation.checks.services import PassageChecker
from cms.translation.glossary.csv_import import import_glossary
from cms.translation.glossary.starter_glossary import STARTER, load_glossary
from cms.translation.models import Concept, Definition, Term
from knowledge.starter_content import BUNDLES

pytestmark = pytest.mark.django_db
WRITTEN = ("title", "summary", "html", "blocks", "fields")


def iterate_texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Iterate over the texts of a bundle line with their places."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from iterate_texts(part, f"{place}/{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from iterate_texts(part, f"{place}/{number}")
    elif isinstance(value, str):
        yield place, value


def split(html: str) -> list[str]:
    """Split a text into the passages a translator would be offered."""
    return [string.data for string, _attributes in extract_strings(html)[1]]


def list_pairs() -> list[tuple[str, str, str, str, str]]:
    """List name, languages, source and translation of every passage, and of every text as a whole."""
    lines = [json.loads(line) for bundle in BUNDLES for line in bundle.read_text(encoding="utf-8").splitlines()]
    sources = {line["source_id"]: line for line in lines if not line.get("translation_of")}
    pairs = []
    for line in lines:
        source = sources.get(line.get("translation_of", ""))
        if source is None:
            continue
        own = dict(iterate_texts({name: line.get(name) for name in WRITTEN}))
        for place, text in iterate_texts({name: source.get(name) for name in WRITTEN}):
            if place not in own or own[place] == text:
                continue
            name = f"{line['source_id']}{place}"
            pairs.append((name, source["locale"], line["locale"], text, own[place]))
            before, after = split(text), split(own[place])
            if len(before) == len(after) > 1:
                pairs += [(name, source["locale"], line["locale"], *pair) for pair in zip(before, after, strict=True)]
    return pairs


def test_starter_translations_have_no_finding_that_blocks() -> None:
    load_glossary()
    pairs = list_pairs()
    checkers = {(source, own): PassageChecker(source, own) for _name, source, own, _text, _words in pairs}

    findings = [
        (name, own, finding.message)
        for name, source, own, text, words in pairs
        for finding in checkers[source, own].check(text, words)
        if finding.is_blocking
    ]

    assert findings == []
    assert {own for _name, _source, own, _text, _words in pairs} == set(LANGUAGES) - {"da"}
    assert len(pairs) > 1_000


def test_starter_glossary_has_a_preferred_term_and_a_definition_in_every_language() -> None:
    load_glossary()
    concepts = set(Concept.objects.values_list("slug", flat=True))
    wanted = {(slug, code) for slug in concepts for code in LANGUAGES}

    assert len(concepts) >= 40
    assert set(Term.objects.filter(kind="preferred").values_list("concept__slug", "locale")) == wanted
    assert set(Definition.objects.values_list("concept__slug", "locale")) == wanted


def test_starter_glossary_is_a_file_that_can_be_imported_and_keeps_what_editors_changed() -> None:
    load_glossary()
    report = import_glossary(Path(STARTER).read_bytes(), is_replacing=True)
    Term.objects.filter(concept__slug="deposit", locale="en").update(term="security deposit")

    load_glossary()

    assert (report.added, report.changed, report.removed) == (0, 0, 0)
    assert Term.objects.get(concept__slug="deposit", locale="en").term == "security deposit"
