"""Contents and languages that a person may see and work on at the translators' desk."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.core.permissions import list_editable_pages, list_working_locales
from cms.publication.access.access_scope import AccessScope
from cms.publication.models import Window


def may_open_desk(user: Any) -> bool:
    """Say whether a person translates or edits anything at all."""
    return bool(user.is_active and page_permission_policy.user_has_any_permission(user, ["add", "change"]))


def filter_seen_sources(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Keep the pages whose content a person may see: what the network sees, and what is the person's own to edit."""
    if user.is_superuser:
        return pages
    seen = Window.objects.filter(AccessScope(network=True).build_filter(), content_id=OuterRef("translation_key"))
    own = list_editable_pages(user).filter(translation_key=OuterRef("translation_key"))
    return pages.filter(Exists(seen) | Exists(own))


def may_see_content(content_id: UUID, user: Any) -> bool:
    """Say whether a person may see a content at all."""
    return filter_seen_sources(Page.objects.filter(translation_key=content_id), user).exists()


def may_work_on(user: Any, page: Any, language_code: str) -> bool:
    """Say whether a person may translate into a language: the page that stands there, or where none does a new one."""
    if page is not None:
        return bool(page.permissions_for_user(user).can_edit())
    return language_code in list_working_locales(user)
