"""From released documents to the plain text that is searched."""

import re
from collections.abc import Iterable
from html import unescape

from legal.sections import clean_text, normalise_section

# Tags inside a word or sentence leave no gap; every other one separates what stands before from what follows.
INLINE_TAG = re.compile(r"</?(?:a|abbr|b|code|em|i|mark|small|span|strong|sub|sup|u)(?:\s[^>]*)?>", re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
MENTION = re.compile(r"(?:§\s*)+(\d{1,4})(?:[\s-]?([a-zA-ZæøåÆØÅ])(?![\w]))?")
MAX_TEXT_LENGTH = 500_000


def strip_html(html: str) -> str:
    """Turn sanitised HTML into searchable text: no tags, no invisible characters, single blanks."""
    return clean_text(unescape(TAG.sub(" ", INLINE_TAG.sub("", html))))[:MAX_TEXT_LENGTH]


def list_mentioned_sections(text: str) -> list[str]:
    """List the sections a text names, as stored ("9 a"). "§ 9 i" may be section 9 or section 9 i: it gives both."""
    found: dict[str, None] = {}
    for match in MENTION.finditer(text):
        number, letter = match[1], (match[2] or "").lower()
        if not letter or letter == "i":
            found[number] = None
        if letter:
            found[f"{number} {letter}"] = None
    return list(found)


def join_sections(sections: Iterable[str]) -> list[str]:
    """Bring sections to their stored form, each once."""
    return list(dict.fromkeys(normalise_section(section) for section in sections if section))
