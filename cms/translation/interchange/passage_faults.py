"""Faults for which a translated passage is not taken, whoever wrote it: a person's tool or a machine."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.core.html_reader import read_line
from cms.translation.checks.services import check_passage
from cms.translation.interchange.inline_markup import VOID, list_tags, parse_markup


def find_passage_fault(source: str, target: str, source_locale: str, locale: str) -> str | None:
    """Say why a passage is not taken: broken markup, what the editor would not keep, a lost link, a changed number."""
    nodes, faults = parse_markup(target)
    if faults:
        return faults[0]
    try:
        StringValue.from_translated_html(target)
        validate_translation_links(source, target)
    except ValueError as error:
        return str(error)
    blocking = next(
        (found for found in check_passage(source, target, source_locale, locale) if found.is_blocking), None
    )
    if blocking is not None:
        return blocking.message
    # An element that the source has none of is one the block may not keep.
    allowed = {tag.name for tag in list_tags(parse_markup(source)[0])} | VOID
    new = {tag.name for tag in list_tags(nodes)} - allowed
    return _("<%(tag)s> does not stand in the source") % {"tag": min(new)} if new else None


def find_length_fault(source: Any, path: str, target: str) -> str | None:
    """Find a plain field of a page or snippet that is too short; wagtail-localize would refuse the whole text for it."""
    try:
        longest = source._meta.get_field(path).max_length
    except (FieldDoesNotExist, AttributeError):
        return None
    length = len(read_line(target))
    if not longest or length <= longest:
        return None
    return _("it has %(length)s characters, at most %(longest)s fit") % {"length": length, "longest": longest}
