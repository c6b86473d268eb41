"""Permissions of a user on releasable pages."""

from typing import Any

from django.db.models import QuerySet
from wagtail.locks import BasicLock
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import page_permission_policy

from cms.core.languages import LANGUAGES
from cms.core.tree_languages import has_language_of


def list_editable_pages(user: Any) -> QuerySet[Page]:
    """List the pages a user may edit."""
    allowed = page_permission_policy.instances_user_has_permission_for(user, "change")
    pages: QuerySet[Page] = Page.objects.filter(pk__in=allowed.values("pk"))
    return pages


class ReleasablePagePermissionTester(PagePermissionTester):
    """A releasable page is never merely unpublished: it is withdrawn, with a reason, by whoever may publish it."""

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """Say whether the user may copy the page, or make an alias, under another one: never into another language's tree."""
        return has_language_of(self.page, destination) and bool(super().can_copy_to(destination, recursive))

    def can_unpublish(self) -> bool:
        """Say whether Wagtail may offer "Unpublish": only for an alias, which is never released."""
        return bool(self.page.specific.is_alias and super().can_unpublish())

    def can_withdraw(self) -> bool:
        """Say whether the user may take the page away from readers, today's text or the one that is scheduled.

        Its schedule and the approval it waits for do not stand in the way, as they do for Wagtail's "Unpublish"; a lock of
        somebody else does.
        """
        page = self.page.specific
        if page.is_alias or not (page.live or page.approved_schedule) or not self.can_publish():
            return False
        return not (page.locked and BasicLock(page).for_user(self.user))


def list_working_locales(user: Any) -> list[str]:
    """List the languages in which a person may write or change pages, in the site's order."""
    if user.is_superuser:
        return list(LANGUAGES)
    pages = page_permission_policy.instances_user_has_any_permission_for(user, ["add", "change"])
    found = set(pages.order_by().values_list("locale__language_code", flat=True).distinct())
    return [code for code in LANGUAGES if code in found]
