"""The shape of an index: strict, so that a field nobody declared fails instead of being guessed.

One index holds one language. ``kind`` is ``document`` (one for each released version that has a window) or ``provision`` (one for
each section of an act's text). Both carry what filters need; a provision carries its act's.
"""

from typing import Any

from cms.core.languages import LANGUAGES
from search.elastic.analysis import Analysis

KEYWORD: dict[str, Any] = {"type": "keyword"}
DATE: dict[str, Any] = {"type": "date", "format": "strict_date"}
SHOWN: dict[str, Any] = {"type": "keyword", "index": False, "doc_values": True}
REFRESH_INTERVAL = "500ms"


def build_settings(analysis: Analysis) -> dict[str, Any]:
    """Build the settings of one language's index."""
    return {
        "number_of_shards": 1,
        # Follows the cluster: no replica on one node, one as soon as there are two.
        "auto_expand_replicas": "0-1",
        "refresh_interval": REFRESH_INTERVAL,
        # A late message about a withdrawn version must still meet its tombstone.
        "gc_deletes": "1h",
        "analysis": analysis.settings,
    }


def build_mappings() -> dict[str, Any]:
    """Build the mapping, the same for every language."""
    return {
        "dynamic": "strict",
        "properties": {
            "kind": KEYWORD,
            "content_id": KEYWORD,
            "locale": KEYWORD,
            "version": KEYWORD,
            "position": {"type": "long"},
            "log_position": {"type": "long"},
            "type": KEYWORD,
            "state": KEYWORD,
            "visibility": KEYWORD,
            "consortium": KEYWORD,
            "topic": KEYWORD,
            "audience": KEYWORD,
            "focus_area": KEYWORD,
            "municipality": KEYWORD,
            "starts": DATE,
            "ends": DATE,
            "applies_from": DATE,
            "released_at": {"type": "date"},
            "commencements": DATE,
            "has_undated_commencement": {"type": "boolean"},
            # The first day on which what it tells of has ended.
            "ended_on": DATE,
            "is_historic": {"type": "boolean"},
            # The days on which the content applies in other languages, for the fallback rule (decision 0005).
            "covered": _build_ranges(),
            "covered_stale": _build_ranges(),
            "title": _build_text(
                {
                    "prefix": {"type": "text", "analyzer": "prefix_index", "search_analyzer": "prefix_search"},
                }
            ),
            "title_key": KEYWORD,
            "names": _build_text({"exact": {"type": "keyword", "normalizer": "name", "ignore_above": 300}}),
            "summary": _build_text(),
            "body": _build_text(),
            "spelling": {"type": "text", "analyzer": "plain", "norms": False},
            "section": {"type": "keyword", "normalizer": "section"},
            "mentions": {"type": "keyword", "normalizer": "section"},
            "label": SHOWN,
            "path": SHOWN,
        },
    }


def _build_text(fields: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "text",
        "analyzer": "text",
        "search_analyzer": "text_search",
        # Highlights are found without reading the text once more.
        "index_options": "offsets",
        "fields": {"folded": {"type": "text", "analyzer": "folded", "index_options": "offsets"}, **(fields or {})},
    }


def _build_ranges() -> dict[str, Any]:
    ranges = {"type": "date_range", "format": "strict_date"}
    return {"dynamic": "strict", "properties": dict.fromkeys(LANGUAGES, ranges)}
