"""Alignment of a translated page with its source, so that the translation desk holds the text that readers have.

A translation written by hand or by a bundle is unknown to wagtail-localize: it has no passages there, and is in no report. Aligning
it stores each passage with the words that render it. The text itself does not change: what the desk would write has to read as the
page does, else the page stays edited as a whole.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize import models as localize_models
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
    TranslationSource,
)

from cms.core.html_reader import read_line
from cms.core.models import ReleasablePage
from cms.publication.pages.builder import build_release_draft, find_source_page
from cms.translation.alignment.pairs import pair_passages
from cms.translation.alignment.places import Passages, build_place_names, group_values, name_place

EXAMPLE_LENGTH = 60


@dataclass
class Alignment:
    """Result of an alignment: ``unaligned`` are the source's passages without words at their place.

    ``is_in_desk`` says whether the translation is worked on by passages from now on.
    """

    is_in_desk: bool
    unaligned: list[str]

    def describe(self) -> str:
        """Describe why a translation stays edited as a whole."""
        if not self.unaligned:
            return "translation_of: its parts differ from the source's, so it is edited as a whole and not by passages"
        first = self.unaligned[0][:EXAMPLE_LENGTH]
        return (
            f"translation_of: {len(self.unaligned)} passages of the source have no counterpart, the first is “{first}”; "
            "it is edited as a whole"
        )


@transaction.atomic
def align_translation(page: ReleasablePage, *, user: Any = None) -> Alignment | None:
    """Align a translation, as it stands in ``page``, with its source as it was published; ``None`` for a source itself.

    The words in ``page`` win over what translators had saved.
    """
    source_page = find_source_page(page)
    if source_page.pk == page.pk or source_page.is_alias:
        return None
    source, _is_new = TranslationSource.update_or_create_from_instance(source_page)
    unaligned = PassageStore(source, page, user).store()
    is_alike = _reads_alike(source, page)
    Translation.objects.update_or_create(
        source=source, target_locale=page.locale, defaults={"enabled": is_alike and not unaligned}
    )
    return Alignment(is_alike and not unaligned, unaligned)


class PassageStore:
    """Stores the passages of one translation."""

    def __init__(self, source: TranslationSource, page: ReleasablePage, user: Any) -> None:
        self.source = source
        self.page = page
        self.user = user
        self.values: dict[str, tuple[int, Any]] = {}

    def store(self) -> list[str]:
        """Store what can be aligned; returns the passages of the source that cannot."""
        names = build_place_names(self.source.as_instance())
        places = self._load_source(names)
        segments = localize_models.extract_segments(self.page)
        translated, values = group_values(segments, build_place_names(self.page))
        words: dict[tuple[int, int], str] = {}
        overrides: dict[int, Any] = {}
        unaligned: list[str] = []
        for place, passages in places.items():
            pairs = pair_passages(passages, translated.get(place, Passages()), self._read_target)
            if pairs is None or any(words.get(key, html) != html for key, html, _changed in pairs):
                unaligned += [read_line(html) for _key, html, _attributes in passages.strings]
                continue
            for key, html, changed in pairs:
                words[key] = html
                for old, new in changed.items():
                    overrides[self.values[f"{place}.{_quote(old)}"][0]] = new
        for place, (context_id, value) in self.values.items():
            if place in values and not self._is_same_value(value, values[place]):
                overrides[context_id] = values[place]
        self._store_words(words)
        self._store_overrides(overrides)
        return unaligned

    def _load_source(self, names: dict[str, str]) -> dict[str, Passages]:
        """Load the source's passages by place, in reading order, and the values a translation may override."""
        places: dict[str, Passages] = {}
        strings = StringSegment.objects.filter(source=self.source).select_related("context", "string")
        for string in strings.order_by("order"):
            place = places.setdefault(name_place(string.context.path, names), Passages())
            key = (string.string_id, string.context_id)
            place.strings.append((key, string.string.data, json.loads(string.attrs or "null") or {}))
        for row in TemplateSegment.objects.filter(source=self.source).select_related("context", "template"):
            places.setdefault(name_place(row.context.path, names), Passages()).template = row.template.template
        for value in OverridableSegment.objects.filter(source=self.source).select_related("context"):
            self.values[name_place(value.context.path, names)] = (value.context_id, value.data)
        return places

    def _store_words(self, words: dict[tuple[int, int], str]) -> None:
        locale = self.page.locale
        contexts = {context_id for _string, context_id in words}
        stored = {
            (row.translation_of_id, row.context_id): row
            for row in StringTranslation.objects.filter(locale=locale, context_id__in=contexts)
        }
        values: dict[str, Any] = {
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": self.user,
            "has_error": False,
            "field_error": "",
        }
        made = []
        for (string_id, context_id), data in words.items():
            row = stored.get((string_id, context_id))
            if row is None:
                made.append(
                    StringTranslation(
                        translation_of_id=string_id, context_id=context_id, locale=locale, data=data, **values
                    )
                )
            elif row.data != data or row.has_error:
                for name, value in {**values, "data": data}.items():
                    setattr(row, name, value)
                row.save()
        StringTranslation.objects.bulk_create(made)

    def _store_overrides(self, overrides: dict[int, Any]) -> None:
        contexts = {context_id for context_id, _value in self.values.values()}
        kept = SegmentOverride.objects.filter(locale=self.page.locale, context_id__in=contexts)
        kept.exclude(context_id__in=overrides).delete()
        for context_id, value in overrides.items():
            SegmentOverride.objects.update_or_create(
                locale=self.page.locale,
                context_id=context_id,
                defaults={"data_json": json.dumps(value), "last_translated_by": self.user, "has_error": False},
            )

    def _read_target(self, attributes: dict[str, Any]) -> Any:
        """Read what a link leads to; a page is the same in every language."""
        if attributes.get("linktype") == "page":
            return "page", self._get_page_key(attributes.get("id"))
        return sorted(attributes.items())

    def _is_same_value(self, value: Any, other: Any) -> bool:
        if value == other:
            return True
        is_number = isinstance(value, int) and isinstance(other, int)
        return is_number and self._get_page_key(value) == self._get_page_key(other)

    def _get_page_key(self, pk: Any) -> Any:
        return Page.objects.filter(pk=pk).values_list("translation_key", flat=True).first() or pk


def _reads_alike(source: TranslationSource, page: ReleasablePage) -> bool:
    """Say whether readers would get the same text from the desk as from the page."""
    written = source.get_ephemeral_translated_instance(page.locale, fallback=True)
    drafts = [build_release_draft(text) for text in (written, page)]
    first, second = [(_strip_ids(draft.document), draft.applies_until, dict(draft.verified)) for draft in drafts]
    return first == second


def _strip_ids(value: Any) -> Any:
    """Strip the ids of blocks, which are each page's own."""
    if isinstance(value, dict):
        return {name: _strip_ids(part) for name, part in value.items() if name != "id" or "type" not in value}
    if isinstance(value, list):
        return [_strip_ids(part) for part in value]
    return value


def _quote(address: str) -> str:
    return "'" + address.replace("\\", "\\\\").replace("'", "\\'") + "'"
