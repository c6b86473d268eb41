"""The labelled sentences are well formed: what measures the recogniser of citations has to be right itself."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from cms.core.unicode_text import strip_invisible
from legal.language.section_numbers import normalise_section

FIELDS = ["start", "end", "act", "section", "section_to", "stk", "nr", "litra", "pkt", "partial"]
LABELLED = Path(__file__).parent / "citations" / "labelled.ndjson"


@pytest.fixture(scope="module")
def sentences():
    return [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def citations(sentences):
    return [(sentence["text"], citation) for sentence in sentences for citation in sentence["citations"]]


def test_sentences_are_numbered_and_differ(sentences):
    numbers = [sentence["id"] for sentence in sentences]
    texts = {sentence["text"] for sentence in sentences}

    assert numbers == list(range(1, 501))
    assert len(texts) == 500


def test_citations_have_the_same_fields(citations):
    odd = [citation for _, citation in citations if list(citation) != FIELDS]

    assert odd == []


def test_spans_are_trimmed_and_inside_the_text(citations):
    spans = [strip_invisible(text[citation["start"] : citation["end"]]) for text, citation in citations]
    beyond = [citation for text, citation in citations if not 0 <= citation["start"] < citation["end"] <= len(text)]

    assert beyond == []
    assert [span for span in spans if not span or span != span.strip(" ,;:()")] == []


def test_spans_of_one_sentence_stand_in_order_without_overlap(sentences):
    odd = [
        sentence["id"]
        for sentence in sentences
        for one, following in pairwise(sentence["citations"])
        if one["end"] > following["start"]
    ]

    assert odd == []


def test_acts_are_words_of_their_sentence(citations):
    odd = [citation["act"] for text, citation in citations if citation["act"] and citation["act"] not in text]

    assert odd == []


def test_sections_are_in_stored_form(citations):
    sections = [s for _, citation in citations for s in (citation["section"], citation["section_to"]) if s is not None]

    assert [section for section in sections if section != normalise_section(section)] == []


def test_partial_citations_are_those_without_section_and_act(citations):
    odd = [
        (text, citation)
        for text, citation in citations
        if citation["partial"] != (citation["section"] is None and citation["act"] is None)
    ]

    assert odd == []


def test_every_kind_has_its_share(sentences, citations):
    shares = {
        "own": sum(sentence["source"] == "own" for sentence in sentences),
        "without a citation": sum(not sentence["citations"] for sentence in sentences),
        "invisible characters": sum(sentence["text"] != strip_invisible(sentence["text"]) for sentence in sentences),
        "act named": sum(citation["act"] is not None for _, citation in citations),
        "whole act": sum(citation["act"] is not None and citation["section"] is None for _, citation in citations),
        "range": sum(citation["section_to"] is not None for _, citation in citations),
        "partial": sum(citation["partial"] for _, citation in citations),
        "litra": sum(bool(citation["litra"]) for _, citation in citations),
        "pkt": sum(bool(citation["pkt"]) for _, citation in citations),
    }
    wanted = {
        "own": 25,
        "without a citation": 50,
        "invisible characters": 20,
        "act named": 300,
        "whole act": 40,
        "range": 40,
        "partial": 120,
        "litra": 10,
        "pkt": 50,
    }

    assert {kind: share for kind, share in shares.items() if share < wanted[kind]} == {}
