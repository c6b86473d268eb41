"""Pairs of passages: each of the source with the words that render it, its links named as in the source."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from bs4 import BeautifulSoup

from cms.translation.alignment.places import Passages

# The editor's mark of a paragraph, drawn at random.
# Example: "<p‹ data-block-key=\"a1b2c\"›>"
BLOCK_KEY = re.compile(r'\sdata-block-key="[^"]*"')

Attributes = dict[str, Any]
# Builds what a link leads to, the same for every language of one page.
TargetReader = Callable[[Attributes], Any]


def pair_passages(
    source: Passages, translated: Passages, read_target: TargetReader
) -> list[tuple[Any, str, dict[str, str]]] | None:
    """Pair the passages of one place as ``(key of the source's passage, translated html, other addresses)``.

    Other addresses are those of links that lead elsewhere in the translation, by the source's address. ``None`` where the two
    differ in structure.
    """
    if len(source.strings) != len(translated.strings):
        return None
    if BLOCK_KEY.sub("", source.template) != BLOCK_KEY.sub("", translated.template):
        return None
    pairs = []
    for (key, _html, attributes), (_none, words, own) in zip(source.strings, translated.strings, strict=True):
        renamed = _rename_links(words, own, attributes, read_target)
        if renamed is None:
            return None
        pairs.append((key, *renamed))
    return pairs


def _rename_links(
    words: str, own: Attributes, attributes: Attributes, read_target: TargetReader
) -> tuple[str, dict[str, str]] | None:
    """Give the links of a translated passage the names that the same links have in the source."""
    if not own:
        return words, {}
    names = dict(_match_links(own, attributes, read_target))
    if len(names) != len(own):
        return None
    soup = BeautifulSoup(words, "html.parser")
    for link in soup.find_all(id=True):
        link["id"] = names[str(link["id"])]
    changed = {
        attributes[name]["href"]: own[old]["href"]
        for old, name in names.items()
        if "href" in attributes[name] and attributes[name]["href"] != own[old]["href"]
    }
    return str(soup), changed


def _match_links(own: Attributes, attributes: Attributes, read_target: TargetReader) -> Iterator[tuple[str, str]]:
    """Match links by what they lead to, whatever their order; those that are left lead elsewhere, and are matched in order."""
    free = dict(attributes)
    left = []
    for name, values in own.items():
        target = read_target(values)
        same = next((other for other, theirs in free.items() if read_target(theirs) == target), None)
        if same is None:
            left.append(name)
        else:
            del free[same]
            yield name, same
    for name, other in zip(left, list(free), strict=False):
        if "href" in own[name] and "href" in free[other]:
            yield name, other
