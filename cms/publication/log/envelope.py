"""The part of a released document that is not its text: identity, dates, classification, languages and their states."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson
from django.conf import settings
from django.utils.encoding import iri_to_uri

from cms.core.languages import LANGUAGES
from cms.publication.log.history import ContentHistory
from cms.publication.log.timeline import find_span
from cms.publication.models.log import Release
from cms.publication.registry import registry


def build_envelope(history: ContentHistory, row: Release, day: date) -> dict[str, Any]:
    """Build what can change around a text without the text changing, as of a day.

    Returns ``{"url", "visibility", "topics", …, "translations": [{"locale", "state", "url"}], "translation": {"state",
    "source_locale", "source_version"}}``. ``translations`` lists the other languages that apply on the day.
    """
    classification = history.get_classification(row.locale)
    translations = []
    for locale in history.locales:
        if locale == row.locale:
            continue
        span = find_span(history.build_text_spans(locale), day)
        if span is not None:
            translations.append(
                {
                    "locale": locale,
                    "state": history.derive_state(span.row, day),
                    "url": build_url(history.get_path(locale)),
                }
            )
    return {
        "url": build_url(history.get_path(row.locale)),
        "topics": list(classification.topics),
        "audiences": list(classification.audiences),
        "focus_areas": list(classification.focus_areas),
        "consortium": classification.consortium or None,
        "municipalities": list(classification.municipalities),
        "visibility": str(classification.visibility),
        "translations": translations,
        "translation": {
            "state": history.derive_state(row, day),
            "source_locale": history.source_locale,
            "source_version": row.source_version or None,
        },
    }


def build_document(text: Mapping[str, Any], row: Release, envelope: Mapping[str, Any]) -> dict[str, Any]:
    """Build the complete document of one row: identity first, then the text, then what surrounds it and is derived of both."""
    document = {
        "id": str(row.content_id),
        "type": row.type,
        "locale": row.locale,
        "version": row.version,
        "url": envelope["url"],
        **{key: value for key, value in text.items() if key not in envelope},
        **{key: value for key, value in envelope.items() if key != "url"},
        "applies_from": row.applies_from.isoformat() if row.applies_from else None,
        "applies_until": row.applies_until.isoformat() if row.applies_until else None,
        "released_at": format_moment(row.released_at),
        "first_released_at": format_moment(row.first_released_at),
        "change_note": row.change_note,
        "significance": row.significance,
        "direction": LANGUAGES[row.locale].direction,
    }
    return registry.complete(document)


def build_url(path: str) -> str:
    """Build the public address of a portal path, in ASCII: slugs of older pages hold other letters, which are percent-encoded."""
    return iri_to_uri(f"{settings.PUBLIC_URL}{path}")


def format_moment(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def encode(value: Any) -> bytes:
    """Encode as UTF-8 JSON."""
    return orjson.dumps(value)
