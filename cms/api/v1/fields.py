"""Choosing top-level keys of documents. The only reason, with ``expand``, to open a stored document on the read path."""

from collections.abc import Collection
from functools import lru_cache

import orjson

from cms.api.v1.values import Choice
from cms.publication.pages.serializers import DocumentSerializer
from cms.publication.registry import registry


@lru_cache(maxsize=1)
def list_document_fields() -> tuple[str, ...]:
    """List the keys that documents of any type have at top level."""
    serializers = [DocumentSerializer, *(content_type.serializer for content_type in registry.types.values())]
    return tuple(dict.fromkeys(name for serializer in serializers for name in serializer().fields))


FIELD = Choice(list_document_fields)


def keep_fields(body: bytes, names: Collection[str]) -> bytes:
    """Keep the named keys of a document, in the document's own order."""
    return orjson.dumps({key: value for key, value in orjson.loads(body).items() if key in names})
