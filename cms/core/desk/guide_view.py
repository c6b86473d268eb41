"""Guide for editors, in the language they edit in."""

from typing import Any, ClassVar

from django.utils.translation import get_language, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

GUIDES = {"da": "core/admin/guide_da.html", "en": "core/admin/guide_en.html"}


class EditorGuideView(WagtailAdminTemplateMixin, TemplateView):
    """Explain on one page how to write, publish, translate, review and withdraw."""

    page_title = gettext_lazy("Guide for editors")
    header_icon = "help"
    breadcrumbs_items: ClassVar[list[Any]] = []
    template_name = "core/admin/guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        guide = GUIDES.get((get_language() or "").split("-")[0], GUIDES["en"])
        return super().get_context_data(guide=guide, **kwargs)
