"""Dates in a passage, in words and in numbers, in the languages of the site."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from babel.dates import get_month_names

from cms.translation.checks.facts import Fact
from cms.translation.checks.findings import FindingKind

# Month names change their endings here: "styczeń", "stycznia", "styczniu".
INFLECTED = frozenset(("pl", "lt", "uk"))
# "May" and "Mai" begin with a capital; "you may" and "mai mult" are no months.
CAPITALISED = frozenset(("en", "de"))
# Romanian "mai" is also "more" and "still".
NOT_MAY = r"(?! (?:mult|puțin|mare|mari|mic|bun|târziu|devreme|vechi|nou|jos|sus|rapid|des|rar))"
# The Levant and the Maghreb have their own names for the months.
REGIONS = {"ar": ("ar", "ar_SY", "ar_MA"), "en": ("en_GB",)}
# Example: "‹2027-01-01›"
# Example: "‹2027.01.01›"
ISO_DAY = re.compile(r"(?<![\d.-])(?P<year>\d{4})[.-](?P<month>\d{2})[.-](?P<day>\d{2})(?!\d)")
# Example: "‹01.02.2027›"
# Example: "‹1. 2. 2027›"
# Example: "‹1/2-2027›"
DAY_IN_NUMBERS = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})(?:\. ?|/|-)(?P<month>\d{1,2})(?:\. ?|/|-)(?P<year>\d{4})(?!\d)"
)


def list_dates(text: str, locale: str) -> Iterator[Fact]:
    """List the dates of a plain passage; the day, or the year, may be missing, and a span of days is two dates."""
    for pattern in (*_build_patterns(locale), ISO_DAY, DAY_IN_NUMBERS):
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = int(parts["month"]) if pattern in (ISO_DAY, DAY_IN_NUMBERS) else _find_month(parts["month"], locale)
            if not 1 <= month <= 12:
                continue
            year = int(parts["year"]) if parts.get("year") else None
            days = [int(day) for name in ("first", "day") if (day := parts.get(name))]
            if any(not 1 <= day <= 31 for day in days) or not (days or year):
                continue
            for day in days or (None,):
                readings = frozenset({("date", year, month, day)})
                yield Fact(FindingKind.DATE, found[0].strip(), readings, *found.span())


@cache
def _build_patterns(locale: str) -> tuple[re.Pattern[str], ...]:
    """Build the patterns of one language: day first, month first, year first, and month with year."""
    names = "|".join(re.escape(name) for name in sorted(_list_months(locale), key=len, reverse=True))
    ending = r"\w{0,6}" if locale in INFLECTED else ""
    month = rf"(?P<month>{names}){ending}(?!\w)"
    if locale == "ro":
        month += NOT_MAY
    year = r"(?P<year>\d{4})(?!\d)"
    day = r"(?P<day>\d{1,2})(?:\.|st\b|nd\b|rd\b|th\b)?"
    first = r"(?:(?P<first>\d{1,2})\.?\s?[-–—]\s?)?"
    flags = re.NOFLAG if locale in CAPITALISED else re.IGNORECASE
    written = [
        rf"(?<!\d){first}{day}\s?(?:of |de )?{month}\.?(?:,? ?(?:de |in )?{year})?",
        rf"(?<!\w){month}\.?\s{year}",
    ]
    if locale == "en":
        written.insert(1, rf"(?<!\w){month}\.? {first}{day}(?!\d)(?:,? {year})?")
    if locale == "lt":
        end = r"(?:\s(?:d\.|dien\w*))"
        written.insert(0, rf"{year}\s?(?:m\.|metų)\s{month}\.?(?:\s{first}{day}(?!\d){end}?|\smėn\w*\.?)?")
        written.insert(1, rf"(?<!\w){month}\.?\s{first}{day}(?!\d){end}")
    return tuple(re.compile(pattern, flags) for pattern in written)


@cache
def _list_months(locale: str) -> dict[str, int]:
    """List the written forms of the months, of inflected languages their stems, with their numbers."""
    months: dict[str, int] = {}
    for region in REGIONS.get(locale, (locale,)):
        for number in range(1, 13):
            long = [get_month_names("wide", context, region)[number].lower() for context in ("format", "stand-alone")]
            short = [
                get_month_names("abbreviated", context, region)[number].lower().rstrip(".")
                for context in ("format", "stand-alone")
            ]
            forms = [_find_common_start(long)] if locale in INFLECTED else [*long, *short]
            months |= {form.capitalize() if locale in CAPITALISED else form: number for form in forms}
    return months


def _find_common_start(forms: Iterable[str]) -> str:
    """Find what all forms of a name begin with, without a vowel that another ending replaces."""
    first, second = sorted(forms, key=len)
    length = next((place for place, letter in enumerate(first) if letter != second[place]), len(first))
    return first[:length].rstrip("aeioėųį") if length == len(first) and length > 4 else first[:length]


def _find_month(name: str, locale: str) -> int:
    return _list_months(locale)[name if locale in CAPITALISED else name.lower()]
