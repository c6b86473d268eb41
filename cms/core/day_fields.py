"""Form fields that read days and moments as people in Denmark write them, and refuse what they cannot read.

Every language of the editor reads the same: the day before the month, or the ISO form. Nothing typed is ever replaced by a guess.
"""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from cms.core.calendar import today

DAY_FORMATS = ("%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d/%m-%Y")
TIME_FORMATS = ("%H:%M", "%H.%M", "%H:%M:%S")
# A moment may be written as a day alone, which is its first minute.
MOMENT_FORMATS = (*(f"{day} {time}" for day in DAY_FORMATS for time in TIME_FORMATS), *DAY_FORMATS)
TODAY = ("i dag", "idag", "today")

# Example: "1. januar 2027"
# Example: "1 January, 2027"
# Example: "1. jan. 2027"
DAY_IN_WORDS = re.compile(r"(\d{1,2})\.? ?([^\W\d_]{3,})[.,]? (\d{4})")
# Example: "1.1.2027 kl. 9.30"
# Example: "2027-01-01, 09:30"
MOMENT = re.compile(r"(.*?\S),? +(?:kl\.? ?)?(\d{1,2}[:.]\d{2}(?::\d{2})?)")
# Example: "1.‹ ›1.2027"
BLANK_IN_NUMBERS = re.compile(r"(?<=\d\.) +(?=\d)")


def rewrite_day(text: str) -> str:
    """Rewrite a day in words, or today, as an ISO date; a day in numbers is returned without superfluous blanks."""
    plain = " ".join(text.lower().split())
    if plain in TODAY:
        return today().isoformat()
    words = DAY_IN_WORDS.fullmatch(plain)
    month = find_month(words[2]) if words else None
    if words and month:
        return f"{words[3]}-{month:02}-{int(words[1]):02}"
    return BLANK_IN_NUMBERS.sub("", plain)


def rewrite_moment(text: str) -> str:
    """Rewrite the day of a moment, and set its time apart by one blank."""
    plain = " ".join(text.lower().split())
    moment = MOMENT.fullmatch(plain)
    return f"{rewrite_day(moment[1])} {moment[2]}" if moment else rewrite_day(plain)


def find_month(name: str) -> int | None:
    """Find the number of a Danish or English month, whole or by its first three letters; ``None`` if it is none."""
    for language in ("da", "en"):
        with translation.override(language):
            for number, month in MONTHS.items():
                if name in (str(month).lower(), str(month).lower()[:3]):
                    return number
    return None


class DayField(forms.DateField):
    """A day. What cannot be read stands in the form as it was typed, with the form that can be read."""

    widget = AdminDateInput

    def __init__(self, *, input_formats: Any = None, **kwargs: Any) -> None:
        super().__init__(input_formats=input_formats or DAY_FORMATS, **kwargs)

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(rewrite_day(value) if isinstance(value, str) else value)
        except ValidationError as error:
            message = _("“%(text)s” cannot be read as a date. Write for example 31.12.2027 or 31. december 2027.")
            raise ValidationError(message, code="invalid", params={"text": value}) from error


class MomentField(forms.DateTimeField):
    """A day and a time."""

    widget = AdminDateTimeInput

    def __init__(self, *, input_formats: Any = None, **kwargs: Any) -> None:
        super().__init__(input_formats=input_formats or MOMENT_FORMATS, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(rewrite_moment(value) if isinstance(value, str) else value)
        except ValidationError as error:
            message = _("“%(text)s” cannot be read as a date and time. Write for example 31.12.2027 13:45.")
            raise ValidationError(message, code="invalid", params={"text": value}) from error


class DayBlock(blocks.DateBlock):
    """A day in a stream field; migrations know it as Wagtail's own block."""

    @cached_property
    def field(self) -> DayField:
        return DayField(widget=AdminDateInput(format=self.format), **self.field_options)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.DateBlock", args, kwargs


def register_day_fields() -> None:
    """Let every form of the editor read days and moments with these fields."""
    register_form_field_override(models.DateField, override={"form_class": DayField, "widget": AdminDateInput})
    register_form_field_override(
        models.DateTimeField, override={"form_class": MomentField, "widget": AdminDateTimeInput}
    )
