"""The citizen guide: ordered steps."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from cms.core.models import ReleasablePage
from knowledge.blocks import GuideStepBlock


class GuidePage(ReleasablePage):
    """A guide: what to do first, what to bring, where to go and how long it takes."""

    content_type_name = "guide"
    page_description = _("Steps in the order they are taken: what to do, what to bring, where to go.")

    steps = StreamField(
        [("step", GuideStepBlock())],
        verbose_name=_("steps"),
        blank=True,
        help_text=_("Readers see them numbered, in this order."),
    )

    content_panels: ClassVar[list[Panel]] = [
        *ReleasablePage.content_panels,
        FieldPanel("body", heading=_("Introduction")),
        FieldPanel("steps"),
        *ReleasablePage.closing_panels,
    ]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
