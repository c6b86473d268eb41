"""Checked form of one text of an act, which every import takes in, and its NDJSON form.

Shape of a line: ``{"eli_uri", "document_type", "lexdania_type", "year", "number", "accession_number", "document_id",
"title", "signed_date", "source_status", "provisions": [{"chapter", "section", "text"}]}``; ``provisions`` may be empty
(metadata alone). What LexDania XML tells beyond that may be given too: ``published_date``, ``in_force_from``,
``applicable_from``, ``ended_on``, ``ministry``, ``popular_title``, ``journal_number``, ``introduction``. A key that is left
out leaves what is stored as it is.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.utils.translation import gettext as _

from cms.core.json_lines import RepeatedKeyError, parse_json_line
from cms.core.personal_data import find_cpr_number
from cms.core.unicode_text import compose_text
from legal.enums import RelationKind
from legal.language.eli_uris import ELI_URI
from legal.language.section_numbers import normalise_section

# Example: "‹LBK›"
DOCUMENT_TYPE = re.compile(r"^[A-ZÆØÅ]{2,10}$")
MAX_PROVISIONS = 10_000
MAX_TEXT = 2_000_000
SECTION_LENGTH = 50
NUMBERS = {"year": (1500, 2500), "number": (1, 10_000_000)}
REQUIRED_TEXTS = {"document_type": 10, "title": 4000}
OPTIONAL_TEXTS = {
    "lexdania_type": 40,
    "accession_number": 40,
    "document_id": 40,
    "source_status": 20,
    "popular_title": 1000,
    "ministry": 200,
    "journal_number": 200,
    "introduction": 100_000,
}
OPTIONAL_DATES = ("published_date", "in_force_from", "applicable_from", "ended_on")
PUBLIC_TEXTS = ("title", "popular_title", "journal_number", "introduction")

RawProvision = tuple[str | None, str | None, str]


class ActLineError(ValueError):
    """A text that cannot be taken in; the message is for the person who imports."""


@dataclass(frozen=True)
class LineCommencement:
    """A day on which a part of the text takes effect; ``provisions`` ``None``: the file does not say which."""

    date: date | None
    provisions: Sequence[str] | None
    note: str


@dataclass(frozen=True)
class LineRelation:
    """A relation of the text to another one; ``target`` is its accession number, else its name."""

    kind: RelationKind
    target: str
    text: str


@dataclass(frozen=True)
class ActLine:
    """One checked text. ``metadata`` holds the fields of ``Expression`` that the source gives.

    ``relations`` and ``commencements`` are ``None`` where the form of the source does not tell of them.
    """

    eli_uri: str
    metadata: Mapping[str, Any]
    provisions: Sequence[RawProvision]
    text_hash: str
    commencements: Sequence[LineCommencement] | None = None
    relations: Sequence[LineRelation] | None = None
    warnings: Sequence[str] = ()


def parse_act_line(line: bytes) -> ActLine:
    """Parse and check one line of NDJSON.

    Raises:
        ActLineError: if the line is no JSON object of the shape, or holds what must not be published.
    """
    try:
        data = parse_json_line(line)
    except RepeatedKeyError as error:
        raise ActLineError(_("the key “%(key)s” stands twice in one object") % {"key": error.key}) from error
    except ValueError as error:
        raise ActLineError(_("no JSON: %(reason)s") % {"reason": error}) from error
    if not isinstance(data, dict):
        raise ActLineError(_("no JSON object"))
    metadata: dict[str, Any] = {
        **{key: _read_text(data, key) for key in REQUIRED_TEXTS},
        **{key: _read_number(data, key) for key in NUMBERS},
        "signed_date": _read_date(data, "signed_date"),
        **{key: _read_text(data, key) for key in OPTIONAL_TEXTS if data.get(key) is not None},
        **{key: _read_date(data, key) for key in OPTIONAL_DATES if data.get(key) is not None},
    }
    return build_act_line(_read_text(data, "eli_uri"), metadata, _read_provisions(data))


def build_act_line(
    eli_uri: str, metadata: Mapping[str, Any], provisions: Sequence[RawProvision], **beyond: Any
) -> ActLine:
    """Check what holds for a text in any form, and build it; ``beyond`` are the other fields of ``ActLine``.

    Letters are composed, so that what is stored, cited and asked for is one form; invisible characters stay as delivered.

    Raises:
        ActLineError: if something is missing, too long, or must not be published.
    """
    metadata = {key: compose_text(value) if isinstance(value, str) else value for key, value in metadata.items()}
    provisions = [
        (chapter and compose_text(chapter), section and compose_text(section), compose_text(text))
        for chapter, section, text in provisions
    ]
    if len(eli_uri) > 200 or not ELI_URI.match(eli_uri):
        raise ActLineError(_("eli_uri: “%(value)s” is no ELI URI") % {"value": eli_uri})
    if not DOCUMENT_TYPE.match(metadata["document_type"]):
        raise ActLineError(
            _("document_type: “%(value)s” is no type such as LBK") % {"value": metadata["document_type"]}
        )
    for key, (lowest, highest) in NUMBERS.items():
        if not lowest <= metadata[key] <= highest:
            raise ActLineError(_("%(key)s: a whole number is missing") % {"key": key})
    for key, limit in {**REQUIRED_TEXTS, **OPTIONAL_TEXTS}.items():
        if key in metadata:
            check_text(key, metadata[key], limit, required=key in REQUIRED_TEXTS)
    for key in PUBLIC_TEXTS:
        if found := find_cpr_number(metadata.get(key, "")):
            raise ActLineError(_("%(key)s: %(found)s looks like a CPR number") % {"key": key, "found": found})
    _check_provisions(provisions)
    text_hash = hashlib.sha256(orjson.dumps(provisions)).hexdigest() if provisions else ""
    return ActLine(eli_uri, metadata, provisions, text_hash, **beyond)


def check_text(key: str, value: str, limit: int, *, required: bool = True) -> None:
    """Check the length of a text, and that it can be stored.

    Raises:
        ActLineError: naming the key.
    """
    if required and not value.strip():
        raise ActLineError(_("%(key)s: text is missing") % {"key": key})
    if len(value) > limit:
        raise ActLineError(_("%(key)s: longer than %(limit)d characters") % {"key": key, "limit": limit})
    if "\x00" in value:
        raise ActLineError(_("%(key)s: contains a null character") % {"key": key})


def _check_provisions(provisions: Sequence[RawProvision]) -> None:
    if len(provisions) > MAX_PROVISIONS:
        raise ActLineError(_("provisions: more than %(limit)d") % {"limit": MAX_PROVISIONS})
    for place, (chapter, section, text) in enumerate(provisions, start=1):
        try:
            check_text("text", text, MAX_TEXT)
            check_text("chapter", chapter or "", 40, required=False)
            # Stored is what it becomes: "1a1a" is written "1 a 1 a".
            check_text("section", normalise_section(section or ""), SECTION_LENGTH, required=False)
        except ActLineError as error:
            raise ActLineError(_("provision %(place)d, %(reason)s") % {"place": place, "reason": error}) from error
        if found := find_cpr_number(text):
            raise ActLineError(
                _("provision %(place)d: %(found)s looks like a CPR number") % {"place": place, "found": found}
            )


def _read_text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise ActLineError(_("%(key)s: text is missing") % {"key": key})
    return value


def _read_number(data: Mapping[str, Any], key: str) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ActLineError(_("%(key)s: a whole number is missing") % {"key": key})
    return value


def _read_date(data: Mapping[str, Any], key: str) -> date:
    value = data.get(key)
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError as error:
        raise ActLineError(_("%(key)s: a date such as 2025-09-25 is missing") % {"key": key}) from error


def _read_provisions(data: Mapping[str, Any]) -> list[RawProvision]:
    entries = data.get("provisions")
    if not isinstance(entries, list):
        raise ActLineError(_("provisions: a list is missing"))
    provisions: list[RawProvision] = []
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise ActLineError(_("provision %(place)d: no JSON object") % {"place": place})
        try:
            provisions.append(
                (_read_optional(entry, "chapter"), _read_optional(entry, "section"), _read_text(entry, "text"))
            )
        except ActLineError as error:
            raise ActLineError(_("provision %(place)d, %(reason)s") % {"place": place, "reason": error}) from error
    return provisions


def _read_optional(data: Mapping[str, Any], key: str) -> str | None:
    return _read_text(data, key) or None if data.get(key) is not None else None
