"""One content and one language it is translated into, with all that the desk needs to know of both."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.core.calendar import today
from cms.publication.log.history import ContentHistory, load_histories
from cms.translation.models import TranslationTask
from cms.translation.passages.missing_passages import find_translation


@dataclass(frozen=True)
class TranslatedContent:
    """A content and a language other than its own.

    ``target`` is the page in that language, ``None`` where nobody has begun or a mirror of the source stands there;
    ``translation`` is how wagtail-localize keeps it in step with the source, ``None`` for a page that stands by itself. ``task``
    says where it stands today.
    """

    content_id: UUID
    locale: Locale
    source: Any
    target: Any
    translation: Translation | None
    history: ContentHistory
    task: Any

    @property
    def language_code(self) -> str:
        """The language it is translated into."""
        return str(self.locale.language_code)


def find_translated_content(content_id: UUID, language_code: str) -> TranslatedContent | None:
    """Find a content with its translation; ``None`` where there is no such content, or it is written in that language."""
    locale = Locale.objects.filter(language_code=language_code).first()
    pages = list(
        Page.objects.filter(translation_key=content_id, alias_of__isnull=True).select_related("locale").order_by("pk")
    )
    if locale is None or not pages or pages[0].locale_id == locale.pk:
        return None
    target = next((page.specific for page in pages if page.locale_id == locale.pk), None)
    return TranslatedContent(
        content_id=content_id,
        locale=locale,
        source=pages[0].specific,
        target=target,
        translation=find_translation(target) if target is not None else None,
        history=load_histories([content_id])[content_id],
        task=TranslationTask.objects.on_day(today())
        .select_related("owner")
        .filter(content_id=content_id, locale=language_code)
        .first(),
    )
