"""What a user may do with a releasable page."""

from wagtail.models import PagePermissionTester


class ReleasablePagePermissionTester(PagePermissionTester):
    """A releasable page is never merely unpublished: it is withdrawn, with a reason, by whoever may publish it."""

    def can_unpublish(self) -> bool:
        """Whether Wagtail may offer "Unpublish": only for an alias, which is never released."""
        return bool(self.page.specific.is_alias and super().can_unpublish())

    def can_withdraw(self) -> bool:
        """Whether the user may take the page away from readers."""
        return bool(not self.page.specific.is_alias and super().can_unpublish())
