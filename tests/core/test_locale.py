"""The words of cms.core, cms.publication, legal and knowledge: editors read Danish, readers their own language."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polib
import pytest
from babel.messages.extract import extract_python
from django.template.loader import render_to_string
from django.utils.translation import override
from django.utils.translation.template import templatize

from cms.core.languages import LANGUAGES

ROOT = Path(__file__).parents[2]
PACKAGES = ["cms/core", "cms/publication", "legal", "knowledge"]
# Those whose templates render what is released.
RENDERING_PACKAGES = ["cms/core", "legal", "knowledge"]
TRANSLATED = [code for code in LANGUAGES if code != "en"]
CATALOGUES = sorted(
    path for package in PACKAGES for path in (ROOT / package / "locale").glob("*/LC_MESSAGES/django.po")
)
# Editors read Danish only; what stands here is not released.
EDITORS_FOLDERS = {"admin", "wagtailadmin"}
# How words are marked, and which arguments are the context, the word and its plural: Babel's form.
MARKS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# What catalogues set between the context and the word.
CONTEXT = "\x04"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def read_po(path: Path) -> dict[str, list[str]]:
    """Read the words of a catalogue, a context set before by ``CONTEXT``, with their translations: one, or one for each number."""
    return {
        name_word(entry.msgid, entry.msgctxt): list(entry.msgstr_plural.values()) or [entry.msgstr]
        for entry in polib.pofile(str(path), wrapwidth=0)
    }


def read_mo(path: Path) -> dict[str, list[str]]:
    return {
        name_word(entry.msgid, entry.msgctxt): list(entry.msgstr_plural.values()) or [entry.msgstr]
        for entry in polib.mofile(str(path))
        if entry.msgid
    }


def name_word(word: str, context: str | None = None) -> str:
    return f"{context}{CONTEXT}{word}" if context else word


def list_template_messages(package: str, *, for_readers: bool = False) -> set[str]:
    """List the words of a package's templates; those of editors can be left out."""
    messages = set()
    for path in (ROOT / package / "templates").rglob("*.html"):
        if for_readers and not EDITORS_FOLDERS.isdisjoint(path.parts):
            continue
        python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # Django writes it for a reader that does not mind indentation.
        messages.update(read_messages("\n".join(line.lstrip() for line in python.splitlines())))
    return messages


def list_python_messages(package: str) -> set[str]:
    paths = (ROOT / package).rglob("*.py")
    return {message for path in paths for message in read_messages(path.read_text(encoding="utf-8"))}


def read_messages(source: str) -> Iterator[str]:
    for _line, function, words, _comments in extract_python(
        BytesIO(source.encode()), [*MARKS], [], {"encoding": "utf-8"}
    ):
        texts = [words] if isinstance(words, str) else [*words]
        context = texts[0] if (1, "c") in MARKS[function] else None
        yield name_word(texts[1 if context is not None else 0], context)


def read_catalogue(package: str, locale: str) -> dict[str, str]:
    """Read the words of a package with their translations, of several the one for one thing."""
    translated = read_po(ROOT / package / "locale" / locale / "LC_MESSAGES" / "django.po")
    return {word: texts[0] for word, texts in translated.items()}


@pytest.mark.parametrize("locale", TRANSLATED)
@pytest.mark.parametrize("package", RENDERING_PACKAGES)
def test_words_in_released_html_are_translated(package: str, locale: str) -> None:
    catalogue = read_catalogue(package, locale)
    messages = list_template_messages(package, for_readers=True)

    assert messages
    assert {message for message in messages if not catalogue.get(message)} == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_danish_catalogue_has_every_word_of_the_package_and_no_other(package: str) -> None:
    catalogue = read_catalogue(package, "da")
    # Templates that stand in the place of Wagtail's say some of its words.
    of_the_editor = set(read_catalogue("cms", "da"))
    messages = list_python_messages(package) | list_template_messages(package)

    assert set(catalogue) - messages == set()
    assert messages - set(catalogue) - of_the_editor == set()
    assert [message for message, translated in catalogue.items() if not translated] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_compiled_catalogue_says_what_its_source_says(path: Path) -> None:
    assert read_mo(path.with_suffix(".mo")) == read_po(path)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_catalogue_is_sure_of_itself(path: Path) -> None:
    catalogue = read_po(path)
    known = read_catalogue(str(path.relative_to(ROOT)).partition("/locale/")[0], "da")

    assert "fuzzy" not in path.read_text(encoding="utf-8")
    assert set(catalogue) <= set(known)
    assert {
        message: translated
        for message, texts in catalogue.items()
        for translated in texts
        if sorted(PLACEHOLDER.findall(message)) != sorted(PLACEHOLDER.findall(translated))
    } == {}


@pytest.mark.parametrize("locale", TRANSLATED)
def test_packages_agree_on_the_words_they_share(locale: str) -> None:
    """Django merges all catalogues into one, so that of two translations one would be lost."""
    chosen: dict[str, set[tuple[str, ...]]] = {}
    for path in CATALOGUES:
        entries = read_po(path) if path.parts[-3] == locale else {}
        for message, texts in entries.items():
            chosen.setdefault(message, set()).add(tuple(texts))

    assert {message: words for message, words in chosen.items() if len(words) > 1} == {}


@pytest.mark.parametrize(
    ("locale", "changed", "transition"),
    [
        ("da", "Hvad er ændret", "Overgangsregler"),
        ("en", "What changed", "Transitional rules"),
        ("de", "Was sich geändert hat", "Übergangsregelungen"),
        ("uk", "Що змінилося", "Перехідні положення"),
        ("ar", "ما الذي تغيّر", "أحكام انتقالية"),
    ],
)
def test_headings_of_a_law_note_are_in_the_language_of_the_page(locale: str, changed: str, transition: str) -> None:
    page = SimpleNamespace(what_changed="<p>…</p>", transition="<p>…</p>")

    with override(locale):
        html = render_to_string("legal/released/law_note.html", {"page": page})

    assert html.strip() == f"<h2>{changed}</h2><p>…</p><h2>{transition}</h2><p>…</p>"
