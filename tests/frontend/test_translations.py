"""The words of the interface in eight languages."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.utils.translation import override

from cms.core.languages import LANGUAGES
from frontend.portal.templatetags.portal import day, marked

CATALOGUES = Path(__file__).parents[2] / "frontend" / "portal" / "locale"
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)


def read_entries(locale: str) -> dict[str, str]:
    return dict(ENTRY.findall((CATALOGUES / locale / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")))


@pytest.mark.parametrize("locale", LANGUAGES)
def test_catalogue_has_every_word_of_the_english_one(locale: str) -> None:
    entries = read_entries(locale)

    assert set(entries) == set(read_entries("en"))
    assert [source for source, translated in entries.items() if not translated] == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_compiled_catalogue_says_what_its_source_says(locale: str) -> None:
    with (CATALOGUES / locale / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = {key: text for key, text in GNUTranslations(file)._catalog.items() if key}

    assert {key.rpartition("\x04")[2]: text for key, text in compiled.items()} == read_entries(locale)


def test_day_is_written_in_words_and_for_machines() -> None:
    with override("de"):
        assert day("2027-03-01") == '<time datetime="2027-03-01">1. März 2027</time>'


def test_moment_counts_as_a_day_in_copenhagen() -> None:
    with override("en"):
        assert day("2026-06-30T22:30:00Z") == '<time datetime="2026-07-01">1 July 2026</time>'


def test_highlight_keeps_marks_and_escapes_everything_else() -> None:
    assert marked('a <mark>b</mark> <img src=x onerror="y"> &amp;') == (
        "a <mark>b</mark> &lt;img src=x onerror=&quot;y&quot;&gt; &amp;"
    )
