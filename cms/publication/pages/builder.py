"""From a page to a draft for the log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.core.models import ReleasablePage
from cms.core.shown_targets import Resolver, Target, showing
from cms.publication.log.drafts import Classification, LaterRendition, ReleaseDraft
from cms.publication.log.envelope import build_url, format_moment
from cms.publication.pages.rendered_versions import find_rendered_version
from cms.publication.pages.resolver import LogResolver
from cms.publication.pages.serializers import build_own_text, build_text
from cms.publication.registry import registry

# Builds the text part of a page's document by a type's serializer.
TextBuilder = Callable[[Any, type], dict[str, Any]]


class UnknownTypeError(TypeError):
    """A page whose type has not been registered for publication."""


def build_release_draft(
    page: ReleasablePage,
    revision_id: int | None = None,
    *,
    first_day: date | None = None,
    readers: Classification | None = None,
) -> ReleaseDraft:
    """Build the draft of a page as it stands in ``page``, which may be a revision's object.

    It reads as on ``first_day``, else on its own first day, and carries how it reads from later days on. It shows what ``readers``
    may see, else those of its source: an older revision does not know who may see the content by now.

    Raises:
        UnknownTypeError: if the page's type is not registered.
    """
    content_type = registry.find_type_of(page)
    if content_type is None:
        raise UnknownTypeError(type(page).__name__)
    source = find_source_page(page)
    source_locale = source.locale.language_code
    locale = page.locale.language_code
    is_source = source.pk == page.pk
    resolver = LogResolver(readers.visibility, readers.consortium, locale) if readers else build_resolver(page)
    day = first_day or page.applies_from or today()
    days = build_days(page, content_type.serializer, day, resolver)

    def build_own() -> dict[str, Any]:
        with showing(day, resolver):
            return build_own_text(page, content_type.serializer)

    return ReleaseDraft(
        content_id=page.translation_key,
        locale=locale,
        type=content_type.name,
        document=days.document,
        renditions=days.renditions,
        references=frozenset(days.references),
        path=page.portal_path,
        **vars(build_classification(source)),
        applies_from=page.applies_from,
        applies_until=page.applies_until,
        significance=page.significance,
        change_note=page.change_note,
        source_locale=source_locale,
        source_version="" if is_source else find_rendered_version(page, source_locale, revision_id, build_own),
        is_machine=not is_source and registry.machine_check(page),
        revision_id=revision_id,
        verified=page.verified.build(),
    )


@dataclass
class TextDays:
    """A page's text as it reads on its first day and on each later day on which that differs.

    ``references`` is what it shows, or asked to show, on any of these days.
    """

    document: Mapping[str, Any]
    references: set[Target]
    renditions: list[LaterRendition] = field(default_factory=list)


def build_days(
    page: ReleasablePage, serializer: type, first_day: date, resolver: Resolver, *, build: TextBuilder = build_text
) -> TextDays:
    """Build a page's text for its first day and for all days on which what it shows by reference changes."""
    with showing(first_day, resolver) as record:
        built = TextDays(build(page, serializer), record.targets)
    last, days = built.document, set(record.effective_days)
    while days:
        day = min(days)
        if page.applies_until and day > page.applies_until:
            break
        with showing(day, resolver) as record:
            text = build(page, serializer)
        # What begins to show on a day may have days of its own.
        days = (days | record.effective_days) - {day}
        built.references |= record.targets
        if text != last:
            built.renditions.append(LaterRendition(day, text))
            last = text
    return built


def build_resolver(page: ReleasablePage) -> LogResolver:
    """Build what resolves a page's references for its readers, who are its source's, in its language."""
    readers = build_classification(find_source_page(page))
    return LogResolver(readers.visibility, readers.consortium, page.locale.language_code)


def build_classification(source: ReleasablePage) -> Classification:
    """Build the classification and the readers of an item, as its source page says."""
    return Classification(
        visibility=source.visibility,
        consortium=source.consortium.slug if source.consortium else "",
        topics=source.topics,
        audiences=source.audiences,
        focus_areas=source.focus_areas,
        municipalities=source.municipalities,
    )


def build_draft_document(page: ReleasablePage) -> dict[str, Any]:
    """Build a draft's document as readers would get it, for the preview; nothing is stored."""
    draft = build_release_draft(page)
    now = format_moment(timezone.now())
    document = {
        "id": str(draft.content_id),
        "type": draft.type,
        "locale": draft.locale,
        "version": "draft",
        "url": build_url(draft.path),
        **draft.document,
        "topics": list(draft.topics),
        "audiences": list(draft.audiences),
        "focus_areas": list(draft.focus_areas),
        "consortium": draft.consortium or None,
        "municipalities": list(draft.municipalities),
        "visibility": draft.visibility,
        "translations": [],
        "translation": {
            "state": "source" if draft.locale == draft.source_locale else "current",
            "source_locale": draft.source_locale,
            "source_version": draft.source_version or None,
        },
        "applies_from": (draft.applies_from or today()).isoformat(),
        "applies_until": draft.applies_until.isoformat() if draft.applies_until else None,
        "released_at": now,
        "first_released_at": now,
        "change_note": draft.change_note,
        "significance": draft.significance,
        "direction": LANGUAGES[draft.locale].direction,
        "verified": dict(draft.verified),
    }
    return registry.complete(document)


def find_source_page(page: ReleasablePage) -> ReleasablePage:
    """Find the page an item was written in first; a page that is it is returned as it stands, with its draft values."""
    pages = page.list_source_first()
    source: ReleasablePage = pages[0] if pages and pages[0].pk != page.pk else page
    return source
