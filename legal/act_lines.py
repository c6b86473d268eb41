"""Lines of an import file: one JSON object for one expression, checked before anything of it is stored.

Shape: ``{"eli_uri", "document_type", "lexdania_type", "year", "number", "accession_number", "document_id", "title",
"signed_date", "source_status", "provisions": [{"chapter", "section", "text"}]}``; ``provisions`` may be empty (metadata
alone).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.utils.translation import gettext as _

from cms.core.personal_data import find_cpr_number
from legal.citation_uris import ELI_URI

DOCUMENT_TYPE = re.compile(r"^[A-ZÆØÅ]{2,10}$")
MAX_PROVISIONS = 10_000
OPTIONAL_TEXTS = {"lexdania_type": 40, "accession_number": 40, "document_id": 40, "source_status": 20}

RawProvision = tuple[str | None, str | None, str]


class LineError(ValueError):
    """A line that cannot be taken in; the message is for the person who imports."""


@dataclass(frozen=True)
class ActLine:
    """One checked line. ``metadata`` holds the fields of ``Expression`` that the source gives."""

    eli_uri: str
    metadata: Mapping[str, Any]
    provisions: Sequence[RawProvision]
    text_hash: str


def parse_act_line(line: bytes) -> ActLine:
    """Parse and check one line.

    Raises:
        LineError: if the line is no JSON object of the shape, or holds what must not be published.
    """
    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise LineError(_("no JSON: %(reason)s") % {"reason": error.msg}) from error
    if not isinstance(data, dict):
        raise LineError(_("no JSON object"))
    eli_uri = _read_text(data, "eli_uri", 200)
    if not ELI_URI.match(eli_uri):
        raise LineError(_("eli_uri: “%(value)s” is no ELI URI") % {"value": eli_uri})
    document_type = _read_text(data, "document_type", 10)
    if not DOCUMENT_TYPE.match(document_type):
        raise LineError(_("document_type: “%(value)s” is no type such as LBK") % {"value": document_type})
    metadata: dict[str, Any] = {
        "document_type": document_type,
        "year": _read_number(data, "year", 1500, 2500),
        "number": _read_number(data, "number", 1, 10_000_000),
        "title": _read_text(data, "title", 4000),
        "signed_date": _read_date(data, "signed_date"),
        **{key: _read_text(data, key, limit, required=False) for key, limit in OPTIONAL_TEXTS.items()},
    }
    provisions = _read_provisions(data)
    if found := find_cpr_number(metadata["title"]):
        raise LineError(_("title: %(found)s looks like a CPR number") % {"found": found})
    text_hash = hashlib.sha256(orjson.dumps(provisions)).hexdigest() if provisions else ""
    return ActLine(eli_uri, metadata, provisions, text_hash)


def _read_text(data: Mapping[str, Any], key: str, limit: int, *, required: bool = True) -> str:
    value = data.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise LineError(_("%(key)s: text is missing") % {"key": key})
    if len(value) > limit:
        raise LineError(_("%(key)s: longer than %(limit)d characters") % {"key": key, "limit": limit})
    if "\x00" in value:
        raise LineError(_("%(key)s: contains a null character") % {"key": key})
    return value


def _read_number(data: Mapping[str, Any], key: str, lowest: int, highest: int) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise LineError(_("%(key)s: a whole number is missing") % {"key": key})
    return value


def _read_date(data: Mapping[str, Any], key: str) -> date:
    value = data.get(key)
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError as error:
        raise LineError(_("%(key)s: a date such as 2025-09-25 is missing") % {"key": key}) from error


def _read_provisions(data: Mapping[str, Any]) -> list[RawProvision]:
    entries = data.get("provisions")
    if not isinstance(entries, list):
        raise LineError(_("provisions: a list is missing"))
    if len(entries) > MAX_PROVISIONS:
        raise LineError(_("provisions: more than %(limit)d") % {"limit": MAX_PROVISIONS})
    provisions: list[RawProvision] = []
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise LineError(_("provision %(place)d: no JSON object") % {"place": place})
        try:
            text = _read_text(entry, "text", 2_000_000)
            chapter = _read_text(entry, "chapter", 40, required=False) or None
            section = _read_text(entry, "section", 50, required=False) or None
        except LineError as error:
            raise LineError(_("provision %(place)d, %(reason)s") % {"place": place, "reason": error}) from error
        if found := find_cpr_number(text):
            raise LineError(
                _("provision %(place)d: %(found)s looks like a CPR number") % {"place": place, "found": found}
            )
        provisions.append((chapter, section, text))
    return provisions
