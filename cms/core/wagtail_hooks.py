"""Vocabularies, organisations, reusable blocks and dated figures in the editor."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import Column, UsageCountColumn
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.core.desk.drafts_panel import DraftsPanel
from cms.core.desk.guide_view import EditorGuideView
from cms.core.models import Audience, Consortium, Figure, FocusArea, Municipality, PolicyArea, ReusableBlock, Topic
from cms.core.tree_languages import build_language_message, has_language_of
from cms.core.written_day_view import read_written_day


class VocabularyViewSet(SnippetViewSet):
    """One vocabulary as a list of labels and slugs."""

    list_display: ClassVar = ["label", "slug", "locale"]
    search_fields: ClassVar = ["label", "slug"]
    icon = "tag"


class TopicViewSet(VocabularyViewSet):
    model = Topic


class AudienceViewSet(VocabularyViewSet):
    model = Audience
    icon = "group"


class FocusAreaViewSet(VocabularyViewSet):
    model = FocusArea


class PolicyAreaViewSet(VocabularyViewSet):
    model = PolicyArea


class VocabularyGroup(SnippetViewSetGroup):
    """All vocabularies under one entry of the menu."""

    menu_label = _("Vocabularies")
    menu_icon = "tag"
    items = (TopicViewSet, AudienceViewSet, FocusAreaViewSet, PolicyAreaViewSet)


class ConsortiumViewSet(SnippetViewSet):
    model = Consortium
    icon = "group"
    list_display: ClassVar = ["name", "slug", "valid_from", "valid_to"]


class MunicipalityViewSet(SnippetViewSet):
    model = Municipality
    icon = "site"
    list_display: ClassVar = ["name", "code"]


class OrganisationGroup(SnippetViewSetGroup):
    """Consortia and municipalities."""

    menu_label = _("Organisations")
    menu_icon = "group"
    items = (ConsortiumViewSet, MunicipalityViewSet)


class ReusableBlockViewSet(SnippetViewSet):
    model = ReusableBlock
    icon = "snippet"
    list_display: ClassVar = ["title", "locale", "live"]


class FigureUsageColumn(UsageCountColumn):
    """Column with the number of pages that show a figure, linked to them."""

    def get_value(self, instance: Any) -> int:
        return int(ReferenceIndex.get_grouped_references_to(instance).count())


class FigureViewSet(SnippetViewSet):
    """Figures with what is valid today, what comes, and where they are shown."""

    model = Figure
    icon = "order"
    menu_label = _("Dated figures")
    list_display: ClassVar = [
        "__str__",
        "slug",
        Column("describe_amount_today", label=_("Today")),
        Column("describe_next_amount", label=_("Coming")),
        FigureUsageColumn("usage_count", label=_("Shown by")),
    ]
    search_fields: ClassVar = ["slug", "names__label"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Figure]:
        """List each figure once, though the search looks through all its names."""
        figures: QuerySet[Figure] = Figure.objects.prefetch_related("names", "amounts").distinct()
        return figures


@hooks.register("construct_homepage_panels", order=-1)
def replace_recent_edits(request: HttpRequest, panels: list[Any]) -> None:
    """Show the person's own drafts instead of what was edited last, published or not."""
    panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel)]
    panels.append(DraftsPanel())


@hooks.register("construct_help_menu")
def replace_wagtail_guides(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Lead to our own guide instead of another site's; the keyboard shortcuts stay."""
    menu_items[:] = [item for item in menu_items if item.name == "keyboard-shortcuts-trigger"]
    menu_items.insert(0, MenuItem(_("Guide for editors"), reverse("core_guide"), name="guide", icon_name="help"))
    menu_items.insert(1, MenuItem(_("API documentation"), "/api/v1/docs/", name="api-docs", icon_name="code"))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the guide for editors, and what reads a day while it is being typed."""
    return [
        path("guide/", EditorGuideView.as_view(), name="core_guide"),
        path("written-day/", read_written_day, name="core_written_day"),
    ]


@hooks.register("insert_global_admin_css")
def build_style_link() -> SafeString:
    """Give the editor our colours, and links in messages the contrast they need."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("core/admin.css"))


@hooks.register("insert_global_admin_js")
def build_scripts() -> SafeString:
    """Keep what was typed as a day and show the day in words; name the fields that have no name."""
    scripts = [(versioned_static(f"core/{name}.js"),) for name in ("written_days", "admin_names")]
    return format_html_join("", '<script src="{}"></script>', scripts)


@hooks.register("insert_editor_js")
def build_editor_script() -> SafeString:
    """Let saving and publishing wait for a draft that is being saved by itself."""
    return format_html('<script src="{}"></script>', versioned_static("core/autosave_order.js"))


@hooks.register("before_copy_page")
def explain_refused_copy(request: HttpRequest, page: Page) -> None:
    """Say why a page is not copied into another language's tree; Wagtail's form speaks of missing permission."""
    chosen = request.POST.get("new_parent_page", "")
    parent = Page.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if not has_language_of(page, parent):
        messages.error(request, build_language_message(page, parent))


@hooks.register("before_convert_alias_page")
def refuse_misplaced_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to make a page of an alias that stands in another language's tree."""
    parent = page.get_parent()
    if request.method != "POST" or has_language_of(page, parent):
        return None
    messages.error(request, build_language_message(page, parent))
    return redirect("wagtailadmin_pages:edit", page.pk)


register_snippet(VocabularyGroup)
register_snippet(OrganisationGroup)
register_snippet(ReusableBlockViewSet)
register_snippet(FigureViewSet)
