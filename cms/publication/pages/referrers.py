"""The texts that show a thing by reference, and their release again when it changes.

What one text says of another (title, address, days, readers) is never itself shown by reference, and what stands in a reusable
block counts as shown by every text around it. So the referrers of what changed are all there is to do; nothing goes on from them.
"""

import logging
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.core.shown_targets import Target
from cms.publication.log.publication_log import publication_log
from cms.publication.models import ChangedTarget, ReleaseReference, Window
from cms.publication.pages.services import release_texts_again

logger = logging.getLogger(__name__)

# Past so many referrers a change leaves them to the worker, so that no editor waits and the log's head is soon free.
MOST_AT_ONCE = 50

Referrer = tuple[UUID, str]


def list_referrers(targets: Collection[Target]) -> list[Referrer]:
    """List the contents and languages whose present or planned texts show one of these things, or asked to. One query."""
    delivered = Window.objects.present_and_future(today()).filter(
        content_id=OuterRef("release__content_id"),
        locale=OuterRef("release__locale"),
        release__text_position=OuterRef("release_id"),
    )
    kinds: dict[str, list[str]] = {}
    for target in targets:
        kinds.setdefault(target.kind, []).append(target.key)
    shown = Q(pk__in=[])
    for kind, keys in kinds.items():
        shown |= Q(kind=kind, target__in=keys)
    referrers = ReleaseReference.objects.filter(shown).filter(Exists(delivered))
    return sorted(set(referrers.values_list("release__content_id", "release__locale")), key=str)


def list_own_referrers(content_ids: Collection[UUID]) -> list[Referrer]:
    """List the languages of some contents in which a text shows anything by reference."""
    if not content_ids:
        return []
    own = ReleaseReference.objects.filter(release__content_id__in=content_ids)
    return sorted(set(own.values_list("release__content_id", "release__locale")), key=str)


def list_pages(referrers: Iterable[Referrer]) -> list[ReleasablePage]:
    """List the live pages behind some referrers."""
    wanted = set(referrers)
    pages = Page.objects.filter(translation_key__in={content_id for content_id, _locale in wanted}, live=True)
    return [
        page
        for page in pages.order_by("pk").select_related("locale").specific()
        if isinstance(page, ReleasablePage)
        and not page.is_alias
        and (page.translation_key, page.locale.language_code) in wanted
    ]


def release_referrers(targets: Collection[Target], *, keeps_past: bool = False) -> None:
    """Release again what shows a thing that has changed: in this transaction, or by the worker where it is much."""
    referrers = list_referrers(targets)
    if len(referrers) > MOST_AT_ONCE:
        _store_changed(targets, keeps_past)
        return
    for page in list_pages(referrers):
        release_texts_again(page, keeps_past=keeps_past)


def release_referrers_later(targets: Collection[Target]) -> None:
    """Leave what shows these things to the worker. The work is stored in the transaction in which they change."""
    if list_referrers(targets):
        _store_changed(targets, keeps_past=False)


def release_referrers_after_commit(targets: Collection[Target]) -> None:
    """Release again what shows a thing as soon as its change is committed, which never waits for that."""
    release_referrers_later(targets)
    # An error does not reach who made the change: it is made, and the worker tries again.
    transaction.on_commit(_release_few, robust=True)


def release_waiting_referrers() -> int:
    """Release again all that is stored as waiting, each referrer in a transaction of its own. Returns the rows appended.

    What fails stays stored and holds up nothing else.
    """
    appended = 0
    for changed in ChangedTarget.objects.order_by("pk"):
        try:
            for referrer in list_referrers([Target(changed.kind, changed.target)]):
                with publication_log.appending():
                    pages = list_pages([referrer])
                    appended += sum(release_texts_again(page, keeps_past=changed.keeps_past) for page in pages)
        except Exception:
            logger.exception("what shows %s could not be released again", changed)
        else:
            changed.delete()
    return appended


def rebuild_references() -> int:
    """Store anew what every present and planned text shows, and release those that read differently. Returns the texts' pages."""
    texts = Window.objects.present_and_future(today()).order_by().values_list("content_id", "locale").distinct()
    done = 0
    for referrer in sorted(texts, key=str):
        for page in list_pages([referrer]):
            with publication_log.appending():
                release_texts_again(page)
            done += 1
    return done


def _store_changed(targets: Collection[Target], keeps_past: bool) -> None:
    ChangedTarget.objects.bulk_create(
        [ChangedTarget(kind=target.kind, target=target.key, keeps_past=keeps_past) for target in sorted(targets)]
    )


def _release_few() -> None:
    waiting = [Target(changed.kind, changed.target) for changed in ChangedTarget.objects.all()[:MOST_AT_ONCE]]
    if waiting and len(list_referrers(waiting)) <= MOST_AT_ONCE:
        release_waiting_referrers()
