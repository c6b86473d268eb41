"""Embedding the documents that a document refers to."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from cms.api.v1.applying_documents import keep_known, load_bodies
from cms.core.languages import fallback_chain
from cms.publication.access.access_scope import AccessScope
from cms.publication.models import Window


def embed_related(document: Mapping[str, Any], locale: str, day: date, access: AccessScope) -> dict[str, Any]:
    """Build the document with each entry of ``related`` as ``{"id", "type", "document": {...} or null}``. Two queries.

    Each is the one that applies on the day in the best language of the chain; stale law notes are left out as everywhere.
    """
    ids = [UUID(entry["id"]) for entry in document["related"]]
    chain = fallback_chain(locale)
    windows = keep_known(Window.objects.filter(content_id__in=ids, locale__in=chain), access, day).not_stale()
    best = windows.best_language(chain).values_list("content_id", "release_id")
    positions = dict(best)
    bodies = dict(zip(positions, load_bodies(positions.values()), strict=True))
    related = [
        {**entry, "document": orjson.loads(bodies[key]) if (key := UUID(entry["id"])) in bodies else None}
        for entry in document["related"]
    ]
    return {**document, "related": related}
