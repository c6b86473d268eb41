"""Rich text in released HTML."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from cms.core.references import build_passage

register = template.Library()


@register.filter
def passage(value: RichText | str | Any) -> SafeString:
    """Expand and sanitise one passage of rich text; what comes out is on the allow-list."""
    return SafeString(build_passage(value))
