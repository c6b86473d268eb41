"""Drafts of sources in the hands of translators: a bundle's languages are written before anything of it is out."""

from django.utils import timezone
from wagtail_localize.models import TranslationSource

from cms.publication.log.history import load_histories
from cms.publication.log.publication_log import publication_log
from cms.translation.bundle_enums import BundleState
from cms.translation.bundles.contents import lock_bundle, require_state
from cms.translation.bundles.entry_drafts import load_drafts
from cms.translation.models import ReleaseBundle
from cms.translation.passages.source_readings import find_held_source, is_same_text


def hand_out_drafts(bundle: ReleaseBundle) -> int:
    """Let the translators of a bundle's texts work on the drafts that come out with it. Returns how many sources have changed.

    wagtail-localize reads a source as it stands in its table, which for a live page is what readers know already.

    Raises:
        BundleRefusedError: if the bundle is live or over.
    """
    with publication_log.appending():
        bundle = lock_bundle(bundle)
        require_state(bundle, BundleState.OPEN, BundleState.SCHEDULED)
        entries = list(bundle.entries.all())
        histories = load_histories({entry.content_id for entry in entries})
        changed = 0
        for draft in load_drafts(entries, histories):
            if not draft.is_source or draft.revision is None:
                continue
            held = find_held_source(draft.page)
            if held is None or is_same_text(held, draft.revision):
                continue
            TranslationSource.update_or_create_from_instance(draft.revision.as_object())
            now = timezone.now()
            TranslationSource.objects.filter(pk=held.pk).update(last_updated_at=now)
            # Their translators are told by the notices of the desk.
            translations = bundle.entries.filter(content_id=draft.entry.content_id).exclude(locale=draft.entry.locale)
            translations.update(handed_out_at=now)
            changed += 1
        return changed
