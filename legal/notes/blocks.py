"""Blocks of a law note: commencements and sources."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.day_fields import DayBlock


class SectionBlock(blocks.RegexBlock):
    """A section as written ("9 a"). No text block on purpose: identifiers are not handed to translators."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(regex=r"^\s*(§\s*)?\d+[\s-]?[^\W\d_]{0,2}\s*$", max_length=20, label=_("Section"), **kwargs)


class CommencementBlock(blocks.StructBlock):
    """A day on which the law, or a part of it, takes effect; without a date it is not fixed yet."""

    date = DayBlock(required=False, label=_("Date"), help_text=_("Empty: the day is not fixed yet."))
    provisions = blocks.ListBlock(
        SectionBlock(),
        default=[],
        label=_("Sections"),
        help_text=_("As written: 9 a. None means the whole act."),
    )
    note = blocks.CharBlock(required=False, max_length=400, label=_("Note"))

    class Meta:
        icon = "date"


class SourceBlock(blocks.StructBlock):
    """An act the note reports on, and the sections it concerns."""

    eli_uri = blocks.URLBlock(label=_("ELI URI"))
    sections = blocks.ListBlock(
        SectionBlock(),
        default=[],
        label=_("Sections"),
        help_text=_("As written: 9 a. None means the whole act."),
    )

    class Meta:
        icon = "openquote"
