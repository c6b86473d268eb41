"""The words of cms.core, cms.publication, legal and knowledge: editors read Danish, readers their own language."""

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

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
MARKS = {"_", "gettext", "gettext_lazy"}
# Forms these packages do not use, and that the reading below would miss.
OTHER_MARKS = {"gettext_noop", "ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy", "pgettext", "pgettext_lazy"}
TRANSLATE_TAG = re.compile(r"""{%\s*trans(?:late)?\s+(?P<quote>["'])(?P<message>.+?)(?P=quote)""")
ANY_TRANSLATE_TAG = re.compile(r"{%\s*(?:blocktrans|trans)|_\(")
PO_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|\Z))+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def read_po(path: Path) -> dict[str, str]:
    entries = PO_ENTRY.findall(path.read_text(encoding="utf-8"))
    return {_join_lines(source): _join_lines(translated) for source, translated in entries}


def _join_lines(quoted: str) -> str:
    return "".join(ast.literal_eval(line) for line in quoted.splitlines())


def read_mo(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return GNUTranslations(file)._catalog


def list_template_messages(package: str, *, for_readers: bool = False) -> set[str]:
    """List the words of a package's templates; those of editors can be left out."""
    messages = set()
    for path in (ROOT / package / "templates").rglob("*.html"):
        if for_readers and not EDITORS_FOLDERS.isdisjoint(path.parts):
            continue
        source = path.read_text(encoding="utf-8")
        found = [match["message"] for match in TRANSLATE_TAG.finditer(source)]
        assert len(found) == len(ANY_TRANSLATE_TAG.findall(source)), (
            f"{path}: a form of translation this test cannot read"
        )
        messages.update(found)
    return messages


def list_python_messages(package: str) -> set[str]:
    return {message for path in (ROOT / package).rglob("*.py") for message in _read_messages(path)}


def _read_messages(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            assert OTHER_MARKS.isdisjoint(alias.name for alias in node.names), path
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield ast.literal_eval(node.args[0])


def read_catalogue(package: str, locale: str) -> dict[str, str]:
    return read_po(ROOT / package / "locale" / locale / "LC_MESSAGES" / "django.po")


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

    assert set(catalogue) - {""} == list_python_messages(package) | list_template_messages(package)
    assert [message for message, translated in catalogue.items() if not translated] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_compiled_catalogue_says_what_its_source_says(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert source.count("\nmsgid ") + source.startswith("msgid ") == len(PO_ENTRY.findall(source)) == len(read_po(path))
    assert read_mo(path.with_suffix(".mo")) == read_po(path)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_catalogue_is_sure_of_itself(path: Path) -> None:
    catalogue = read_po(path)
    known = read_catalogue(str(path.relative_to(ROOT)).partition("/locale/")[0], "da")

    assert "fuzzy" not in path.read_text(encoding="utf-8")
    assert set(catalogue) <= set(known)
    assert {
        message: translated
        for message, translated in catalogue.items()
        if sorted(PLACEHOLDER.findall(message)) != sorted(PLACEHOLDER.findall(translated))
    } == {}


@pytest.mark.parametrize("locale", TRANSLATED)
def test_packages_agree_on_the_words_they_share(locale: str) -> None:
    """Django merges all catalogues into one, so that of two translations one would be lost."""
    chosen: dict[str, set[str]] = {}
    for path in CATALOGUES:
        entries = read_po(path) if path.parts[-3] == locale else {}
        for message, translated in entries.items():
            if message:
                chosen.setdefault(message, set()).add(translated)

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
