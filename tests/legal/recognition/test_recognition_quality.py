"""The recogniser against five hundred sentences that were marked by reading; see ``citations/README.md``."""

import json
from pathlib import Path

from cms.core.unicode_text import strip_invisible
from legal.recognition import MentionKind, find_citations

LABELLED = Path(__file__).parent / "citations" / "labelled.ndjson"
PLACE = ("section", "section_to", "stk", "nr", "litra", "pkt", "partial")
REQUIRED = 0.97


def list_marked(sentence):
    """List what was marked by hand; everything has to agree for an entry to count."""
    return {
        json.dumps(
            [entry["start"], entry["end"], *(entry[name] for name in PLACE), strip_invisible(entry["act"] or "")]
        )
        for entry in sentence["citations"]
    }


def list_found(sentence):
    """List what is found. A self-reference names no act."""
    return {
        json.dumps(
            [
                found.start,
                found.end,
                *(getattr(found, name) for name in PLACE),
                strip_invisible(found.act.text) if found.act and found.act.kind != MentionKind.SELF else "",
            ]
        )
        for found in find_citations(sentence["text"])
    }


def test_labelled_sentences_are_recognised_with_precision_and_recall():
    sentences = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]

    marked = [list_marked(sentence) for sentence in sentences]
    found = [list_found(sentence) for sentence in sentences]

    right = sum(len(one & other) for one, other in zip(marked, found, strict=True))
    assert right / sum(map(len, found)) >= REQUIRED
    assert right / sum(map(len, marked)) >= REQUIRED
