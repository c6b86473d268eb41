"""Places and desks people can go to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from cms.core.fields import CodeListField
from cms.core.models import ReleasablePage
from knowledge.blocks import OpeningHoursBlock


class ContactPointPage(ReleasablePage):
    """A place or desk: address, hours, languages spoken, whom it serves."""

    content_type_name = "contact-point"

    street = models.CharField(_("street"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web site"), blank=True)
    hours = StreamField([("hours", OpeningHoursBlock())], verbose_name=_("opening hours"), blank=True)
    languages_spoken = CodeListField(_("languages spoken"), choices_source="knowledge.blocks.list_language_choices")
    serves = models.TextField(_("whom it serves"), blank=True, max_length=600)

    content_panels: ClassVar[list[Panel]] = [
        *ReleasablePage.content_panels,
        MultiFieldPanel([FieldPanel("street"), FieldPanel("postal_code"), FieldPanel("city")], heading=_("Address")),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")], heading=_("Contact")),
        FieldPanel("hours"),
        FieldPanel("languages_spoken"),
        FieldPanel("serves"),
        FieldPanel("body"),
        *ReleasablePage.closing_panels,
    ]
    override_translatable_fields: ClassVar = [
        *ReleasablePage.override_translatable_fields,
        SynchronizedField("street"),
        SynchronizedField("postal_code"),
        SynchronizedField("city"),
        SynchronizedField("phone"),
    ]

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")

    @property
    def address(self) -> dict[str, str]:
        """The address as ``{"street", "postal_code", "city"}``."""
        return {"street": self.street, "postal_code": self.postal_code, "city": self.city}
