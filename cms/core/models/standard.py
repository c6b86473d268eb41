"""Home, section and plain pages of the language-versioned site."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page

from cms.core.models.releasable import ReleasablePage


class PageLayout(models.TextChoices):
    """Layouts of a page in the portal."""

    HOME = "home", _("Home page")
    SECTION = "section", _("Section: lists what lies under it")
    PLAIN = "plain", _("Plain page")


class StandardPage(ReleasablePage):
    """A page of the site that is neither law nor knowledge: home, sections, about, privacy."""

    content_type_name = "page"
    page_description = _("A section that lists what lies in it, or a page about the site itself: about us, privacy.")
    # Contents of every type say themselves that they lie here; the home page lies at the root.
    parent_page_types: ClassVar[list[str] | None] = ["wagtailcore.Page", "core.StandardPage"]
    subpage_types: ClassVar[list[str] | None] = None

    layout = models.CharField(_("layout"), max_length=10, choices=PageLayout, default=PageLayout.PLAIN)

    content_panels: ClassVar[list[Panel]] = [
        *ReleasablePage.content_panels,
        FieldPanel("body"),
        *ReleasablePage.closing_panels,
        FieldPanel("layout"),
    ]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def takes(self, page_type: type[Page]) -> bool:
        """Say whether a page may lie here: contents lie where they are listed, never below a plain page."""
        return self.layout != PageLayout.PLAIN or issubclass(page_type, StandardPage)
