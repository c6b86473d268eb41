"""Parser of one LexDania document into the shape of a line of an import file.

Fields of ``Meta`` (LexDania 2.1, schemas under https://www.retsinformation.dk/offentlig/xml/schemas/): ``Year`` and ``Number``
make the ELI URI together with the gazette (``AnnouncedIn``); ``DocumentTitle`` is the title. Where fields contradict each other
``Year`` and ``Number`` win over the accession number, and every contradiction is told.
"""

import hashlib
import re
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from cms.core.personal_data import find_cpr_number
from legal.language.document_types import LOVTIDENDE_A
from legal.language.eli_uris import LOVTIDENDE_A_COLLECTION, SOURCE, build_eli_uri, normalise_eli_uri
from legal.lexdania.delivered_types import KNOWN, find_document_type
from legal.lexdania.document_days import HISTORIC, DocumentDays, parse_days
from legal.lexdania.document_relations import list_relations
from legal.lexdania.guarded_xml import XmlError, parse_xml
from legal.lexdania.meta_fields import MetaFields
from legal.lexdania.section_elements import build_introduction, has_body, list_sections
from legal.lines.act_lines import ActLine, ActLineError, build_act_line

COLLECTIONS = {
    "lovtidende a": LOVTIDENDE_A_COLLECTION,
    "lovtidende b": "ltb",
    "lovtidende c": "ltc",
    "ministerialtidende": "mt",
    "retsinformation": "retsinfo",
}
LONGEST_NUMBER = 9
STATUSES = {"Valid": "in_force", HISTORIC: "historic"}
# Example: "‹A20250118329›"
ACCESSION = re.compile(r"^[A-Z](\d{4})(\d{5})\d{2}$")
TEXT_FIELDS = {
    "accession_number": "AccessionNumber",
    "document_id": "DocumentId",
    "popular_title": "PopularTitle",
    "ministry": "Ministry",
}


def parse_document(content: bytes, asked_for: str = "") -> ActLine:
    """Parse one file. ``asked_for`` is the ELI URI it was fetched from, "" when it was not fetched.

    Raises:
        ActLineError: if the file cannot be read safely, lacks what every text has, or is not the text asked for.
    """
    try:
        read = parse_xml(content)
    except XmlError as error:
        raise ActLineError(str(error)) from error
    meta = read.root.find("Meta")
    if read.root.tag != "Dokument" or meta is None:
        raise ActLineError(_("no LexDania document: <Dokument> with <Meta> is missing"))
    warnings = list(read.warnings)
    fields = MetaFields(meta)
    metadata, days = _read_metadata(fields, warnings)
    if introduction := build_introduction(read.root):
        metadata["introduction"] = introduction
    metadata["source_hash"] = hashlib.sha256(content).hexdigest()
    sections = list_sections(read.root)
    if not sections:
        warnings.append(_describe_empty(read.root))
    return build_act_line(
        _find_eli_uri(fields, metadata, asked_for),
        metadata,
        sections,
        commencements=days.commencements,
        relations=list_relations(fields, metadata["lexdania_type"], days.signed, warnings),
        warnings=warnings,
    )


def _read_metadata(fields: MetaFields, warnings: list[str]) -> tuple[dict[str, Any], DocumentDays]:
    delivered = fields.get("DocumentType")
    document_type = find_document_type(delivered)
    if not document_type:
        raise ActLineError(_("DocumentType: “%(value)s” is no type such as LBK") % {"value": delivered[:40]})
    if document_type not in KNOWN:
        warnings.append(
            _("unknown document type “%(value)s”; kept as %(letters)s")
            % {"value": delivered[:40], "letters": document_type}
        )
    status = fields.get("Status")
    if status not in STATUSES:
        warnings.append(_("Status: “%(value)s” is not known") % {"value": status[:20]})
    days = parse_days(fields, status, warnings)
    metadata: dict[str, Any] = {
        "document_type": document_type,
        "lexdania_type": delivered[:40],
        "year": _read_number(fields, "Year"),
        "number": _read_number(fields, "Number"),
        "title": fields.get("DocumentTitle"),
        "signed_date": days.signed,
        "published_date": days.published,
        "in_force_from": days.in_force_from,
        "ended_on": days.ended_on,
        "source_status": STATUSES.get(status, status.lower()[:20]),
        "journal_number": _read_journal_number(fields, warnings),
        **{key: fields.get(name) for key, name in TEXT_FIELDS.items()},
    }
    _compare(metadata, warnings)
    return metadata, days


def _read_number(fields: MetaFields, name: str) -> int:
    value = fields.get(name)
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
        raise ActLineError(_("%(name)s: a whole number is missing") % {"name": name})
    return int(value)


def _read_journal_number(fields: MetaFields, warnings: list[str]) -> str:
    journal_number = fields.get("JournalNumber")
    if find_cpr_number(journal_number):
        warnings.append(_("JournalNumber is left out: it looks like a CPR number"))
        return ""
    return journal_number[:200]


def _compare(metadata: dict[str, Any], warnings: list[str]) -> None:
    """Tell where the numbers and days of a file contradict each other; the fields themselves count."""
    year, number = metadata["year"], metadata["number"]
    if metadata["signed_date"].year != year:
        warnings.append(
            _("Year is %(year)d, but the day of signature is %(day)s; both are kept")
            % {"year": year, "day": metadata["signed_date"]}
        )
    accession = ACCESSION.match(metadata["accession_number"])
    if accession and (int(accession[1]), int(accession[2])) != (year, number):
        warnings.append(
            _("the accession number %(accession)s is not that of number %(number)d of %(year)d; Number and Year count")
            % {"accession": accession[0], "number": number, "year": year}
        )


def _find_eli_uri(fields: MetaFields, metadata: dict[str, Any], asked_for: str) -> str:
    """Find the ELI URI: the one it was asked for by, else by the gazette and the number, else by the accession number.

    An address by accession number is only another way to ask.
    """
    asked = normalise_eli_uri(asked_for)
    accession = metadata["accession_number"]
    numbered = f"/{metadata['year']}/{metadata['number']}"
    if asked and not asked.endswith((numbered, f"/accn/{accession}")):
        raise ActLineError(
            _("asked for %(asked)s, but the file is %(accession)s, number %(number)d of %(year)d")
            % {"asked": asked, "accession": accession, "number": metadata["number"], "year": metadata["year"]}
        )
    if asked.endswith(numbered):
        return asked
    collection = COLLECTIONS.get(fields.get("AnnouncedIn").casefold())
    if collection is None and metadata["document_type"] in LOVTIDENDE_A:
        # A file that names no gazette is taken to be of the one its type is printed in.
        collection = LOVTIDENDE_A_COLLECTION
    if collection:
        return build_eli_uri(collection, metadata["year"], metadata["number"])
    if accession:
        return f"{SOURCE}/eli/accn/{accession}"
    raise ActLineError(_("neither a gazette (AnnouncedIn) nor an accession number says which text this is"))


def _describe_empty(document: Element) -> str:
    if has_body(document):
        return _("the text is not divided into sections; only what stands about it is kept")
    return _("a stub without a body; only what stands about the text is kept")
