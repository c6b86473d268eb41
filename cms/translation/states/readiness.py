"""Readiness of a language: whether its newest draft can be released as a translation of the source as it stands."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.core.models import ReleasablePage
from cms.publication.enums import TranslationState
from cms.publication.log.forecasts import forecast_text
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.pages.builder import build_release_draft
from cms.publication.pages.obstacles import find_obstacle
from cms.translation.enums import WorkEvent, WorkState
from cms.translation.states.draft_states import find_draft_event
from cms.translation.states.told_states import find_told_state


def find_gap(content_id: UUID, locale: str) -> str | None:
    """Find why a language is not ready to be released in its newest draft, in words; ``None`` where it is.

    A language without anything newer than what readers have is ready if that is current: nothing has to be released.
    """
    page = find_draft(content_id, locale)
    language = LANGUAGES[locale].endonym
    if page is None:
        return _("It has not been translated into %(language)s.") % {"language": language}
    obstacle = find_obstacle(page)
    if obstacle is not None:
        return obstacle
    event = find_draft_event(page)
    if event == WorkEvent.EDITED:
        return _("Part of the draft in %(language)s still says what the source says.") % {"language": language}
    history = load_histories([content_id])[content_id]
    if event is None:
        told = find_told_state(history, locale, today())
        if told in (None, WorkState.WITHDRAWN):
            return _("The draft in %(language)s is an untouched copy of its source.") % {"language": language}
        is_outdated = told == WorkState.OUTDATED
    else:
        is_outdated = _would_be_outdated(page, history)
    if not is_outdated:
        return None
    return _(
        "The source has changed in substance since the translation into %(language)s was made: it needs new words, or somebody who "
        "says that it is still right."
    ) % {"language": language}


def _would_be_outdated(page: ReleasablePage, history: ContentHistory) -> bool:
    """Say whether the draft would be outdated on its first day if it were released now."""
    text = forecast_text(history, build_release_draft(page, page.latest_revision_id), today())
    return history.derive_state(text, text.applies_from or today()) == TranslationState.OUTDATED


def find_draft(content_id: UUID, locale: str) -> Any:
    """Find the newest draft of a content in a language; ``None`` where nobody has begun one, a mirror of the source included."""
    pages = Page.objects.filter(translation_key=content_id, locale__language_code=locale, alias_of__isnull=True)
    page = pages.first()
    return page.get_latest_revision_as_object() if page else None
