"""Days of a LexDania document, with a rule for each contradiction a file may hold.

``StartDate`` comes in two forms: plain (one day for the whole text) and tied to a ``DateOfSubmit`` by ``REFid``. Several
tied days are a commencement in parts: each is a ``LineCommencement``, and the earliest is the day the text is in force
from. ``EndDate`` moves with every later change while the text is valid, so it counts only for a historic one, and there
after ``DateOfHistoricMark``, the day its successor arrived.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from legal.language.section_numbers import normalise_section
from legal.lexdania.meta_fields import MetaFields
from legal.lines.act_lines import ActLineError, LineCommencement

HISTORIC = "Historic"
# Example: "‹2025-09-25›"
# Example: "‹2025-09-25T00:00:00›"
ISO_DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:T.*)?$")
# Example: "‹25/09/2025›"
# Example: "‹25-9-2025›"
DANISH_DAY = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
# Parts of sections and ranges are not spelled out; the note keeps them.
# Example: "§ 1, ‹stk›. 2"
# Example: "§§ ‹1-3›"
FINER = re.compile(r"\b(?:stk|nr|litra|pkt|kapitel|bilag)\b|\d\s?[a-zæøå]?\s*[-–]\s*\d", re.IGNORECASE)
# Example: "‹§§ 1, 2 og 9 a› træder i kraft"
SECTIONS = re.compile(r"§+\s*((?:\d+(?:\s?(?!i\s+[a-zæøå]{2})[a-zæøå])?\b(?:\s*,\s*|\s+og\s+)?)+)")
# Example: "1‹, ›2 og 9 a"
# Example: "2‹ og ›9 a"
SEPARATOR = re.compile(r"\s*,\s*|\s+og\s+")


@dataclass(frozen=True)
class DocumentDays:
    """Days that a document states; ``None`` for those it does not."""

    signed: date
    published: date | None
    in_force_from: date | None
    ended_on: date | None
    commencements: tuple[LineCommencement, ...]


def parse_days(fields: MetaFields, status: str, warnings: list[str]) -> DocumentDays:
    """Read the days; contradictions are settled and told in ``warnings``.

    Raises:
        ActLineError: if the day of signature is missing.
    """
    signed = _read_first(fields, "DiesSigni", warnings)
    if signed is None:
        raise ActLineError(_("DiesSigni: the day of signature is missing"))
    published = _read_first(fields, "DiesEdicti", warnings)
    commencements = _read_commencements(fields, warnings)
    known = [entry.date for entry in commencements if entry.date]
    in_force_from = min(known, default=None)
    for name, day in (("DiesEdicti", published), ("StartDate", in_force_from)):
        if day is not None and day < signed:
            warnings.append(
                _("%(name)s %(day)s lies before the signature %(signed)s; both are kept")
                % {"name": name, "day": day, "signed": signed}
            )
    ended = _read_first(fields, "DateOfHistoricMark", warnings) or _read_first(fields, "EndDate", warnings)
    return DocumentDays(
        signed=signed,
        published=published,
        in_force_from=in_force_from,
        ended_on=ended if status == HISTORIC else None,
        commencements=tuple(commencements) if len(commencements) > 1 else (),
    )


def parse_day(value: str) -> date | None:
    """Parse a day as written in any of the forms that occur: 2025-09-25, 2025-09-25T00:00:00, 25/09/2025, 25-09-2025."""
    if iso := ISO_DAY.match(value):
        value = iso[1]
    elif danish := DANISH_DAY.match(value):
        value = f"{danish[3]}-{int(danish[2]):02}-{int(danish[1]):02}"
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _read_first(fields: MetaFields, name: str, warnings: list[str]) -> date | None:
    """Read the first day a field gives; other days of the same field are told."""
    values = [value for value in fields.list_values(name) if value]
    days = [day for value in values if (day := _read_day(name, value, warnings))]
    if len(set(days)) > 1:
        others = ", ".join(str(day) for day in days[1:] if day != days[0])
        warnings.append(
            _("%(name)s is given as %(day)s and as %(others)s; the first one counts")
            % {"name": name, "day": days[0], "others": others}
        )
    return days[0] if days else None


def _read_day(name: str, value: str, warnings: list[str]) -> date | None:
    day = parse_day(value)
    if day is None:
        warnings.append(_("%(name)s: “%(value)s” is no day") % {"name": name, "value": value[:40]})
    return day


def _read_commencements(fields: MetaFields, warnings: list[str]) -> list[LineCommencement]:
    """Read every start: of the groups in order, else the plain one.

    A plain day beside tied ones is the whole text's; it is told when it is none of theirs.
    """
    tied = []
    for group in fields.iterate_groups("StartDate"):
        note = group.get("Ref_Text") or group.note
        day = _read_day("StartDate", group.get("StartDate"), warnings) if group.get("StartDate") else None
        tied.append(LineCommencement(day, find_sections(note), note[:400]))
    plain = [value for value in fields.plain.get("StartDate", ()) if value]
    if not tied:
        day = _read_first(fields, "StartDate", warnings) if plain else None
        return [LineCommencement(day, None, "")] if day else []
    if len(tied) > 1 and len({entry.date for entry in tied}) > 1 and not any(entry.provisions for entry in tied):
        warnings.append(_("StartDate: several days, and the file does not say for which sections"))
    for value in plain:
        day = _read_day("StartDate", value, warnings)
        if day and all(day != entry.date for entry in tied):
            warnings.append(
                _("StartDate is given as %(day)s and, tied to a group, as %(others)s; the groups count")
                % {"day": day, "others": ", ".join(str(entry.date) for entry in tied)}
            )
    return tied if len({(entry.date, entry.note) for entry in tied}) > 1 else tied[:1]


def find_sections(note: str) -> list[str] | None:
    """Find the whole sections a note names ("§§ 1, 2 og 9 a"); ``None`` when it names none, or parts of some."""
    if FINER.search(note):
        return None
    lists = (SEPARATOR.split(found[1].strip(" ,")) for found in SECTIONS.finditer(note))
    return [normalise_section(number) for numbers in lists for number in numbers if number] or None
