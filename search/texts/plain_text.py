"""From released documents to the plain text that is searched."""

from collections.abc import Iterable

from cms.core.html_reader import read_line
from cms.core.unicode_text import clean_text
from legal.language.section_numbers import normalise_section
from legal.recognition import find_citations

LONGEST_RANGE = 100
MAX_TEXT_LENGTH = 500_000


def strip_html(html: str) -> str:
    """Turn sanitised HTML into searchable text: no tags, no invisible characters, single blanks."""
    return clean_text(read_line(html))[:MAX_TEXT_LENGTH]


def list_mentioned_sections(text: str) -> list[str]:
    """List the sections a text names, as stored ("9 a"), each once; of a range of numbers every one."""
    found: dict[str, None] = {}
    for citation in find_citations(text):
        if citation.section:
            found |= dict.fromkeys(_list_range(citation.section, citation.section_to or citation.section))
    return list(found)


def _list_range(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= LONGEST_RANGE:
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [first, last]


def join_sections(sections: Iterable[str]) -> list[str]:
    """Bring sections to their stored form, each once."""
    return list(dict.fromkeys(normalise_section(section) for section in sections if section))
