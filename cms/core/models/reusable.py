"""A passage written once and shown in many pages by reference."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin

from cms.core.blocks import RICH_TEXT_FEATURES
from cms.core.stored_texts import NormalisedTexts


class ReusableBlock(NormalisedTexts, DraftStateMixin, RevisionMixin, TranslatableMixin):
    """A reusable passage; publishing it releases every page that shows it again."""

    title = models.CharField(_("title"), max_length=120, help_text=_("For editors; readers do not see it."))
    body = RichTextField(_("text"), features=RICH_TEXT_FEATURES)

    panels: ClassVar[list[Panel]] = [FieldPanel("title"), FieldPanel("body")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("reusable block")
        verbose_name_plural = _("reusable blocks")

    def __str__(self) -> str:
        return self.title
