"""Read passages out of pages: only text with words is one, everything else follows the source.

wagtail-localize 1.14 offers every piece of text to translators, "9 a" and "+45 87 11 22 33" too, and has no hook to leave one out.
The functions with which it reads a page and writes a translation are wrapped here, so that its editor, its progress, its PO files
and what is refused at publication all know the same passages. Remove when it asks before it makes a passage.
"""

from functools import wraps
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from wagtail.fields import RichTextField
from wagtail_localize import models as localize_models
from wagtail_localize.fields import TranslatableField
from wagtail_localize.segments import StringSegmentValue, extract, ingest
from wagtail_localize.strings import StringValue, extract_strings

from cms.core.models import ReleasablePage
from cms.core.reserved_paths import reserved_paths
from cms.core.slugs import build_slug
from cms.publication.models import Release
from cms.translation.passages.words import has_words

Passages = list[tuple[StringValue, dict[str, Any]]]


def extract_passages(html: str) -> tuple[str, Passages]:
    """Take the passages out of rich text; what has no words stays in the template that is left.

    Returns the template, with ``<text position="0">`` where the first passage was, and each passage with the attributes of its
    tags.
    """
    template, strings = extract_strings(html)
    if all(has_words(string.data) for string, _attributes in strings):
        return template, strings
    soup = BeautifulSoup(template, "html.parser")
    passages: Passages = []
    for place in soup.find_all("text"):
        string, attributes = strings[int(str(place["position"]))]
        if has_words(string.data):
            place["position"] = str(len(passages))
            passages.append((string, attributes))
        else:
            place.replace_with(string.render_soup(attributes))
    return str(soup), passages


def guard_extraction() -> None:
    """Wrap the functions of wagtail-localize that read and write passages; calling it twice changes nothing."""
    if extract.extract_strings is extract_passages:
        return
    extract.extract_strings = extract_passages
    _guard_reading()
    _guard_following()
    _guard_writing()


def _guard_reading() -> None:
    read = extract.extract_segments

    @wraps(read)
    def extract_segments(instance: Any) -> list[Any]:
        return [
            segment
            for segment in read(instance)
            if not isinstance(segment, StringSegmentValue) or has_words(segment.string.data)
        ]

    extract.extract_segments = extract_segments
    localize_models.extract_segments = extract_segments


def _guard_following() -> None:
    """Let a plain text without words follow its source; rich text and streams are written anew from their source anyway."""
    follows = TranslatableField.is_synchronized

    @wraps(follows)
    def is_synchronized(self: TranslatableField, source: Any) -> bool:
        if follows(self, source):
            return True
        field = self.get_field(type(source))
        if not isinstance(field, models.CharField | models.TextField) or isinstance(field, RichTextField):
            return False
        return not has_words(field.value_from_object(source) or "")

    TranslatableField.is_synchronized = is_synchronized


def _guard_writing() -> None:
    """Give a translation that was never released the address its title makes; an address readers know stays."""
    write = ingest.ingest_segments

    @wraps(write)
    def ingest_segments(original: Any, translated: Any, *args: Any) -> None:
        write(original, translated, *args)
        if not isinstance(translated, ReleasablePage) or _was_released(translated):
            return
        slug = build_slug(translated.title, translated.locale.language_code)
        if slug and not reserved_paths.find_reserved(translated.get_parent(), slug):
            translated.slug = slug

    localize_models.ingest_segments = ingest_segments


def _was_released(page: ReleasablePage) -> bool:
    rows = Release.objects.filter(content_id=page.translation_key, locale=page.locale.language_code)
    return bool(rows.exists())
