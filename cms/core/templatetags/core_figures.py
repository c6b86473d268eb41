"""Amounts and days in released HTML."""

from datetime import date

from django import template

from cms.core.calendar import write_day
from cms.core.numbers import format_amount

register = template.Library()
register.filter("amount", format_amount)


@register.filter
def day_in_words(day: date | str) -> str:
    """Write a day, or an ISO day, as the text's language does."""
    return write_day(date.fromisoformat(day) if isinstance(day, str) else day)
