"""Form adapters of the blocks that name a place in the law: a picker looks the act up, its sections are ticked."""

from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from cms.core.blocks import CitationBlock
from legal.notes.blocks import SourceBlock


class ActPickerAdapter(StructBlockAdapter):
    """Hands the block's form to ``legal/act_picker.js``; without the script its plain inputs are what they were."""

    js_constructor = "legal.ActPickerBlock"

    def js_args(self, block: Any) -> list[Any]:
        name, children, meta = super().js_args(block)
        picker = {
            "actsUrl": reverse("legal_act_suggestions"),
            "sectionsUrl": reverse("legal_section_list"),
            "words": {
                "find": _("Find the act"),
                "findHelp": _("Type a name, an abbreviation or a number: udl, LBK 1183."),
                "count": _("Acts found:"),
                "none": _("No act found. An ELI URI can be pasted below all the same."),
                "newest": _("newest text"),
                "older": _("a newer text is known"),
                "unknown": _("This act is not known here; readers are led to Retsinformation."),
                "sections": _("Sections concerned"),
                "filter": _("Show only, for example 9 a"),
                "whole": _("None ticked: the whole act."),
                "gone": _("not in this text"),
                "byHand": _("Write the sections yourself"),
                "failed": _("The acts cannot be looked up just now; fill in the fields below."),
            },
        }
        return [name, children, {**meta, "picker": picker}]

    @cached_property
    def media(self) -> forms.Media:
        own = forms.Media(js=["legal/act_picker.js"], css={"all": ["legal/editor.css"]})
        media: forms.Media = super().media + own
        return media


register(ActPickerAdapter(), SourceBlock)
register(ActPickerAdapter(), CitationBlock)
