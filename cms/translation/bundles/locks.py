"""Locks on the texts of a scheduled bundle: nothing else edits or publishes them before they are taken out of it."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock

from cms.core.calendar import today, write_day
from cms.core.languages import LANGUAGES
from cms.core.models import ReleasablePage
from cms.translation.bundle_enums import BundleState
from cms.translation.bundles.contents import find_pending_entry
from cms.translation.bundles.own_release import is_own_release
from cms.translation.models import BundleEntry, ReleaseBundle


class BundleLock(BaseLock):
    """Lock of a draft that was fixed when its bundle was scheduled; it holds for everybody."""

    def __init__(self, page: ReleasablePage, bundle: ReleaseBundle) -> None:
        super().__init__(page)
        self.bundle = bundle

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> SafeString:
        return format_html(
            '{} <a href="{}">{}</a>', _describe(self.bundle), build_bundle_url(self.bundle), _("Show the bundle")
        )

    def get_icon(self, user: Any) -> str:
        return "lock"

    def get_locked_by(self, user: Any) -> str:
        return _("In a scheduled bundle")

    def get_description(self, user: Any) -> str:
        return _describe(self.bundle)


def find_bundle_lock(page: ReleasablePage) -> BundleLock | None:
    """Find the lock of a page whose draft a scheduled bundle has fixed."""
    if is_own_release() or page.is_alias:
        return None
    entry = find_pending_entry(page.translation_key, page.locale.language_code)
    if entry is None or not entry.draft or entry.bundle.state != BundleState.SCHEDULED:
        return None
    return BundleLock(page, entry.bundle)


def find_bundle_obstacle(instance: Any) -> str | None:
    """Say that a text may not come out by itself: a scheduled bundle holds it, or one has planned it for that very day."""
    if not isinstance(instance, ReleasablePage) or instance.is_alias or is_own_release():
        return None
    entries = BundleEntry.objects.filter(
        content_id=instance.translation_key, locale=instance.locale.language_code
    ).select_related("bundle")
    if entry := entries.filter(bundle__state=BundleState.SCHEDULED, is_pending=True).first():
        return _describe(entry.bundle)
    first_day = instance.applies_from
    if first_day is None or first_day <= today():
        return None
    planned = entries.exclude(version="").filter(bundle__state=BundleState.LIVE, bundle__first_day=first_day).first()
    if planned is None:
        return None
    return _(
        "“%(title)s” (%(language)s) comes out on %(day)s with the bundle “%(bundle)s”. "
        "Undo the bundle first, or choose another day."
    ) % {
        "title": instance.title,
        "language": LANGUAGES[instance.locale.language_code].endonym,
        "day": write_day(first_day),
        "bundle": planned.bundle.name,
    }


def build_bundle_url(bundle: ReleaseBundle) -> str:
    """Build the address of a bundle's page."""
    return reverse("translation_bundle", args=[bundle.pk])


def _describe(bundle: ReleaseBundle) -> str:
    return _(
        "The text is in the scheduled bundle “%(bundle)s” and comes out with it. Take it out of the bundle first."
    ) % {"bundle": bundle.name}
