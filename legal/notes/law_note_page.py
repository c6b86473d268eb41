"""Page model of a law note: what changed in the law, from when, for whom, and what to do."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.blocks import RICH_TEXT_FEATURES
from cms.core.models import ReleasablePage
from cms.core.verification import Verification
from legal.notes.blocks import CommencementBlock, SourceBlock
from legal.notes.comparison_panel import BesideTheLawPanel
from legal.notes.forms import LawNoteForm
from legal.notes.law_note_checks import list_law_note_problems
from legal.notes.readability_panel import ReadabilityPanel

LEGAL_UNIT = "Juridisk ressourceenhed"


class LawNotePage(ReleasablePage):
    """A lawyer's note on a change of the law.

    ``applies_from`` and ``applies_until`` say when the note is the answer; the law's own days are the
    ``commencements``.
    """

    content_type_name = "law-note"
    page_description = _("What changed in the law, from when, for whom, and what to do.")
    write_label = _("Write a law note")
    write_order = 1

    what_changed = RichTextField(
        _("what changed"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_(
            "The change itself, with the sections it stands in; each section named becomes a link. Needed to publish."
        ),
    )
    before = RichTextField(
        _("before"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("How it was until the change; readers see it beside how it is now."),
    )
    after = RichTextField(
        _("after"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("How it is now, or will be from the day the law takes effect."),
    )
    who = RichTextField(
        _("who is concerned"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("Which people, employers or authorities, and who is not. Needed to publish."),
    )
    what_to_do = RichTextField(
        _("what to do"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What readers have to do, in which order."),
    )
    transition = RichTextField(
        _("transitional rules"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What holds for cases that had begun before the law took effect."),
    )
    plain_language = RichTextField(
        _("in plain language"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("For readers who are not lawyers: “In short” at the top of the note. Needed to publish."),
    )
    applicable_from = models.DateField(
        _("the law applies from"),
        null=True,
        blank=True,
        help_text=_("The first day the change is to be followed, where it differs from the day the law takes effect."),
    )
    deadline = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("The day by which readers must have acted; shown at the top.")
    )
    commencements = StreamField(
        [("commencement", CommencementBlock(label=_("Commencement")))],
        verbose_name=_("commencements"),
        blank=True,
        help_text=_("The days the law takes effect; readers see them first, and in the calendar."),
    )
    sources = StreamField(
        [("source", SourceBlock(label=_("Source")))],
        verbose_name=_("sources"),
        blank=True,
        help_text=_(
            "The acts the note is written on. When they change, the note is put up for review. Needed to publish."
        ),
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible lawyer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For the editors alone; the name is never published."),
    )
    verified_by = models.CharField(
        _("checked by"),
        max_length=200,
        blank=True,
        default=LEGAL_UNIT,
        help_text=_("A unit or a role, never a person's name. Published when there is a last day."),
    )
    verified_until = models.DateField(
        _("checked until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the note may be relied on unseen; readers see it. Needed to publish."),
    )

    base_form_class = LawNoteForm

    content_panels: ClassVar[list[Panel]] = [
        *ReleasablePage.content_panels,
        FieldPanel("sources"),
        BesideTheLawPanel(
            [
                ReadabilityPanel("what_changed"),
                FieldPanel("before"),
                FieldPanel("after"),
                ReadabilityPanel("plain_language"),
            ],
            heading=_("The change"),
        ),
        FieldPanel("who"),
        FieldPanel("what_to_do"),
        FieldPanel("transition"),
        MultiFieldPanel(
            [FieldPanel("commencements"), FieldPanel("applicable_from"), FieldPanel("deadline")],
            heading=_("The law's own dates"),
        ),
        MultiFieldPanel(
            [FieldPanel("responsible"), FieldPanel("verified_by"), FieldPanel("verified_until")],
            heading=_("Who vouches for it"),
        ),
        FieldPanel("body"),
        *ReleasablePage.closing_panels,
    ]
    # Days and sources are the law's, the same in every language; of commencements only the notes are translated.
    override_translatable_fields: ClassVar = [
        *ReleasablePage.override_translatable_fields,
        SynchronizedField("applicable_from", overridable=False),
        SynchronizedField("deadline", overridable=False),
        SynchronizedField("sources", overridable=False),
        SynchronizedField("responsible", overridable=False),
        SynchronizedField("verified_until", overridable=False),
        TranslatableField("verified_by"),
    ]

    class Meta:
        verbose_name = _("law note")
        verbose_name_plural = _("law notes")

    def clean(self) -> None:
        problems = list_law_note_problems(self)
        try:
            super().clean()
        except ValidationError as error:
            problems = error.update_error_dict(problems)
        if problems:
            raise ValidationError(problems)

    @property
    def verified(self) -> Verification:
        """The verification of the note; without a last day there is none."""
        if self.verified_until is None:
            return Verification()
        return Verification(self.verified_until, self.verified_by or None)
