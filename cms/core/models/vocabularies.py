"""Controlled vocabularies: each entry has one slug in all languages and a label in each."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import TranslatableMixin

from cms.core.collation import build_sort_key
from cms.core.enums import AudienceKind
from cms.core.languages import SOURCE_LANGUAGE, fallback_chain


class VocabularyEntry(TranslatableMixin):
    """One entry in one language. The slug is what pages and the API carry; the label is what people read."""

    slug = models.SlugField(_("slug"), max_length=60, help_text=_("The same in every language; never changes."))
    label = models.CharField(_("label"), max_length=120)

    panels: ClassVar[list[Panel]] = [FieldPanel("label"), FieldPanel("slug")]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering: ClassVar = ["label"]
        unique_together: ClassVar = [("translation_key", "locale"), ("slug", "locale")]

    def __str__(self) -> str:
        return self.label


class Topic(VocabularyEntry):
    """Subject of an item."""

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Audience(VocabularyEntry):
    """Whom an item concerns: a role or a nationality group."""

    kind = models.CharField(_("kind"), max_length=12, choices=AudienceKind, default=AudienceKind.ROLE)

    panels: ClassVar[list[Panel]] = [*VocabularyEntry.panels, FieldPanel("kind")]

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class FocusArea(VocabularyEntry):
    """Field in which a consortium works."""

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")


class PolicyArea(VocabularyEntry):
    """A policy area the forum coordinates with."""

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("policy area")
        verbose_name_plural = _("policy areas")


def build_labels(model: type[VocabularyEntry], language_code: str) -> dict[str, str]:
    """Map each slug of ``model`` to its label in the best language of the chain of ``language_code``."""
    chain = fallback_chain(language_code)
    rows = model._default_manager.filter(locale__language_code__in=chain)
    ranked = sorted(rows.values_list("slug", "label", "locale__language_code"), key=lambda row: -chain.index(row[2]))
    return {slug: label for slug, label, _code in ranked}


def list_topics() -> list[tuple[str, str]]:
    """List topics as choices in the editor's language."""
    return _list_choices(Topic)


def list_audiences() -> list[tuple[str, str]]:
    """List audiences as choices in the editor's language."""
    return _list_choices(Audience)


def list_focus_areas() -> list[tuple[str, str]]:
    """List focus areas as choices in the editor's language."""
    return _list_choices(FocusArea)


def _list_choices(model: type[VocabularyEntry]) -> list[tuple[str, str]]:
    code = get_language() or SOURCE_LANGUAGE
    return sorted(build_labels(model, code).items(), key=lambda item: build_sort_key(item[1], code))
