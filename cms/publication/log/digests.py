"""Short hashes under which equal values are recognised."""

from hashlib import sha256
from typing import Any

import orjson


def compute_hash(value: Any) -> str:
    """Compute a short hash of a value's canonical JSON; equal values have equal hashes, whatever the order of keys."""
    return sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
