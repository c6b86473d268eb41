"""Cutting of words into terms, as data and by the engine."""

import pytest

from cms.core.languages import LANGUAGES
from search.elastic.analysis import build_analysis, find_analysis, list_danish_parts
from search.elastic.index_names import READ, build_alias
from search.elastic.mappings import build_mappings


def analyse(engine, locale, analyzer, text):
    tokens = engine.indices.analyze(index=build_alias(locale, READ), analyzer=analyzer, text=text)["tokens"]
    return [token["token"] for token in tokens]


def test_mapping_is_strict_down_to_the_languages():
    mappings = build_mappings()

    assert mappings["dynamic"] == "strict"
    assert mappings["properties"]["covered"]["dynamic"] == "strict"
    assert set(mappings["properties"]["covered"]["properties"]) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("locale", "source", "filters"),
    [
        ("da", "built-in", ["lowercase", "parts", "text_stop", "text_stemmer"]),
        ("en", "built-in", ["possessive", "lowercase", "text_stop", "text_stemmer"]),
        ("pl", "plugin", ["lowercase", "polish_stop", "polish_stem"]),
        ("pl", "hunspell", ["lowercase", "text_stemmer"]),
        ("uk", "folding", ["lowercase", "asciifolding"]),
    ],
)
def test_text_is_stemmed_by_what_the_cluster_has(locale, source, filters):
    assert build_analysis(locale, source).settings["analyzer"]["text"]["filter"] == filters


@pytest.mark.elasticsearch
def test_language_nobody_prepared_for_is_folded(engine):
    analysis = find_analysis(engine, "ti")

    assert (analysis.source, analysis.settings["analyzer"]["text"]["filter"]) == (
        "folding",
        ["lowercase", "asciifolding"],
    )


def test_ukrainian_plugin_brings_an_analyzer_of_its_own():
    assert build_analysis("uk", "plugin").settings["analyzer"]["text"] == {"type": "ukrainian"}


def test_query_is_not_taken_apart():
    analyzers = build_analysis("da", "built-in").settings["analyzer"]

    assert "parts" not in analyzers["text_search"]["filter"]


def test_danish_parts_are_words_of_some_length_each_once():
    parts = list_danish_parts()

    assert len(set(parts)) == len(parts) > 150
    assert min(len(part) for part in parts) >= 4


@pytest.mark.elasticsearch
@pytest.mark.parametrize(
    ("locale", "first", "second"),
    [
        ("da", "opholdstilladelser", "opholdstilladelsen"),
        ("en", "permits", "permit"),
        ("de", "Wohnungen", "Wohnung"),
        ("ro", "școlile", "școli"),
        ("lt", "leidimas", "leidimo"),
        ("ar", "المدارس", "مدارس"),
    ],
)
def test_inflections_meet_in_one_term(engine, locale, first, second):
    assert set(analyse(engine, locale, "text", first)) & set(analyse(engine, locale, "text", second))


@pytest.mark.elasticsearch
@pytest.mark.parametrize(
    ("locale", "spellings"),
    [
        ("da", ["ægtefælle", "aegtefaelle", "agtefalle"]),
        ("da", ["Århus", "Aarhus"]),
        ("da", ["bør", "boer"]),
        ("de", ["Behörde", "Behoerde"]),
        ("pl", ["opłata", "oplata"]),
        ("ro", ["învăţământ", "învățământ", "invatamant"]),
        ("lt", ["mokestį", "mokesti"]),
    ],
)
def test_spellings_without_the_languages_own_letters_meet(engine, locale, spellings):
    assert len({tuple(analyse(engine, locale, "folded", spelling)) for spelling in spellings}) == 1


@pytest.mark.elasticsearch
def test_compound_is_also_found_by_its_parts(engine):
    terms = analyse(engine, "da", "text", "opholdstilladelse")

    assert {"opholdstillad", "ophold", "tillad"} <= set(terms)


@pytest.mark.elasticsearch
@pytest.mark.parametrize("locale", list(LANGUAGES))
def test_every_language_has_an_analysis_this_cluster_can_give(engine, locale):
    expected = {"built-in"} if locale not in ("pl", "uk") else {"plugin", "hunspell", "folding"}

    assert find_analysis(engine, locale).source in expected
