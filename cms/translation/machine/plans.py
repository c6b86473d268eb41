"""Plans of machine translations: what would be sent, how much it is, and what is refused before anything is sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import TranslationSource

from cms.core.languages import LANGUAGES
from cms.core.readability import find_hardest_sentence, measure_html
from cms.translation.interchange.drafts import may_translate
from cms.translation.interchange.translatable_texts import PassageRow, find_source, find_source_obstacle, list_rows
from cms.translation.passages.source_readings import read_source

SENTENCE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class TextPlan:
    """One text into one language: the passages nobody has translated, or why the text is refused."""

    content_id: UUID
    locale: str
    title: str
    source: Any = None
    read: TranslationSource | None = None
    rows: list[PassageRow] = field(default_factory=list)
    refusal: str = ""

    @property
    def characters(self) -> int:
        """Count the characters that would be sent."""
        return sum(len(row.segment.string.data) for row in self.rows)


@dataclass(frozen=True, slots=True)
class MachinePlan:
    """Everything that was asked for; shown before it is sent."""

    texts: list[TextPlan]

    @property
    def passages(self) -> int:
        return sum(len(text.rows) for text in self.texts)

    @property
    def characters(self) -> int:
        return sum(text.characters for text in self.texts)

    @property
    def refusals(self) -> list[str]:
        return [text.refusal for text in self.texts if text.refusal]


def plan_texts(pairs: Iterable[tuple[UUID, str]], *, user: Any) -> MachinePlan:
    """Plan the translation of contents into languages for a user (``None``: nobody in particular asks)."""
    return MachinePlan([_plan_text(content_id, locale, user) for content_id, locale in dict.fromkeys(pairs)])


def _plan_text(content_id: UUID, locale: str, user: Any) -> TextPlan:
    translator = get_machine_translator()
    if translator is None:
        return TextPlan(content_id, locale, "", refusal=_("No service for machine translation is set up."))
    source = find_source(content_id)
    if source is None:
        refusal = _("There is no text with the id %(id)s that can be translated.") % {"id": content_id}
        return TextPlan(content_id, locale, "", refusal=refusal)
    title = str(source)
    refusal = find_source_obstacle(source, locale) or _find_user_obstacle(user, source, locale, translator) or ""
    if refusal:
        return TextPlan(content_id, locale, title, refusal=refusal)
    with transaction.atomic():
        read = read_source(source)
        rows = list_rows(read, locale)
    refusal = _find_hardness(title, rows)
    missing = [] if refusal else [row for row in rows if row.translation is None]
    return TextPlan(content_id, locale, title, source, read, missing, refusal)


def _find_user_obstacle(user: Any, source: Any, locale: str, translator: Any) -> str | None:
    if user is not None and not may_translate(user, source, locale):
        return _("You may not translate “%(title)s”.") % {"title": source}
    if not translator.can_translate(source.locale, Locale.objects.get(language_code=locale)):
        return _("%(service)s does not translate into %(language)s.") % {
            "service": translator.display_name,
            "language": LANGUAGES[locale].endonym,
        }
    return None


def _find_hardness(title: str, rows: list[PassageRow]) -> str:
    """Say that a text is too hard to read for a machine to get right, with its hardest sentence; "" where it is not."""
    html = "".join(f"<p>{row.segment.string.data}</p>" for row in rows)
    measured = measure_html(html)
    if measured is None or measured.lix <= settings.MACHINE_TRANSLATION_MAX_LIX:
        return ""
    sentence = find_hardest_sentence(html)
    return _(
        "“%(title)s” is too hard to read for a machine: LIX %(lix)s, at most %(limit)s. The hardest sentence is “%(sentence)s”."
    ) % {
        "title": title,
        "lix": measured.lix,
        "limit": settings.MACHINE_TRANSLATION_MAX_LIX,
        "sentence": sentence if len(sentence) <= SENTENCE_LENGTH else sentence[:SENTENCE_LENGTH] + "…",
    }
