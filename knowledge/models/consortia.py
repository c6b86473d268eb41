"""A consortium's own page."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from cms.core.models import Municipality, ReleasablePage
from knowledge.blocks import PersonBlock


class ConsortiumPage(ReleasablePage):
    """Page of a consortium: municipalities, focus areas, people."""

    content_type_name = "consortium"
    page_description = _("A consortium’s own page: its municipalities, focus areas and people.")

    people = StreamField([("person", PersonBlock())], verbose_name=_("people"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *ReleasablePage.content_panels,
        FieldPanel("body"),
        FieldPanel("people"),
        *ReleasablePage.closing_panels,
    ]

    class Meta:
        verbose_name = _("consortium page")
        verbose_name_plural = _("consortium pages")

    def list_members(self) -> list[Municipality]:
        """List the consortium's municipalities of today; the source page says which consortium it is."""
        source = self.list_source_first()
        consortium = self.consortium or (source[0].consortium if source else None)
        return consortium.list_members() if consortium else []
