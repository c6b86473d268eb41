"""Bundles in the calendar of everything planned."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import local_day
from cms.publication.planned import PlannedEntry, PlannedSource
from cms.translation.bundle_enums import BundleState, Timing
from cms.translation.bundles.bundle_access import list_seen_bundles, may_use_bundles
from cms.translation.bundles.gate import build_gate
from cms.translation.bundles.locks import build_bundle_url
from cms.translation.models import ReleaseBundle


def list_bundles(user: Any, first: date, limit: int) -> Iterator[PlannedEntry]:
    """List the bundles that a user may see and that are to come: open, scheduled, or in the log for a day to come."""
    if not may_use_bundles(user):
        return
    states = {BundleState.OPEN, BundleState.SCHEDULED, BundleState.LIVE}
    dated = [
        (day, moment, bundle)
        for bundle in list_seen_bundles(user)
        if bundle.state in states
        for day, moment in [_find_time(bundle)]
        if day is not None and day >= first
    ]
    for day, moment, bundle in sorted(dated, key=lambda found: (found[0], found[2].pk))[:limit]:
        remark = gettext("bundle, %(state)s") % {"state": bundle.get_state_display().lower()}
        yield PlannedEntry(day, bundle.name, remark, build_bundle_url(bundle), moment=moment)


def _find_time(bundle: ReleaseBundle) -> tuple[date | None, datetime | None]:
    if bundle.state == BundleState.LIVE or bundle.first_day:
        return bundle.first_day, None
    if bundle.timing == Timing.MOMENT:
        return (local_day(bundle.moment), localtime(bundle.moment)) if bundle.moment else (None, None)
    if bundle.timing == Timing.DAY:
        return bundle.day, None
    return build_gate(bundle, bundle.scheduled_by or bundle.owner).first_day, None


BUNDLES = PlannedSource("bundle", _("Release bundles"), list_bundles)
