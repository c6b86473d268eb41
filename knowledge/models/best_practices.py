"""Best practices: methods that work in a consortium, described so that another can take them over."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField

from cms.core.blocks import RICH_TEXT_FEATURES
from cms.core.fields import CodeListField
from cms.core.models import Consortium, ReleasablePage
from knowledge.enums import PracticeStatus


def list_consortia() -> list[tuple[str, str]]:
    """List consortia as choices."""
    return list(Consortium.objects.order_by("name").values_list("slug", "name"))


class BestPracticePage(ReleasablePage):
    """Problem, what we did, what it took, what came of it, would it work elsewhere."""

    content_type_name = "best-practice"
    page_description = _("A method that works in a consortium, told so that another can take it over.")
    write_label = _("Write a best practice")
    write_order = 3

    problem = RichTextField(
        _("problem"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Readers see it first: who had which difficulty, in numbers where there are some."),
    )
    what_we_did = RichTextField(
        _("what we did"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("What somebody would have to do to copy it, in the order it was done."),
    )
    what_it_took = RichTextField(
        _("what it took"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Hours, money, partners and who decides: readers judge by it whether they can afford it."),
    )
    what_came_of_it = RichTextField(
        _("what came of it"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("What changed and how it was measured; also what did not work."),
    )
    elsewhere = RichTextField(
        _("would it work elsewhere"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("What another municipality has to have in place, and what it can leave out."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=PracticeStatus,
        default=PracticeStatus.RUNNING,
        help_text=_("Readers see it beside the title."),
    )
    adopted_by = CodeListField(
        _("adopted by"),
        choices_source="knowledge.models.list_consortia",
        help_text=_("Consortia that have taken it over, shown to readers as “adopted by”; not the one that made it."),
    )

    content_panels: ClassVar[list[Panel]] = [
        *ReleasablePage.content_panels,
        FieldPanel("problem"),
        FieldPanel("what_we_did"),
        FieldPanel("what_it_took"),
        FieldPanel("what_came_of_it"),
        FieldPanel("elsewhere"),
        FieldPanel("body"),
        FieldPanel("status"),
        FieldPanel("adopted_by"),
        *ReleasablePage.closing_panels,
    ]

    class Meta:
        verbose_name = _("best practice")
        verbose_name_plural = _("best practices")
