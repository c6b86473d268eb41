"""Editor panel with fields of text beside the difference between two texts of the law."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import MultiFieldPanel


class BesideTheLawPanel(MultiFieldPanel):
    """Fields of text with the difference between two texts of the law beside them while somebody writes.

    Which acts and sections are compared follows the page's ``sources`` as they stand in the form
    (``legal/law_comparison.js``).
    """

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The panel on one form."""

        template_name = "legal/admin/beside_the_law.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "comparison_url": reverse("legal_comparison")}

        @cached_property
        def media(self) -> forms.Media:
            own = forms.Media(js=["legal/law_comparison.js"], css={"all": ["legal/editor.css"]})
            media: forms.Media = super().media + own
            return media
