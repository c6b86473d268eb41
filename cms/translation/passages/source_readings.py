"""Readings of a source by its translators: what wagtail-localize holds of it, when it was read, and whether a machine wrote."""

from typing import Any

import orjson
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, TranslationLog, TranslationSource

from cms.publication.editor.draft_marks import DraftMark
from cms.publication.registry import SourceReading
from cms.translation.models import DraftReading
from cms.translation.passages.missing_passages import find_translation


def read_source(source: Any) -> TranslationSource:
    """Read a page or snippet as it stands for its translators.

    A draft that was handed to them stays what they translate: reading the text that is out would take it away again.
    """
    held = find_held_source(source)
    if held is not None and isinstance(source, Page) and holds_unreleased_draft(held, source):
        return held
    read, _is_new = TranslationSource.update_or_create_from_instance(source)
    return read


def find_held_source(source: Any) -> TranslationSource | None:
    """Find what translators hold of a page or snippet; ``None`` where nobody has begun to translate it."""
    return TranslationSource.objects.filter(object_id=source.translation_key, locale=source.locale).first()


def holds_unreleased_draft(held: TranslationSource, source: Page) -> bool:
    """Say whether translators have a draft of a live page that readers do not have yet."""
    newest, live = source.get_latest_revision(), source.live_revision
    if not source.live or live is None or newest is None or newest.pk == live.pk:
        return False
    return is_same_text(held, newest) and not is_same_text(held, live)


def is_same_text(held: TranslationSource, revision: Revision) -> bool:
    """Say whether translators have the text of a draft of the page."""
    content = Revision(content_type=revision.content_type, content=orjson.loads(held.content_json))
    return DraftMark.build(content).digest == DraftMark.build(revision).digest


def find_source_reading(page: Any, revision_id: int | None) -> SourceReading | None:
    """Find when the source was read for this draft of a translation; ``None`` when it was not made with wagtail-localize.

    wagtail-localize notes which revision it made. A revision that it did not make renders no reading in particular.
    """
    translation = find_translation(page)
    if translation is None:
        return None
    own = DraftReading.objects.filter(
        log__source=translation.source,
        log__locale=page.locale_id,
        log__revision_id=revision_id or page.latest_revision_id,
    )
    moment = own.order_by("-read_at").values_list("read_at", flat=True).first()
    return SourceReading(moment or translation.source.last_updated_at, is_of_draft=moment is not None)


def on_draft_made(instance: TranslationLog, *, created: bool, **_kwargs: Any) -> None:
    """Note from which reading of the source wagtail-localize has made a draft."""
    if created:
        DraftReading.objects.create(log=instance, read_at=instance.source.last_updated_at)


def is_machine_translated(page: Any) -> bool:
    """Say whether any passage of the translation still stands as a machine wrote it."""
    return bool(list_machine_passages(page).exists())


def list_machine_passages(page: Any) -> Any:
    """List the passages of a translation that stand as a machine wrote them."""
    translation = find_translation(page)
    if translation is None:
        return StringTranslation.objects.none()
    return StringTranslation.objects.filter(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        locale=page.locale_id,
        translation_of__segments__source=translation.source,
        context__object_id=page.translation_key,
    ).distinct()


def stop_translation(page: Any) -> None:
    """Let a page stand by its own words from now on; the passages translated so far are kept, for whoever starts again."""
    translation = find_translation(page)
    if translation is not None:
        translation.enabled = False
        translation.save(update_fields=["enabled"])
