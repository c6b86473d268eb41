"""Form fields and blocks that read days, moments and times as they are written, and show the day in words beside the field.

What cannot be read stands in the form as it was typed, with what is wrong.
"""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from cms.core.written_days import read_day, read_moment, read_time

# For plain forms, which read by Django's formats.
DAY_FORMATS = ("%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d/%m-%Y")
TIME_FORMATS = ("%H:%M", "%H.%M", "%H:%M:%S")
MOMENT_FORMATS = (*(f"{day} {time}" for day in DAY_FORMATS for time in TIME_FORMATS), *DAY_FORMATS)


def _build_attributes(kind: str) -> dict[str, Any]:
    """Build what ``core/written_days.js`` needs: who reads what is typed, and as which kind."""
    return {
        "data-controller": "written-day",
        "data-written-day-url-value": reverse_lazy("core_written_day"),
        "data-written-day-kind-value": kind,
        "data-action": "input->written-day#read change->written-day#read blur->written-day#leave",
    }


class DayInput(AdminDateInput):
    """Wagtail's field with a date picker, and the day in words beside it."""

    def __init__(self, attrs: Any = None, **kwargs: Any) -> None:
        super().__init__(attrs=_build_attributes("day") | (attrs or {}), **kwargs)


class MomentInput(AdminDateTimeInput):
    """The same for a day and a time."""

    def __init__(self, attrs: Any = None, **kwargs: Any) -> None:
        super().__init__(attrs=_build_attributes("moment") | (attrs or {}), **kwargs)


# In stream fields Wagtail would make an input of its own, without the attributes.
register(WidgetAdapter(), DayInput)
register(WidgetAdapter(), MomentInput)


class DayField(forms.DateField):
    """A day."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        return read_day(value) if isinstance(value, str) and value.strip() else super().to_python(value)


class MomentField(forms.DateTimeField):
    """A day and a time."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        return read_moment(value) if isinstance(value, str) and value.strip() else super().to_python(value)


class DayBlock(blocks.DateBlock):
    """A day in a stream field; migrations know it as Wagtail's own block."""

    @cached_property
    def field(self) -> DayField:
        return DayField(widget=DayInput(format=self.format), **self.field_options)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.DateBlock", args, kwargs


class ClockField(forms.RegexField):
    """A time of day, kept as text: ``09:30``."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return read_time(text).strftime("%H:%M") if text else text


class ClockBlock(blocks.RegexBlock):
    """A time of day in a stream field; migrations know it as Wagtail's own block."""

    def __init__(self, regex: str, *, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(regex, required=required, help_text=help_text, **kwargs)
        self.field = ClockField(regex=regex, required=required, help_text=help_text)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RegexBlock", args, kwargs


def register_day_fields() -> None:
    """Let every form of the editor read days and moments with these fields."""
    register_form_field_override(models.DateField, override={"form_class": DayField, "widget": DayInput})
    register_form_field_override(models.DateTimeField, override={"form_class": MomentField, "widget": MomentInput})
