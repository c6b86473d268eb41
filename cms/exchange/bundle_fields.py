"""Tools with which bundle kinds describe and read their own fields."""

from typing import Any

from django.core.exceptions import ValidationError


def build_object(**properties: Any) -> dict[str, Any]:
    """Build the schema of an object in which every key is optional and no other is allowed."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


def set_stream(page: Any, name: str, raw: list[dict[str, Any]]) -> None:
    """Set a stream field to raw blocks, ``[{"type", "value"}]``, checked as the editor would.

    Raises:
        ValidationError: under the field's name.
    """
    block = getattr(page, name).stream_block
    try:
        setattr(page, name, block.clean(block.to_python(raw)))
    except ValidationError as error:
        raise ValidationError({name: str(getattr(error, "message", "") or error)}) from error


def set_blocks_of(page: Any, name: str, kind: str, values: list[dict[str, Any]]) -> None:
    """Set a stream field of one kind of block to values.

    Raises:
        ValidationError: under the field's name.
    """
    set_stream(page, name, [{"type": kind, "value": value} for value in values])
