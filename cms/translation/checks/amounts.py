"""Numbers, amounts and times of day in a passage, read by the rules of its language."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from cms.translation.checks.facts import Fact
from cms.translation.checks.findings import FindingKind

BLANKS = " \u00a0\u2009\u202f"
# A blank parts groups of three alone; other signs part whatever they part: "9.30", "12.345,67", "3.2.1".
# Example: "‹12.345,67› kr."
# Example: "‹12 345,67› zł"
# Example: "i ‹2027› 100 personer"
# Example: "‹2½› år"
NUMBER = re.compile(rf"(?<!\d)(?:\d{{1,3}}(?:[{BLANKS}]\d{{3}}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,:'’٬٫]\d+)*)(?!\d)[½¼¾]?")
# Example: "ring ‹+45 87 11 22 33›"
# Example: "‹8711 2233›"
TELEPHONE = re.compile(
    rf"(?<![\d.,])(?:\+\d{{2}}[{BLANKS}-]?)?(?:\d{{2}}(?:[{BLANKS}]\d{{2}}){{3}}|\d{{4}}[{BLANKS}]\d{{4}}|\d{{8}})(?![\d.,]\d|\d)"
)
# Example: "‹ p.m.›"
# Example: "‹ مساءً›"
HALF_OF_DAY = re.compile(r"\s?(?:(am|a\.m\.|صباح[\w\u064b]*|ص)|(pm|p\.m\.|مساء[\w\u064b]*|م))(?!\w)", re.IGNORECASE)
# Example: "‹kl. ›"
# Example: "‹godz. ›"
BEFORE_HOUR = re.compile(r"(?<!\w)(?:kl\.?|um|godz\.|ora|val\.|at|الساعة)\s?$", re.IGNORECASE)
# Example: "‹9.30›"
# Example: "‹9›"
CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
# Example: "d. ‹1.7›"
DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})")
# Example: "1,5‹ mio›."
# Example: "2‹ milliards›"
SCALE = re.compile(
    r"\s?(?:(mio|mill?ion\w*|mln|mil\.|milioane|milijon\w*|мільйон\w*|млн|مل[اي]ون\w*|ملايين)"
    r"|(mia|mrd|billion\w*|milliard\w*|miliard\w*|млрд|мільярд\w*|مليار\w*))",
    re.IGNORECASE,
)
FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


@dataclass(frozen=True)
class NumberRule:
    """One way to write numbers: the decimal mark, and the signs that part thousands."""

    decimal: str
    thousands: str


CONTINENTAL = (NumberRule(",", "." + BLANKS + "'’"),)
RULES = {
    "da": CONTINENTAL,
    "en": (NumberRule(".", "," + BLANKS),),
    "de": CONTINENTAL,
    "pl": CONTINENTAL,
    "ro": CONTINENTAL,
    "lt": CONTINENTAL,
    "uk": CONTINENTAL,
    # CLDR: the East writes "12,345.67" or "١٢٬٣٤٥٫٦٧", the Maghreb "12.345,67".
    "ar": (NumberRule(".٫", ",٬" + BLANKS), NumberRule(",٫", ".٬" + BLANKS)),
}


def list_amounts(text: str, locale: str) -> Iterator[Fact]:
    """List telephone numbers, times and all other numbers of a plain passage."""
    taken: list[tuple[int, int]] = []
    for found in TELEPHONE.finditer(text):
        taken.append(found.span())
        digits = "".join(filter(str.isdigit, found[0]))[-8:]
        # Eight digits in a row may be an amount too.
        readings: set[Hashable] = {("telephone", digits)} | ({Decimal(digits)} if found[0].isdigit() else set())
        yield Fact(FindingKind.AMOUNT, found[0], frozenset(readings), *found.span())
    for found in NUMBER.finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            yield _build_amount(found, text, locale)


def _build_amount(found: re.Match[str], text: str, locale: str) -> Fact:
    start, end = found.span()
    half = HALF_OF_DAY.match(text, end)
    if half and (moment := _read_clock(found[0], is_afternoon=bool(half[2]))) is not None:
        return Fact(FindingKind.TIME, text[start : half.end()], frozenset({moment}), start, half.end())
    readings = _list_readings(found[0], locale)
    if scale := SCALE.match(text, end):
        factor = 10**6 if scale[1] else 10**9
        readings |= {number * factor for number in readings if isinstance(number, Decimal)}
    is_clock = any(isinstance(reading, time) for reading in readings)
    is_time = is_clock and (not found[0].isdigit() or BEFORE_HOUR.search(text, max(0, start - 8), start))
    return Fact(FindingKind.TIME if is_time else FindingKind.AMOUNT, found[0], frozenset(readings), start, end)


def _read_clock(written: str, *, is_afternoon: bool) -> time | None:
    clock = CLOCK.fullmatch(written)
    if clock is None or not 1 <= int(clock[1]) <= 12:
        return None
    minute = int(clock[2] or 0)
    return time(int(clock[1]) % 12 + (12 if is_afternoon else 0), minute) if minute < 60 else None


def _list_readings(written: str, locale: str) -> set[Hashable]:
    fraction = FRACTIONS.get(written[-1], Decimal(0))
    digits = written.rstrip("½¼¾")
    readings: set[Hashable] = {
        number + fraction for rule in RULES[locale] if (number := _read_number(digits, rule)) is not None
    }
    # A whole number up to 24 may be an hour.
    if (clock := CLOCK.fullmatch(written)) and int(clock[1]) <= 24 and int(clock[2] or 0) < 60:
        readings.add(time(int(clock[1]) % 24, int(clock[2] or 0)))
    # "d. 1.7" is a day of any year.
    if (day := DAY_AND_MONTH.fullmatch(digits)) and 1 <= int(day[1]) <= 31 and 1 <= int(day[2]) <= 12:
        readings.add(("date", None, int(day[2]), int(day[1])))
    # "3.2" may be a number or the second part of a third chapter; "12.345" is never that.
    if not readings or ("." in digits and "," not in digits and not _is_grouped(digits)):
        readings.add(("code", digits))
    return readings


def _read_number(written: str, rule: NumberRule) -> Decimal | None:
    whole, mark, rest = written, "", ""
    for sign in rule.decimal:
        if written.count(sign) == 1:
            whole, mark, rest = written.partition(sign)
    if mark and not rest.isdigit():
        return None
    groups = re.split(f"[{re.escape(rule.thousands)}]", whole)
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    digits = "".join(groups)
    return Decimal(f"{digits}.{rest or '0'}") if digits.isdigit() else None


def _is_grouped(written: str) -> bool:
    return all(len(group) == 3 for group in written.split(".")[1:])
