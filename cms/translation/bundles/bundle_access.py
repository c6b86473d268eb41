"""Access to bundles in the editor: who may see one, and who may act on its texts."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.core.permissions import list_editable_pages
from cms.translation.models import ReleaseBundle


def may_use_bundles(user: Any) -> bool:
    """Say whether a user works with bundles at all: who may publish anything."""
    return bool(page_permission_policy.user_has_permission(user, "publish"))


def list_seen_bundles(user: Any) -> list[ReleaseBundle]:
    """List the bundles a user may see: own ones, and those whose texts are all the user's to edit."""
    bundles = list(ReleaseBundle.objects.select_related("owner").prefetch_related("entries"))
    keys = {entry.content_id for bundle in bundles for entry in bundle.entries.all()}
    pages = Page.objects.filter(translation_key__in=keys, alias_of__isnull=True)
    named = {
        (content_id, locale): pk
        for pk, content_id, locale in pages.values_list("pk", "translation_key", "locale__language_code")
    }
    editable = set(list_editable_pages(user).filter(translation_key__in=keys).values_list("pk", flat=True))
    return [
        bundle
        for bundle in bundles
        if bundle.owner_id == user.pk
        or all(named.get((entry.content_id, entry.locale)) in {*editable, None} for entry in bundle.entries.all())
    ]


def may_see_bundle(bundle: ReleaseBundle, user: Any) -> bool:
    """Say whether a user may see a bundle."""
    return may_use_bundles(user) and any(seen.pk == bundle.pk for seen in list_seen_bundles(user))


def may_publish_all(bundle: ReleaseBundle, user: Any) -> bool:
    """Say whether a user may publish every text of a bundle, which scheduling and undoing it takes."""
    wanted = set(bundle.entries.values_list("content_id", "locale"))
    pages = Page.objects.filter(translation_key__in={key for key, _locale in wanted}, alias_of__isnull=True)
    return all(
        page.permissions_for_user(user).can_publish()
        for page in pages.select_related("locale").specific()
        if (page.translation_key, page.locale.language_code) in wanted
    )
