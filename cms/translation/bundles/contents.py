"""Contents of a bundle: putting texts in, taking them out, and calling the bundle off."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.languages import LANGUAGES
from cms.publication.log.publication_log import publication_log
from cms.publication.pages.services import is_released_type
from cms.translation.bundle_enums import BundleState
from cms.translation.models import BundleEntry, ReleaseBundle


class BundleRefusedError(Exception):
    """Something cannot be done with a bundle; the message says why, in the language of the user."""


def add_texts(bundle: ReleaseBundle, content_id: UUID, locales: Collection[str]) -> int:
    """Put an item into an open bundle in some languages, also in those that have no translation yet. Returns how many are new.

    Raises:
        BundleRefusedError: if the bundle is not open any more, or another one has one of the texts.
    """
    with publication_log.appending():
        bundle = lock_bundle(bundle)
        require_state(bundle, BundleState.OPEN)
        pages = Page.objects.filter(translation_key=content_id, alias_of__isnull=True)
        keys = dict(pages.values_list("locale__language_code", "pk"))
        there = set(bundle.entries.filter(content_id=content_id).values_list("locale", flat=True))
        wanted = [code for code in LANGUAGES if code in locales and code not in there]
        for locale in wanted:
            _refuse_second_bundle(content_id, locale)
            try:
                with transaction.atomic():
                    bundle.entries.create(content_id=content_id, locale=locale, page_key=keys.get(locale))
            except IntegrityError as error:
                raise BundleRefusedError(_("Another bundle has taken one of these texts just now.")) from error
        return len(wanted)


def remove_text(bundle: ReleaseBundle, entry_id: int) -> None:
    """Take a text out of a bundle that is not live; a scheduled one goes on without it.

    Raises:
        BundleRefusedError: if the bundle is live or over.
    """
    with publication_log.appending():
        bundle = lock_bundle(bundle)
        require_state(bundle, BundleState.OPEN, BundleState.SCHEDULED)
        bundle.entries.filter(pk=entry_id).delete()


def cancel_bundle(bundle: ReleaseBundle) -> None:
    """Call a bundle off that is not live; its texts stay drafts, and are free.

    Raises:
        BundleRefusedError: if the bundle is live or over.
    """
    with publication_log.appending():
        bundle = lock_bundle(bundle)
        require_state(bundle, BundleState.OPEN, BundleState.SCHEDULED)
        bundle.state, bundle.obstacle = BundleState.CANCELLED, ""
        bundle.save(update_fields=["state", "obstacle"])
        bundle.entries.update(is_pending=False)


def lock_bundle(bundle: ReleaseBundle) -> ReleaseBundle:
    """Get a bundle as it stands, locked to the end of the transaction. The log's head is held before it, everywhere."""
    return ReleaseBundle.objects.select_for_update().get(pk=bundle.pk)


def require_state(bundle: ReleaseBundle, *states: BundleState) -> None:
    """Refuse what a bundle's state does not allow.

    Raises:
        BundleRefusedError: if it is in none of the states.
    """
    if bundle.state not in states:
        raise BundleRefusedError(
            _("“%(bundle)s” is %(state)s: this cannot be done any more.")
            % {"bundle": bundle.name, "state": bundle.get_state_display().lower()}
        )


def may_bundle(page: Any, user: Any) -> bool:
    """Say whether a user may put a page into a bundle: who may publish it, of a type that is released."""
    return is_released_type(page) and bool(page.permissions_for_user(user).can_publish())


def find_pending_entry(content_id: UUID, locale: str) -> BundleEntry | None:
    """Find the entry of an open or scheduled bundle that holds a text."""
    return (
        BundleEntry.objects.filter(content_id=content_id, locale=locale, is_pending=True)
        .select_related("bundle")
        .first()
    )


def _refuse_second_bundle(content_id: UUID, locale: str) -> None:
    other = find_pending_entry(content_id, locale)
    if other is not None:
        raise BundleRefusedError(
            _("The text is in the bundle “%(bundle)s” already (%(language)s). Take it out there first.")
            % {"bundle": other.bundle.name, "language": LANGUAGES[locale].endonym}
        )
