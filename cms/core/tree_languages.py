"""A page stands under a page of its own language: its path, its lists and its translations are all found by that."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.core.languages import LANGUAGES

# The root of the tree belongs to no language; the home pages of all languages stand right under it.
ROOT_DEPTH = 1


def check_language_above(page: Any, parent: Any) -> None:
    """Check that a page may stand under ``parent``.

    Raises:
        ValidationError: with a sentence that names both languages.
    """
    if not has_language_of(page, parent):
        raise ValidationError(build_language_message(page, parent))


def has_language_of(page: Any, parent: Any) -> bool:
    """Say whether a page may stand under ``parent``: the root, or a page of the same language."""
    return parent is None or parent.depth == ROOT_DEPTH or parent.locale_id == page.locale_id


def build_language_message(page: Any, parent: Any) -> str:
    """Build what an editor is told of a page and a place of different languages."""
    names = [LANGUAGES[found.locale.language_code].endonym for found in (page, parent)]
    return _(
        "This page is in %(language)s, and what stands under “%(parent)s” is in %(other)s. "
        "Choose a place in its own language, or translate the page."
    ) % {"language": names[0], "parent": parent.title, "other": names[1]}
