"""Words of a page: what it says, whatever is known of it besides and however it is rendered."""

from functools import cache
from typing import Any

import orjson
from wagtail.models import Page

from cms.core.models import ReleasablePage

# Where an item belongs, who may see it, what is told of its release, and who vouches for it.
_BESIDE = frozenset(
    {
        *("topics", "audiences", "focus_areas", "consortium", "municipalities", "visibility"),
        *("applies_from", "applies_until", "significance", "change_note"),
        *("verified_by", "verified_until", "responsible"),
    }
)
# Every copy of a block or of a row has its own.
_OWN_TO_A_COPY = frozenset({"id", "pk", "page"})


def read_words(page: ReleasablePage) -> dict[str, Any]:
    """Read what a page says by field: title, texts and blocks with their values, and the rows that belong to it."""
    streams = page.list_stream_fields()
    data = orjson.loads(orjson.dumps(page.serializable_data(), default=str))
    return {
        name: _strip(orjson.loads(value) if name in streams and isinstance(value, str) else value)
        for name, value in data.items()
        if name == "title" or name not in _list_page_fields() | _BESIDE | _OWN_TO_A_COPY
    }


@cache
def _list_page_fields() -> frozenset[str]:
    return frozenset(field.name for field in Page._meta.get_fields())


def _strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _strip(entry) for name, entry in value.items() if name not in _OWN_TO_A_COPY}
    return [_strip(entry) for entry in value] if isinstance(value, list) else value
