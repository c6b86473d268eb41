"""Rich text in released HTML."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText, expand_db_html

from cms.core.sanitising import sanitise_html

register = template.Library()


@register.filter
def passage(value: RichText | str | Any) -> SafeString:
    """Expand and sanitise one passage of rich text; what comes out is on the allow-list."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    return SafeString(sanitise_html(expand_db_html(source)))
