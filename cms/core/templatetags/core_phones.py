"""Telephone numbers in released HTML and on the portal."""

import re

from django import template

register = template.Library()

# Example: "+45‹ ›87‹-›11"
NOT_DIALLED = re.compile(r"[^\d+]")


@register.filter
def phone_digits(value: str) -> str:
    """Keep what a dialler understands of a telephone number."""
    return NOT_DIALLED.sub("", value)
