"""Structured parts of knowledge pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import ContactPointReferenceBlock, NameBlock, PassageBlock
from cms.core.day_fields import ClockBlock
from cms.core.languages import LANGUAGES


class GuideStepBlock(blocks.StructBlock):
    """One step of a guide."""

    title = blocks.CharBlock(
        label=_("What to do"),
        max_length=200,
        help_text=_("A short command: “Get a CPR number”. It stands in the contents."),
    )
    html = PassageBlock(label=_("How"))
    bring = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        default=[],
        label=_("What to bring"),
        help_text=_("One thing an entry; readers see them as a list."),
    )
    where = ContactPointReferenceBlock(
        required=False,
        label=_("Where"),
        help_text=_("A contact point; its address and hours are shown as they are on the day."),
    )
    how_long = blocks.CharBlock(
        required=False,
        label=_("How long it takes"),
        max_length=200,
        help_text=_("As “two weeks”, counted from the step before."),
    )

    class Meta:
        icon = "tick"
        label = _("Step")

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        return {
            "title": value["title"],
            "html": self.child_blocks["html"].get_api_representation(value["html"]),
            "bring": list(value["bring"]),
            "where": self.child_blocks["where"].get_api_representation(value["where"]),
            "how_long": value["how_long"],
        }


class OpeningHoursBlock(blocks.StructBlock):
    """Opening hours of some days."""

    days = blocks.CharBlock(
        label=_("Days"), max_length=80, help_text=_("As “Monday to Thursday”, in the page’s language.")
    )
    opens = ClockBlock(r"^([01]\d|2[0-3]):[0-5]\d$", required=False, label=_("Opens"), help_text=_("As 09:00"))
    closes = ClockBlock(r"^([01]\d|2[0-3]):[0-5]\d$", required=False, label=_("Closes"), help_text=_("As 15:00"))
    note = blocks.CharBlock(required=False, label=_("Note"), max_length=200)

    class Meta:
        icon = "time"
        label = _("Opening hours")


class PersonBlock(blocks.StructBlock):
    """A person to write to, in the role readers need."""

    name = NameBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), max_length=120)
    email = blocks.EmailBlock(required=False, label=_("E-mail"))

    class Meta:
        icon = "user"
        label = _("Person")


def list_language_choices() -> list[tuple[str, str]]:
    """List the site's languages by the name they give themselves."""
    return [(language.code, language.endonym) for language in LANGUAGES.values()]
