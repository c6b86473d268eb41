"""Reasons for which something cannot be released, in words for whoever asked; every way to publish looks here first."""

from typing import Any

from django.utils.translation import gettext as _

from cms.core.languages import LANGUAGES
from cms.publication.log.history import load_histories
from cms.publication.pages.builder import find_source_page
from cms.publication.pages.services import is_released_type
from cms.publication.registry import registry


class ReleaseRefusedError(Exception):
    """Publishing or scheduling was refused; the message says why and what to do, in the language of the user."""


def find_obstacle(instance: Any) -> str | None:
    """Find what stands against releasing a page or snippet as it stands in ``instance``; ``None`` where nothing does."""
    return next(filter(None, (find(instance) for find in registry.obstacle_finders)), None)


def find_withdrawn_source(instance: Any) -> str | None:
    """Say that the text a translation renders has been withdrawn; one that was never released stands against nothing."""
    if not is_released_type(instance):
        return None
    source = find_source_page(instance)
    if source.pk == instance.pk:
        return None
    code = source.locale.language_code
    history = load_histories([instance.translation_key])[instance.translation_key]
    if not history.list_rows(code) or any(not entry.is_hole for entry in history.list_delivered(code)):
        return None
    return _(
        "“%(title)s” was not published in %(language)s: the text it translates, %(source)s “%(source_title)s”, has been "
        "withdrawn. Publish that one first."
    ) % {
        "title": instance.title,
        "language": LANGUAGES[instance.locale.language_code].endonym,
        "source": LANGUAGES[code].endonym,
        "source_title": source.title,
    }
