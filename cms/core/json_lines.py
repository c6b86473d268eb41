"""Lines of NDJSON as imports take them in: strict where a line would be ambiguous, lenient about the mark before the first."""

import codecs
import json
from typing import Any

import orjson


class RepeatedKeyError(ValueError):
    """A key that an object has twice. Most readers let the last value win in silence; which one is meant, nobody knows."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} stands twice in one object")
        self.key = key


def parse_json_line(line: bytes) -> Any:
    """Parse one line.

    Raises:
        RepeatedKeyError: if an object of it, however deep, has a key twice.
        ValueError: if it is no JSON in UTF-8 (RFC 8259, section 8.1); NaN and halves of surrogate pairs are none either.
    """
    values = orjson.loads(line)
    try:
        json.loads(line.decode(), object_pairs_hook=_refuse_repeated_keys)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return values


def strip_byte_order_mark(line: bytes) -> bytes:
    """Return the first line of a file without the UTF-8 byte order mark that some editors write."""
    return line.removeprefix(codecs.BOM_UTF8)


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            raise RepeatedKeyError(key)
        seen.add(key)
