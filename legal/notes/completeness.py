"""Completeness of a law note: what it has to say before readers get it. A draft may lack all of it."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cms.core.html_reader import read_line
from cms.publication.pages.builder import find_source_page
from legal.enums import LAW_NOTE
from legal.language.eli_uris import ELI_URI
from legal.models import Expression

NEEDED: dict[str, str | Promise] = {
    "what_changed": gettext_lazy("Say what changed."),
    "who": gettext_lazy("Say who is concerned."),
    "plain_language": gettext_lazy("Say it in plain language, for readers who are not lawyers."),
}
NO_DAY = gettext_lazy("Say until which day the note is checked.")
NO_SOURCE = gettext_lazy("Name the act the note is written on: choose it under “Find the law”.")
UNKNOWN_SOURCE = gettext_lazy("“%(uri)s” is neither an act known here nor an ELI URI.")


def list_missing(note: Any) -> dict[str, str]:
    """List what a note lacks, by field, in words for who writes it; empty where it is complete."""
    missing = {name: str(text) for name, text in NEEDED.items() if not read_line(getattr(note, name) or "").strip()}
    if problem := _find_source_problem(str(child.value["eli_uri"]) for child in note.sources):
        missing["sources"] = problem
    if note.verified_until is None:
        missing["verified_until"] = str(NO_DAY)
    return missing


def find_incomplete_note(instance: Any) -> str | None:
    """Say what a law note lacks, ``None`` where it is complete; a translation is judged by its source alone."""
    if getattr(instance, "content_type_name", "") != LAW_NOTE or find_source_page(instance).pk != instance.pk:
        return None
    return " ".join(list_missing(instance).values()) or None


def _find_source_problem(uris: Iterable[str]) -> str | None:
    named = list(uris)
    if not named:
        return str(NO_SOURCE)
    unknown = (uri for uri in named if not ELI_URI.match(uri) and Expression.objects.find_by_eli_uri(uri) is None)
    first = next(unknown, None)
    return str(UNKNOWN_SOURCE) % {"uri": first} if first is not None else None
