"""Vocabularies, organisations and reusable blocks in the editor."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.core.models import Audience, Consortium, FocusArea, Municipality, PolicyArea, ReusableBlock, Topic


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


register_snippet(VocabularyGroup)
register_snippet(OrganisationGroup)
register_snippet(ReusableBlockViewSet)
