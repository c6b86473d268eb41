"""Panel of the start page: a person's own bundles that something keeps from going live."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.desk.panels import ROWS_SHOWN, DeskList, DeskPanel, DeskRow
from cms.translation.bundle_enums import BundleState
from cms.translation.bundles.locks import build_bundle_url
from cms.translation.models import ReleaseBundle


class BlockedBundlesPanel(DeskPanel):
    """Scheduled bundles of this person, each with what keeps it."""

    name = "blocked-bundles"
    heading = _("Bundles that cannot go live")
    icon = "warning"
    order = 25

    def build_list(self, user: Any) -> DeskList:
        blocked = ReleaseBundle.objects.filter(owner_id=user.pk, state=BundleState.SCHEDULED).exclude(obstacle="")
        found = list(blocked[:ROWS_SHOWN])
        rows = [
            DeskRow(title=bundle.name, url=build_bundle_url(bundle), remark=bundle.obstacle, is_urgent=True)
            for bundle in found
        ]
        return DeskList(rows, blocked.count() if len(found) == ROWS_SHOWN else len(found))
