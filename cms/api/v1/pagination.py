"""Keyset paging: a cursor holds the sort key of the last row, sealed and bound to the question and the caller's access scope."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from django.db.models import Q
from django.http import QueryDict

from cms.api.problems import Problem, ProblemError
from cms.api.sealing import BadSealError, seal, unseal
from cms.core.collation import by_code_point
from cms.publication.access.querysets import WindowQuerySet

POSITION_DIGITS = 20


@dataclass(frozen=True)
class Sort:
    """An order of windows by one column; the position decides a tie, in the same direction."""

    column: str
    is_descending: bool = False

    def apply(self, windows: WindowQuerySet) -> WindowQuerySet:
        """Order the rows."""
        if self.column == "title_order":
            windows = windows.annotate(title_order=by_code_point("title_key"))
        sign = "-" if self.is_descending else ""
        return windows.order_by(f"{sign}{self.column}", f"{sign}release_id")

    def after(self, windows: WindowQuerySet, value: Any, position: int) -> WindowQuerySet:
        """Keep the rows that follow one, in this order."""
        beyond = "lt" if self.is_descending else "gt"
        return windows.filter(
            Q(**{f"{self.column}__{beyond}": value}) | Q(**{self.column: value, f"release_id__{beyond}": position})
        )


SORTS = {
    "-released_at": Sort("released_at", is_descending=True),
    "title": Sort("title_order"),
    "applies_from": Sort("starts"),
}


def seal_place(binding: str, place: Sequence[Any]) -> str:
    """Seal a place in a list; numbers are padded so that a token's length tells nothing of them."""
    padded = [f"{entry:0{POSITION_DIGITS}d}" if isinstance(entry, int) else entry for entry in place]
    return seal("list", _digest(binding) + orjson.dumps(padded), repeatable=True)


def unseal_place(binding: str, token: str, kinds: Sequence[type]) -> list[Any]:
    """Open a place in a list whose parts are of ``kinds`` (int, str, date or datetime).

    Raises:
        Problem: 400 ``invalid-cursor`` when it is not of this list.
    """
    try:
        content = unseal("list", token)
        if content[:16] != _digest(binding):
            raise BadSealError
        place = orjson.loads(content[16:])
        return [_read_part(part, kind) for part, kind in zip(place, kinds, strict=True)]
    except ValueError as error:
        detail = "The cursor is not of this list: start again without it."
        errors: list[ProblemError] = [{"parameter": "cursor", "detail": "was not given for these parameters"}]
        raise Problem(400, "invalid-cursor", "Invalid cursor", detail, errors) from error


def build_next_query(query: QueryDict, cursor: str) -> str:
    """Build the query of the next page: what was asked, with the cursor."""
    pairs = [(name, value) for name, values in query.lists() if name != "cursor" for value in values]
    return urlencode([*pairs, ("cursor", cursor)])


def _read_part(part: str, kind: type) -> Any:
    return kind.fromisoformat(part) if kind in (date, datetime) else kind(part)


def _digest(binding: str) -> bytes:
    return hashlib.sha256(binding.encode()).digest()[:16]
