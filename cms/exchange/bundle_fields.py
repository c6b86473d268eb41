"""Tools with which bundle kinds describe and read their own fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError

_deferring: ContextVar[bool] = ContextVar("deferring", default=False)


def build_object(**properties: Any) -> dict[str, Any]:
    """Build the schema of an object in which every key is optional and no other is allowed."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


@contextmanager
def deferring_required(*, is_draft: bool) -> Iterator[None]:
    """Take blocks of a draft without what they need at publication, as the editor does."""
    token = _deferring.set(is_draft)
    try:
        yield
    finally:
        _deferring.reset(token)


def set_stream(page: Any, name: str, raw: list[dict[str, Any]]) -> None:
    """Set a stream field to raw blocks, ``[{"type", "value"}]``, checked as the editor would.

    Raises:
        ValidationError: under the field's name, with the place and the reason of each error.
    """
    block = getattr(page, name).stream_block
    clean = block.clean_deferred if _deferring.get() else block.clean
    try:
        setattr(page, name, clean(block.to_python(raw)))
    except ValidationError as error:
        raise ValidationError({name: list(_list_errors(error, ""))}) from error


def set_blocks_of(page: Any, name: str, kind: str, values: list[dict[str, Any]]) -> None:
    """Set a stream field of one kind of block to values.

    Raises:
        ValidationError: under the field's name.
    """
    set_stream(page, name, [{"type": kind, "value": value} for value in values])


def _list_errors(error: ValidationError, place: str) -> Iterator[str]:
    """List what is wrong with blocks and the blocks in them, each with its place: ``2.rows.0: This field is required.``"""
    nested = getattr(error, "block_errors", None) or {}
    pairs = nested.items() if isinstance(nested, dict) else enumerate(nested)
    for name, inner in pairs:
        if inner is not None:
            yield from _list_errors(inner, f"{place}.{name}" if place else str(name))
    general = getattr(error, "non_block_errors", None)
    messages = error.messages if general is None else [text for inner in general.as_data() for text in inner.messages]
    if general is not None or not nested:
        for message in messages:
            yield f"{place}: {message}" if place else message
