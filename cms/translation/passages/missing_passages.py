"""The passages of a page or snippet that is translated with wagtail-localize, and those nobody has translated yet."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin
from wagtail_localize.models import StringSegment, Translation

from cms.core.html_reader import read_line
from cms.core.languages import LANGUAGES

EXAMPLE_LENGTH = 60


def find_translation(instance: Any) -> Translation | None:
    """Find how wagtail-localize keeps a page or snippet in step with its source; ``None`` where it does not."""
    return (
        Translation.objects.filter(
            source__object_id=instance.translation_key, target_locale=instance.locale_id, enabled=True
        )
        .select_related("source", "target_locale")
        .first()
    )


def find_missing_segments(translation: Translation) -> list[StringSegment]:
    """Find the source's passages that have no translation, or a faulty one, in the order in which they are read."""
    segments = StringSegment.objects.filter(source=translation.source).order_by("order")
    annotated = segments.annotate_translation(translation.target_locale).select_related("string", "context")
    return [segment for segment in annotated if not segment.translation]


def list_missing_passages(translation: Translation) -> list[str]:
    """List the texts of the passages that are missing."""
    return [read_line(segment.string.data) for segment in find_missing_segments(translation)]


def find_missing_passages(instance: Any) -> str | None:
    """Say that a translation is not whole; ``None`` where it is, or where it cannot be kept as a draft anyway."""
    if not isinstance(instance, DraftStateMixin) or not hasattr(instance, "translation_key"):
        return None
    translation = find_translation(instance)
    return describe_missing_passages(translation, str(instance)) if translation is not None else None


def describe_missing_passages(translation: Translation, title: str) -> str | None:
    """Say how many passages are missing, and the first of them; ``None`` where none is."""
    missing = list_missing_passages(translation)
    if not missing:
        return None
    passage = missing[0] if len(missing[0]) <= EXAMPLE_LENGTH else missing[0][:EXAMPLE_LENGTH] + "…"
    code = translation.target_locale.language_code
    return _(
        "“%(title)s” cannot be published in %(language)s: passages that are not translated yet: %(count)s. "
        "The first is “%(passage)s”."
    ) % {"title": title, "language": LANGUAGES[code].endonym, "count": len(missing), "passage": passage}
