"""The glossary: concepts of the field with their terms and definitions in each language."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, Panel

from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE, fallback_chain
from cms.translation.enums import TermKind
from cms.translation.models.concept_forms import ConceptForm

TERM_LENGTH = 120
DEFINITION_LENGTH = 400


def _build_locale_field() -> "models.CharField[str, str]":
    return models.CharField(
        _("language"),
        max_length=12,
        choices=[(language.code, language.endonym) for language in LANGUAGES.values()],
        default=SOURCE_LANGUAGE,
    )


class Concept(ClusterableModel):
    """One concept with its terms: what to write in a language, what may be written, what people say, and what is wrong."""

    slug = models.SlugField(
        _("slug"), max_length=60, unique=True, help_text=_("The same in every language; never changes.")
    )

    base_form_class = ConceptForm

    panels: ClassVar[list[Panel]] = [
        FieldPanel("slug"),
        InlinePanel("terms", heading=_("Terms"), label=_("Term"), min_num=1),
        InlinePanel("definitions", heading=_("Definitions for readers"), label=_("Definition")),
    ]

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("glossary")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.find_preferred(get_language() or SOURCE_LANGUAGE) or self.slug

    def find_preferred(self, locale: str) -> str:
        """Find the preferred term in the best language of the chain; "" where there is none."""
        preferred = {term.locale: term.term for term in self.terms.all() if term.kind == TermKind.PREFERRED}
        return next((preferred[code] for code in fallback_chain(locale) if code in preferred), "")

    def list_languages(self) -> str:
        """List the languages that have a preferred term, for the editor's list."""
        preferred = {term.locale for term in self.terms.all() if term.kind == TermKind.PREFERRED}
        return " ".join(code for code in LANGUAGES if code in preferred)


class Term(models.Model):
    """One term of a concept in one language."""

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="terms")
    locale = _build_locale_field()
    term = models.CharField(_("term"), max_length=TERM_LENGTH)
    kind = models.CharField(_("kind"), max_length=12, choices=TermKind, default=TermKind.PREFERRED)

    panels: ClassVar[list[Panel]] = [FieldRowPanel([FieldPanel("locale"), FieldPanel("term"), FieldPanel("kind")])]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints: ClassVar = [models.UniqueConstraint(fields=["concept", "locale", "term"], name="term_unique")]

    def __str__(self) -> str:
        return f"{self.term} ({self.locale})"


class Definition(models.Model):
    """A concept explained to readers of one language in a sentence or two."""

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="definitions")
    locale = _build_locale_field()
    text = models.CharField(_("definition"), max_length=DEFINITION_LENGTH)

    panels: ClassVar[list[Panel]] = [FieldRowPanel([FieldPanel("locale"), FieldPanel("text")])]

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        constraints: ClassVar = [models.UniqueConstraint(fields=["concept", "locale"], name="definition_unique")]

    def __str__(self) -> str:
        return f"{self.text} ({self.locale})"
