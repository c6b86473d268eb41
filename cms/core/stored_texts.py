"""The fields of models brought to the one form of text: before they are checked, before a draft is kept, before they are stored.

Whoever writes a page or a snippet, by a form, a bundle, the shell or a translation, comes by one of the three.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.unicode_text import normalise_text

# Apps whose rows people write, beside pages. The log and the texts of law are stored as they were released or delivered.
WRITTEN_APPS = frozenset(("auth", "core", "knowledge", "wagtaildocs", "wagtailimages"))
# Terms of the glossary, and passages that a translator wrote; those of the source are known by a hash of their text.
WRITTEN_MODELS = frozenset(("translation.definition", "translation.term", "wagtail_localize.stringtranslation"))


class NormalisedTexts:
    """Mixin of a model with drafts, placed before Wagtail's classes: what is checked is what will be stored."""

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        normalise_fields(self)
        super().full_clean(*args, **kwargs)  # type: ignore[misc]

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        normalise_fields(self)
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]


def on_row_saving(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Normalise a row that is about to be stored; fixtures are stored as they are."""
    meta = sender._meta
    if raw:
        return
    if issubclass(sender, Page) or meta.app_label in WRITTEN_APPS or meta.label_lower in WRITTEN_MODELS:
        normalise_fields(instance)


def normalise_fields(instance: Any) -> None:
    """Normalise the loaded texts of a model instance. Slugs are addresses and stay as they are."""
    loaded = instance.__dict__
    for field in instance._meta.concrete_fields:
        if field.attname not in loaded:
            continue
        value = loaded[field.attname]
        if isinstance(field, StreamField):
            raw = value.get_prep_value()
            normalised = normalise_values(raw)
            if normalised != raw:
                setattr(instance, field.attname, value.stream_block.to_python(normalised))
        elif isinstance(field, models.SlugField) or not _holds_text(field):
            continue
        elif (normalised := normalise_values(value)) != value:
            setattr(instance, field.attname, normalised)


def normalise_values(value: Any) -> Any:
    """Normalise every text in a value of JSON, however deep; keys are names and stay as they are."""
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, dict):
        return {key: normalise_values(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [normalise_values(entry) for entry in value]
    return value


def iterate_texts(value: Any) -> Iterator[str]:
    """Iterate over every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from iterate_texts(entry)


def _holds_text(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField)
