"""The law note: what changed in the law, from when, for whom, and what to do."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import SynchronizedField

from cms.core.blocks import RICH_TEXT_FEATURES
from cms.core.models import ReleasablePage


class SectionBlock(blocks.RegexBlock):
    """A section as written ("9 a"). No text block on purpose: identifiers are not handed to translators."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(regex=r"^\s*(§\s*)?\d+[\s-]?[^\W\d_]{0,2}\s*$", max_length=20, label=_("Section"), **kwargs)


class CommencementBlock(blocks.StructBlock):
    """A day on which the law, or a part of it, takes effect; without a date it is not fixed yet."""

    date = blocks.DateBlock(required=False, label=_("Date"), help_text=_("Empty: the day is not fixed yet."))
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


class LawNotePage(ReleasablePage):
    """A lawyer's note on a change of the law.

    ``applies_from`` and ``applies_until`` say when the note is the answer; the law's own days are the
    ``commencements``.
    """

    content_type_name = "law-note"

    what_changed = RichTextField(_("what changed"), features=RICH_TEXT_FEATURES, blank=True)
    who = RichTextField(_("who is concerned"), features=RICH_TEXT_FEATURES, blank=True)
    what_to_do = RichTextField(_("what to do"), features=RICH_TEXT_FEATURES, blank=True)
    transition = RichTextField(_("transitional rules"), features=RICH_TEXT_FEATURES, blank=True)
    plain_language = RichTextField(
        _("in plain language"), features=RICH_TEXT_FEATURES, blank=True, help_text=_("For readers who are not lawyers.")
    )
    deadline = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("The day by which readers must have acted.")
    )
    commencements = StreamField(
        [("commencement", CommencementBlock(label=_("Commencement")))], verbose_name=_("commencements"), blank=True
    )
    sources = StreamField([("source", SourceBlock(label=_("Source")))], verbose_name=_("sources"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *ReleasablePage.content_panels,
        FieldPanel("what_changed"),
        FieldPanel("who"),
        FieldPanel("what_to_do"),
        FieldPanel("transition"),
        FieldPanel("plain_language"),
        MultiFieldPanel([FieldPanel("commencements"), FieldPanel("deadline")], heading=_("The law's own dates")),
        FieldPanel("sources"),
        FieldPanel("body"),
        *ReleasablePage.closing_panels,
    ]
    # Deadline and sources are the law's, the same in every language; of commencements only the notes are translated.
    override_translatable_fields: ClassVar = [
        *ReleasablePage.override_translatable_fields,
        SynchronizedField("deadline", overridable=False),
        SynchronizedField("sources", overridable=False),
    ]

    class Meta:
        verbose_name = _("law note")
        verbose_name_plural = _("law notes")
