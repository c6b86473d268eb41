"""Reader of the source's list of documents that changed on a day.

Shape: ``[{"documentId", "accessionsnummer", "reasonForChange", "changeDate", "documentType": {"id", "shortName"}, "href"}]``; an
empty list when nothing changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.calendar import COPENHAGEN
from legal.harvest.source_addresses import SOURCE, AddressError, parse_eli_uri
from legal.harvest.source_client import SourceClient, SourceError

REMOVED = "RemovedDocument"
MEDIA_TYPES = ("application/json", "text/json")
MAX_BYTES = 16 * 1024 * 1024
MAX_ENTRIES = 20_000


@dataclass(frozen=True)
class ListedDocument:
    """One document that changed; ``changed_at`` is the last moment at which that may have been."""

    eli_uri: str
    accession_number: str
    reason: str
    changed_at: datetime


def fetch_list(client: SourceClient, day: date, problems: list[str]) -> list[ListedDocument]:
    """Fetch the list of one day; entries that name no text are told in ``problems`` and left out.

    Raises:
        SourceError: if there is no list.
    """
    url = f"{settings.LEGAL_HARVEST_API_URL}?date={day.isoformat()}"
    answer = client.get(url, MEDIA_TYPES, MAX_BYTES)
    try:
        entries = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise SourceError(_("%(url)s: no JSON") % {"url": url}) from error
    if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
        raise SourceError(_("%(url)s: no list of documents") % {"url": url})
    found: dict[str, ListedDocument] = {}
    for entry in entries:
        try:
            document = _read_entry(entry if isinstance(entry, dict) else {}, day)
        except AddressError as error:
            problems.append(f"{day}: {error}")
            continue
        found[document.eli_uri] = document
    return list(found.values())


def _read_entry(entry: Mapping[str, Any], day: date) -> ListedDocument:
    accession_number = _read_text(entry, "accessionsnummer")[:40]
    href = _read_text(entry, "href")
    return ListedDocument(
        eli_uri=parse_eli_uri(href) if href else parse_eli_uri(f"{SOURCE}/eli/accn/{accession_number}"),
        accession_number=accession_number,
        reason=_read_text(entry, "reasonForChange")[:80],
        changed_at=find_moment(_read_text(entry, "changeDate"), day),
    )


def find_moment(text: str, day: date) -> datetime:
    """Find the last moment at which a change may have been made: the one told, else the end of the day told or listed.

    Midnight is how the source writes a day without a time; a time without a zone is Danish.
    """
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        told = datetime.combine(day, time(), COPENHAGEN)
    if told.time() == time():
        return datetime.combine(told.date() + timedelta(days=1), time(), COPENHAGEN)
    return told if told.tzinfo else told.replace(tzinfo=COPENHAGEN)


def _read_text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    # JSON may hold a null character, PostgreSQL may not.
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""
