"""Faults for which a translated passage is not taken, whoever wrote it: a person's tool or a machine."""

import re
from collections import Counter

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.core.html_reader import read_line
from cms.translation.interchange.inline_markup import VOID, Nodes, list_tags, parse_markup

# Signs that part the digits of one number. Example: "1‹.›250‹,›50"
MARKS = re.compile(r"(?<=\d)[.,٬٫'’\u00a0\u2009\u202f ](?=\d)")
# Example: "§ ‹9› a"
DIGITS = re.compile(r"\d+")


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
    return _find_changed_element(parse_markup(source)[0], nodes) or _find_changed_number(source, target)


def _find_changed_element(source: Nodes, target: Nodes) -> str | None:
    """Find a link that is lost or doubled, or an element that the source has none of: the editor may not keep it there."""
    before, after = ([tag for tag in list_tags(nodes) if tag.name not in VOID] for nodes in (source, target))
    links = Counter(tag.id for tag in before if tag.id)
    links.subtract(tag.id for tag in after if tag.id)
    for link, count in links.items():
        if count > 0:
            return _("the link “%(link)s” is lost") % {"link": link}
        if count < 0:
            return _("the link “%(link)s” stands twice") % {"link": link}
    new = {tag.name for tag in after} - {tag.name for tag in before}
    return _("<%(tag)s> does not stand in the source") % {"tag": min(new)} if new else None


def _find_changed_number(source: str, target: str) -> str | None:
    before, after = Counter(_list_numbers(source)), Counter(_list_numbers(target))
    if lost := before - after:
        return _("the number %(number)s is lost or changed") % {"number": min(lost)}
    if new := after - before:
        return _("the number %(number)s does not stand in the source") % {"number": min(new)}
    return None


def _list_numbers(html: str) -> list[str]:
    return [str(int(digits)) for digits in DIGITS.findall(MARKS.sub("", read_line(html)))]
