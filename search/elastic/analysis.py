"""Analysers: the cutting of each language's text into terms.

Three readings of every text: ``text`` with the language's stop words and stems, ``folded`` for spellings without the language's own
letters ("aegtefaelle", "opłata" as "oplata"), and ``plain`` for suggestions. The chains are those of Elasticsearch's built-in
analyzers, written out so that a filter can be added. Source: Elasticsearch reference, "Language analyzers".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from elasticsearch import ApiError, Elasticsearch

WORDS = Path(__file__).parent / "words"
MIN_PART_LENGTH = 4
STEMMERS = {
    "da": "danish",
    "en": "english",
    "de": "light_german",
    "ro": "romanian",
    "lt": "lithuanian",
    "ar": "arabic",
}
STOP_WORDS = {"da": "danish", "en": "english", "de": "german", "ro": "romanian", "lt": "lithuanian", "ar": "arabic"}
PLUGINS = {"pl": "analysis-stempel", "uk": "analysis-ukrainian"}
DICTIONARIES = {"pl": "pl_PL", "uk": "uk_UA"}
FOLDING: dict[str, list[str]] = {
    # Reads æ, ae and a alike, ø, oe and o, å, aa and a: symmetrical, so any spelling finds any other.
    "da": ["scandinavian_folding"],
    "de": ["german_normalization", "asciifolding"],
    "ar": ["decimal_digit", "arabic_normalization"],
}


@dataclass(frozen=True)
class Analysis:
    """The ``analysis`` settings of one language's index; ``source`` says what stems it: built-in, plugin, hunspell or folding."""

    locale: str
    source: str
    settings: dict[str, Any]


def find_analysis(client: Elasticsearch, locale: str) -> Analysis:
    """Build the best analysis the cluster can give a language; one that nothing is known of here is folded, not stemmed."""
    if locale in STEMMERS:
        return build_analysis(locale, "built-in")
    if locale not in PLUGINS:
        return build_analysis(locale, "folding")
    if PLUGINS[locale] in list_plugins(client):
        return build_analysis(locale, "plugin")
    if has_dictionary(client, DICTIONARIES[locale]):
        return build_analysis(locale, "hunspell")
    return build_analysis(locale, "folding")


def list_plugins(client: Elasticsearch) -> set[str]:
    """List the plugins that every node has."""
    nodes = client.nodes.info(metric="plugins")["nodes"].values()
    return set.intersection(*({plugin["name"] for plugin in node["plugins"]} for node in nodes))


def has_dictionary(client: Elasticsearch, dictionary: str) -> bool:
    """Say whether the node asked has a hunspell dictionary."""
    try:
        client.indices.analyze(tokenizer="standard", filter=[{"type": "hunspell", "locale": dictionary}], text="test")
    except ApiError:
        return False
    return True


def build_analysis(locale: str, source: str) -> Analysis:
    """Build the settings of one language; ``source`` chooses the stemmer of Polish and Ukrainian."""
    folding = FOLDING.get(locale, ["asciifolding"])
    stem_filters, filters = _build_stemming(locale, source)
    stop = ["text_stop"] if "text_stop" in filters else []
    analyzers: dict[str, Any] = {
        "folded": _build_analyzer(["lowercase", *stop, *folding, *(["text_stemmer"] if locale == "da" else [])]),
        "plain": _build_analyzer(["lowercase"]),
        "prefix_index": _build_analyzer(["lowercase", *folding, "prefixes"]),
        "prefix_search": _build_analyzer(["lowercase", *folding, "prefix_length"]),
    }
    if locale == "uk" and source == "plugin":
        analyzers["text"] = {"type": "ukrainian"}
        analyzers["text_search"] = {"type": "ukrainian"}
    else:
        parts = ["parts"] if locale == "da" else []
        lowercase = ["possessive", "lowercase"] if locale == "en" else ["lowercase"]
        analyzers["text"] = _build_analyzer([*lowercase, *parts, *stem_filters])
        # The parts of a compound are indexed beside it. A query is not taken apart: it would find every part alone.
        analyzers["text_search"] = _build_analyzer([*lowercase, *stem_filters])
    if locale == "da":
        filters["parts"] = {
            "type": "dictionary_decompounder",
            "word_list": list(list_danish_parts()),
            "min_subword_size": MIN_PART_LENGTH,
            "only_longest_match": True,
        }
    if locale == "en":
        filters["possessive"] = {"type": "stemmer", "language": "possessive_english"}
    filters["prefixes"] = {"type": "edge_ngram", "min_gram": 1, "max_gram": 20}
    filters["prefix_length"] = {"type": "truncate", "length": 20}
    return Analysis(
        locale,
        source,
        {
            "filter": filters,
            "analyzer": analyzers,
            "char_filter": {
                "section_spelling": {"type": "pattern_replace", "pattern": r"[§\s\u00a0.]", "replacement": ""}
            },
            "normalizer": {
                # "§ 9 a", "9 a" and "9a" are one section.
                "section": {"type": "custom", "char_filter": ["section_spelling"], "filter": ["lowercase"]},
                "name": {"type": "custom", "filter": ["lowercase"]},
            },
        },
    )


@lru_cache(maxsize=1)
def list_danish_parts() -> Sequence[str]:
    """List the words Danish compounds of this field are made of."""
    words = (WORDS / "danish_parts.txt").read_text(encoding="utf-8").split()
    return tuple(word for word in words if len(word) >= MIN_PART_LENGTH)


def _build_stemming(locale: str, source: str) -> tuple[list[str], dict[str, Any]]:
    builders: dict[str, Callable[[], tuple[list[str], dict[str, Any]]]] = {
        "built-in": lambda: _build_built_in(locale),
        "plugin": lambda: (["polish_stop", "polish_stem"] if locale == "pl" else [], {}),
        "hunspell": lambda: (["text_stemmer"], {"text_stemmer": {"type": "hunspell", "locale": DICTIONARIES[locale]}}),
        "folding": lambda: (["asciifolding"], {}),
    }
    return builders[source]()


def _build_built_in(locale: str) -> tuple[list[str], dict[str, Any]]:
    filters: dict[str, Any] = {
        "text_stop": {"type": "stop", "stopwords": f"_{STOP_WORDS[locale]}_"},
        "text_stemmer": {"type": "stemmer", "language": STEMMERS[locale]},
    }
    between = {"de": ["german_normalization"], "ar": ["arabic_normalization"]}.get(locale, [])
    before = ["decimal_digit"] if locale == "ar" else []
    return [*before, "text_stop", *between, "text_stemmer"], filters


def _build_analyzer(filters: list[str]) -> dict[str, Any]:
    return {"type": "custom", "tokenizer": "standard", "filter": filters}
