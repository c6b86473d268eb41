"""Faults of catalogues: what is missing, doubtful, left over or broken, each with the file and line to mend."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

import django
import polib

from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE
from deploy.local.words.catalogues import Catalogue, get_key, list_catalogues, list_texts
from deploy.local.words.sources import CONTEXT, Message, list_messages

# The code is written in English: a catalogue of it may say some of its words otherwise, and lacks none.
CODE_LANGUAGE = "en"
READERS_LANGUAGES = [code for code in LANGUAGES if code != CODE_LANGUAGE]
# Danish for the words of Wagtail and wagtail-localize, which our templates in their places say too.
BORROWED_PACKAGE = "cms"
# Stands in the head of a catalogue which nobody who grew up with the language has read.
MACHINE_ORIGIN = "Origin: machine-assisted, not read by a native speaker"
READ_BY_PEOPLE = ("da", "en")
# Example: "Page ‹%(number)s› of ‹%(total)d›"
# Example: "‹{count}› texts"
# Example: "<‹b›>all</‹b›>"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|(?<=<)\w+|(?<=</)\w+")
# Example: "‹nplurals=2›; plural=(n != 1);"
FORM_COUNT = re.compile(r"nplurals=(\d+)")


def list_faults(root: Path) -> list[str]:
    """List the faults of every catalogue under a folder, each as ``file:line: what is wrong``."""
    catalogues = list_catalogues(root)
    messages = list_messages(root)
    ours = [catalogue for catalogue in catalogues if catalogue.package != BORROWED_PACKAGE]
    found = [fault for catalogue in catalogues for fault in _check_catalogue(catalogue)]
    found += _find_missing(messages, catalogues)
    found += _find_unused(messages, ours)
    found += _find_disagreeing(ours)
    return list(dict.fromkeys(found))


def _check_catalogue(catalogue: Catalogue) -> Iterator[str]:
    path = catalogue.path
    # Compilers leave out what is not translated or not sure, which is told below.
    doubtful = {get_key(entry) for entry in catalogue.entries if entry.fuzzy or not entry.translated()}
    if _leave_out(catalogue.compiled or {}, doubtful) != _leave_out(catalogue.texts, doubtful):
        yield f"{path}:1: the compiled catalogue (.mo) says something else; compile it with msgfmt"
    if catalogue.file.metadata_is_fuzzy:
        yield f"{path}:1: the head is marked as fuzzy"
    if catalogue.locale not in READ_BY_PEOPLE and MACHINE_ORIGIN not in catalogue.file.header:
        yield f'{path}:1: the head does not say "{MACHINE_ORIGIN}"'
    plural_forms = str(catalogue.file.metadata.get("Plural-Forms", ""))
    if plural_forms != get_plural_forms(catalogue.locale):
        yield f"{path}:1: the plural forms are not Django's: {get_plural_forms(catalogue.locale)}"
    for entry in catalogue.file.obsolete_entries():
        yield f"{path}:{entry.linenum}: left over: {_show(entry.msgid)}"
    seen: set[str] = set()
    for entry in catalogue.entries:
        for fault in _check_entry(entry, FORM_COUNT.search(get_plural_forms(catalogue.locale))):
            yield f"{path}:{entry.linenum}: {fault}: {_show(entry.msgid)}"
        if get_key(entry) in seen:
            yield f"{path}:{entry.linenum}: stands there twice: {_show(entry.msgid)}"
        seen.add(get_key(entry))


def _leave_out(texts: Mapping[str, list[str]], keys: set[str]) -> dict[str, list[str]]:
    return {key: translations for key, translations in texts.items() if key not in keys}


def _check_entry(entry: polib.POEntry, form_count: re.Match[str] | None) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    texts = list_texts(entry)
    if entry.msgid.strip() and not all(text.strip() for text in texts):
        yield "not translated"
        return
    if not entry.msgid_plural:
        if _list_placeholders(entry.msgid) != _list_placeholders(texts[0]):
            yield "other placeholders than the message"
        return
    if form_count and len(texts) != int(form_count[1]):
        yield f"{len(texts)} plural forms instead of {form_count[1]}"
    wanted = _list_placeholders(entry.msgid_plural)
    # The forms of one and two may say the number in a word.
    if _list_placeholders(texts[-1]) != wanted or any(set(_list_placeholders(text)) - set(wanted) for text in texts):
        yield "other placeholders than the message"


def _find_missing(messages: Sequence[Message], catalogues: Sequence[Catalogue]) -> Iterator[str]:
    """Find messages that a language lacks: Danish for all of them, and for readers' each of their languages.

    A message that one of these has is for readers, too: not every module has only words of one kind.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for catalogue in catalogues:
        said[catalogue.locale] |= set(catalogue.texts)
    others = [code for code in READERS_LANGUAGES if code != SOURCE_LANGUAGE]
    known_to_readers = {key for code in others for key in said[code]}
    for message in messages:
        is_for_readers = message.is_for_readers or message.key in known_to_readers
        lacking = [
            code
            for code in (READERS_LANGUAGES if is_for_readers else [SOURCE_LANGUAGE])
            if message.key not in said[code]
        ]
        if lacking:
            yield f"{message.path}:{message.line}: no word in {', '.join(lacking)}: {_show(message.key)}"


def _find_unused(messages: Sequence[Message], catalogues: Sequence[Catalogue]) -> Iterator[str]:
    """Find entries that no code says: none of their package, and none of a package that keeps its words elsewhere."""
    packages = {catalogue.package for catalogue in catalogues}
    used: dict[str, set[str]] = defaultdict(set)
    for message in messages:
        used[_find_package(message.path, packages)].add(message.key)
    kept: dict[str, set[str]] = defaultdict(set)
    for catalogue in catalogues:
        kept[catalogue.package] |= set(catalogue.texts) if catalogue.locale == SOURCE_LANGUAGE else set()
    borrowed = {key for package, keys in used.items() for key in keys - kept[package]}
    for catalogue in catalogues:
        if catalogue.domain != "django":
            continue
        for entry in catalogue.entries:
            if get_key(entry) not in used[catalogue.package] | borrowed:
                yield f"{catalogue.path}:{entry.linenum}: no code says it: {_show(entry.msgid)}"


def _find_disagreeing(catalogues: Sequence[Catalogue]) -> Iterator[str]:
    """Find messages that two packages translate differently; Django merges all catalogues into one, so that one would be lost."""
    first: dict[tuple[str, str, str], Catalogue] = {}
    for catalogue in catalogues:
        for entry in catalogue.entries:
            place = (catalogue.locale, catalogue.domain, get_key(entry))
            other = first.setdefault(place, catalogue)
            if other.texts[get_key(entry)] != catalogue.texts[get_key(entry)]:
                yield f"{catalogue.path}:{entry.linenum}: {other.path} says it otherwise: {_show(entry.msgid)}"


@cache
def get_plural_forms(locale: str) -> str:
    """Return the rule Django counts with in a language; catalogues with another one are kept apart and not merged."""
    path = Path(django.__file__).parent / "conf" / "locale" / locale / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        # Django's own English is the code's and has none.
        return str(GNUTranslations(file).info().get("plural-forms", "nplurals=2; plural=(n != 1);"))


def _find_package(path: str, packages: set[str]) -> str:
    return max((package for package in packages if path.startswith(f"{package}/")), key=len, default="")


def _list_placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _show(key: str) -> str:
    text = key.rpartition(CONTEXT)[2]
    return f"“{text if len(text) <= 70 else f'{text[:69]}…'}”"
