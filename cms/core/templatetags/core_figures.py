"""Amounts and days of dated figures in released HTML."""

from datetime import date

from django import template
from django.utils.formats import date_format

from cms.core.numbers import format_amount

register = template.Library()
register.filter("amount", format_amount)


@register.filter
def day_in_words(day: str) -> str:
    """Write an ISO day as the text's language does."""
    return date_format(date.fromisoformat(day), "DATE_FORMAT")
