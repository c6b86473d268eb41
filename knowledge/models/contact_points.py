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
    page_description = _("A place or desk people can go to: address, hours, languages spoken, whom it serves.")

    street = models.CharField(
        _("street"),
        max_length=120,
        blank=True,
        help_text=_("Street and number; add the entrance or floor if it is hard to find."),
    )
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        help_text=_("With country code, as +45 12 34 56 78; readers on a phone call it by touching it."),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("The desk’s own address, never a person’s; everybody can read it.")
    )
    website = models.URLField(_("web site"), blank=True, help_text=_("Where readers find more or book a time."))
    hours = StreamField(
        [("hours", OpeningHoursBlock())],
        verbose_name=_("opening hours"),
        blank=True,
        help_text=_("One entry for the days that have the same hours; shown as a list in this order."),
    )
    languages_spoken = CodeListField(
        _("languages spoken"),
        choices_source="knowledge.blocks.list_language_choices",
        help_text=_("Languages readers can speak at the desk, not those of this page."),
    )
    serves = models.TextField(
        _("whom it serves"),
        blank=True,
        max_length=600,
        help_text=_("Who may come and with what, so that nobody comes in vain. Plain text."),
    )

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
