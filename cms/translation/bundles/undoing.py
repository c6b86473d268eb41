"""Undo of a live bundle, as a bundle of its own: former texts come back and new ones go, in one range of the log again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.publication.editor.undoing import UndoKind, UndoRefusedError, carry_out, choose_undo
from cms.publication.enums import Kind
from cms.publication.log.history import ContentHistory, load_histories
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.bundle_enums import BundleState
from cms.translation.bundles.contents import BundleRefusedError, lock_bundle, require_state
from cms.translation.bundles.going_live import store_as_live
from cms.translation.bundles.own_release import releasing_as_bundle
from cms.translation.models import BundleEntry, ReleaseBundle


def list_newer(bundle: ReleaseBundle) -> list[Release]:
    """List what was published or withdrawn of a bundle's texts after it, in any language: it forbids the undo."""
    newer = []
    for history in load_histories(set(bundle.entries.values_list("content_id", flat=True))).values():
        newer += [row for row in history.rows if _is_later_act(row, bundle)]
    return newer


def undo_bundle(bundle: ReleaseBundle, user: Any) -> ReleaseBundle:
    """Undo a live bundle in one transaction. Returns the bundle that did it.

    Raises:
        BundleRefusedError: if it is not live, something newer was published of its texts, or one of them cannot be taken back.
    """
    with publication_log.appending_jointly() as before, releasing_as_bundle():
        bundle = lock_bundle(bundle)
        require_state(bundle, BundleState.LIVE)
        _refuse_newer(bundle)
        undo = ReleaseBundle.objects.create(
            name=_("Undo of “%(bundle)s”") % {"bundle": bundle.name[:100]},
            owner=user,
            scheduled_by=user,
            scheduled_at=timezone.now(),
            undoes=bundle,
        )
        entries = [entry for entry in bundle.entries.order_by("pk") if entry.version]
        pages = _load_pages(entries)
        # A source that is withdrawn takes its translations along, so what translates it goes first.
        for entry in sorted(entries, key=lambda entry: _is_source(entry, pages)):
            _undo_entry(entry, pages.get((entry.content_id, entry.locale)), undo, user)
        first_day = bundle.first_day if bundle.first_day and bundle.first_day > today() else today()
        store_as_live(undo, before, first_day, timezone.now())
        bundle.state = BundleState.UNDONE
        bundle.save(update_fields=["state"])
    return undo


def _undo_entry(entry: BundleEntry, page: Any, undo: ReleaseBundle, user: Any) -> None:
    history = load_histories([entry.content_id])[entry.content_id]
    row = history.find_version(entry.version)
    if row is None or page is None:
        raise BundleRefusedError(_("“%(title)s” has been deleted since.") % {"title": _find_title(history, entry)})
    try:
        with transaction.atomic():
            chosen = choose_undo(history, row)
            carry_out(page, chosen, user)
    except (UndoRefusedError, ReleaseRefusedError) as error:
        raise BundleRefusedError(_("“%(title)s”: %(reason)s") % {"title": row.title, "reason": error}) from error
    undo.entries.create(
        content_id=entry.content_id,
        locale=entry.locale,
        page_key=page.pk,
        is_pending=False,
        version=_find_again(entry) if chosen.kind == UndoKind.RETURN else "",
    )


def _find_again(entry: BundleEntry) -> str:
    """Find the version as which the former text was released again."""
    history = load_histories([entry.content_id])[entry.content_id]
    rows = [row for row in history.list_rows(entry.locale) if row.is_text]
    return rows[-1].version if rows else ""


def _refuse_newer(bundle: ReleaseBundle) -> None:
    newer = list_newer(bundle)
    if newer:
        named = sorted({f"“{row.title}” ({LANGUAGES[row.locale].endonym})" for row in newer})
        raise BundleRefusedError(
            _("It cannot be undone any more. Published or withdrawn since: %(texts)s.") % {"texts": ", ".join(named)}
        )


def _is_later_act(row: Release, bundle: ReleaseBundle) -> bool:
    is_act = row.is_text or row.kind == Kind.WITHDRAWN
    return is_act and row.position > (bundle.last_position or 0)


def _load_pages(entries: list[BundleEntry]) -> dict[tuple[Any, str], Any]:
    found = Page.objects.filter(translation_key__in={entry.content_id for entry in entries}, alias_of__isnull=True)
    pages = found.order_by("pk").select_related("locale").specific()
    return {(page.translation_key, page.locale.language_code): page for page in pages}


def _is_source(entry: BundleEntry, pages: dict[tuple[Any, str], Any]) -> bool:
    page = pages.get((entry.content_id, entry.locale))
    others = [other.pk for (content_id, _locale), other in pages.items() if content_id == entry.content_id]
    return page is not None and page.pk == min(others)


def _find_title(history: ContentHistory, entry: BundleEntry) -> str:
    rows = history.list_rows(entry.locale)
    return rows[-1].title if rows else str(entry.content_id)
