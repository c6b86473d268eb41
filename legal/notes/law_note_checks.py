"""Checks of a law note: days and sections that contradict each other or the law, by field."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import today
from legal.language.section_numbers import normalise_section
from legal.models.acts import Expression, Provision


def list_law_note_problems(note: Any) -> dict[str, Any]:
    """List what contradicts itself or the law, by field: ``{"deadline": error, "sources": [error, …]}``."""
    problems: dict[str, Any] = {}
    if note.deadline and note.applicable_from and note.deadline < note.applicable_from:
        problems["deadline"] = ValidationError(_("The deadline stands before the day the law applies from."))
    missing = [
        ValidationError(
            _("%(act)s has no § %(section)s: neither in %(expression)s nor in the text of %(day)s."),
            params={"act": expression.work, "section": section, "expression": expression, "day": _get_day(note)},
        )
        for expression, section in _list_missing_sections(note)
    ]
    if missing:
        problems["sources"] = missing
    return problems


def list_unknown_uris(sources: Iterable[Any]) -> list[str]:
    """List the ELI URIs of sources that are not known here; readers are led to the official source then."""
    uris = [str(child.value["eli_uri"]) for child in sources]
    return [uri for uri in uris if Expression.objects.find_by_eli_uri(uri) is None]


def _list_missing_sections(note: Any) -> Iterable[tuple[Expression, str]]:
    """List the sections that are neither in the text named nor in the one that applies when the note does.

    A note may name the text that had the section, or the one that no longer has it. Texts without a body say nothing.
    """
    for child in note.sources:
        source: Mapping[str, Any] = child.value
        expression = Expression.objects.find_by_eli_uri(str(source["eli_uri"])) if source["sections"] else None
        if expression is None or expression.work is None:
            continue
        applying = Expression.objects.find_at(expression.work, _get_day(note))
        texts = [text for text in (expression, applying) if text is not None]
        if not all(text.text_hash for text in texts):
            continue
        for section in source["sections"]:
            if not any(Provision.objects.find_section(text, section) for text in texts):
                yield expression, normalise_section(section)


def _get_day(note: Any) -> Any:
    return note.applies_from or today()
