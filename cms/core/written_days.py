"""Days, moments and times of day as people in Denmark write them, read as they stand or refused with what is wrong.

Every language of the editor reads the same: the day before the month, or the ISO form. Nothing is guessed.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import format_date, get_day_names, get_month_names
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.core.calendar import COPENHAGEN, today
from cms.core.languages import get_written_locale

DAY_WORDS = {"i dag": 0, "idag": 0, "today": 0, "i morgen": 1, "imorgen": 1, "tomorrow": 1}
# Days and months are read in the languages of the editor.
WRITTEN_IN = ("da", "en")

# Example: "1.1.2027"
# Example: "1. 1. 2027"
# Example: "1/1-2027"
# Example: "01-01-27"
DAY_IN_NUMBERS = re.compile(r"(\d{1,2})(?:\. ?|/|-)(\d{1,2})(?:\. ?|/|-)(\d{4}|\d{2})")
# Example: "2027-01-01"
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Example: "1. januar 2027"
# Example: "1 January, 2027"
# Example: "1. jan. 27"
DAY_IN_WORDS = re.compile(r"(\d{1,2})\.? ?([^\W\d_]{3,})[.,]? (\d{4}|\d{2})")
# Example: "‹fredag den ›1. januar 2027"
# Example: "‹Friday, ›1 January 2027"
# Example: "‹den ›1. januar 2027"
BEFORE_DAY = re.compile(r"(?:(?!den |the )([^\W\d_]+)[.,]? )?(?:den |the )?(?=\d)")
# Example: "9.30"
# Example: "kl. 9"
# Example: "09:30:00"
TIME = re.compile(r"(?:kl\.? ?)?(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2}))?)?")
# Example: "1.1.2027 kl. 9.30"
# Example: "2027-01-01, 09:30"
# Example: "1. januar 2027 kl. 9"
# Example: "2027-01-01t09:30"
MOMENT = re.compile(r"(.*?\S)(?:,? +kl\.? ?(\d{1,2}(?:[:.]\d{2}){0,2})|(?:,? +|(?<=\d)t)(\d{1,2}(?:[:.]\d{2}){1,2}))")


def read_day(text: str) -> date:
    """Read a day.

    Raises:
        ValidationError: if it cannot be read, its year has two digits, there is no such day, or it is another day of the week.
    """
    plain = " ".join(text.lower().split())
    if plain in DAY_WORDS:
        return today() + timedelta(days=DAY_WORDS[plain])
    before = BEFORE_DAY.match(plain)
    weekday = _find_name(before[1], get_day_names) if before and before[1] else None
    if before is None or (before[1] and weekday is None):
        raise _refuse_day(text)
    day = _build_day(plain[before.end() :], text)
    if weekday is not None and day.weekday() != weekday:
        raise ValidationError(
            _("%(day)s is a %(weekday)s."),
            code="weekday",
            params={"day": format_date(day, "long", get_written_locale()), "weekday": _write_weekday(day)},
        )
    return day


def read_moment(text: str) -> datetime:
    """Read a day and a time in Copenhagen; a day alone is its first minute.

    Raises:
        ValidationError: as for a day, or if the time cannot be read.
    """
    plain = " ".join(text.lower().split())
    moment = MOMENT.fullmatch(plain)
    day = read_day(moment[1] if moment else plain)
    written = moment and (moment[2] or moment[3])
    return datetime.combine(day, read_time(written) if written else time(), tzinfo=COPENHAGEN)


def read_time(text: str) -> time:
    """Read a time of day.

    Raises:
        ValidationError: if it cannot be read.
    """
    found = TIME.fullmatch(" ".join(text.lower().split()))
    hour, minute, second = (int(part) for part in found.groups(default="0")) if found else (24, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        message = _("“%(text)s” cannot be read as a time. Write for example 9.30 or 13:45.")
        raise ValidationError(message, code="invalid", params={"text": text})
    return time(hour, minute, second)


def write_day_in_words(day: date) -> str:
    """Write a day with its day of the week: fredag den 1. januar 2027."""
    return format_date(day, "full", get_written_locale())


def _build_day(plain: str, text: str) -> date:
    if found := ISO_DAY.fullmatch(plain):
        year, month, day = found[1], int(found[2]), int(found[3])
    elif found := DAY_IN_NUMBERS.fullmatch(plain):
        year, month, day = found[3], int(found[2]), int(found[1])
    elif found := DAY_IN_WORDS.fullmatch(plain):
        position = _find_name(found[2], get_month_names)
        if position is None:
            raise _refuse_day(text)
        year, month, day = found[3], position, int(found[1])
    else:
        raise _refuse_day(text)
    if len(year) == 2:
        message = _("“%(text)s”: write the year with four digits, for example 31.12.2027.")
        raise ValidationError(message, code="short_year", params={"text": text})
    if not 1 <= month <= 12:
        message = _("“%(text)s”: there is no month %(month)s. The day stands before the month: 31.12.2027.")
        raise ValidationError(message, code="month", params={"text": text, "month": month})
    if not int(year):
        raise _refuse_day(text)
    last = monthrange(int(year), month)[1]
    if not 1 <= day <= last:
        name = f"{get_month_names('wide', 'stand-alone', get_written_locale())[month]} {year}"
        message = _("“%(text)s”: there is no such day, %(month)s has %(count)s days.")
        raise ValidationError(message, code="no_such_day", params={"text": text, "month": name, "count": last})
    return date(int(year), month, day)


def _find_name(name: str, get_names: Callable[..., Any]) -> int | None:
    """Find the number of a month or of a day of the week, whole or by its first three letters."""
    for language in WRITTEN_IN:
        for number, written in get_names(locale=language).items():
            if name.rstrip(".") in (written.lower(), written.lower()[:3]):
                return int(number)
    return None


def _write_weekday(day: date) -> str:
    return str(get_day_names("wide", "stand-alone", get_written_locale())[day.weekday()])


def _refuse_day(text: str) -> ValidationError:
    message = _("“%(text)s” cannot be read as a date. Write for example 31.12.2027 or 31. december 2027.")
    return ValidationError(message, code="invalid", params={"text": text})
