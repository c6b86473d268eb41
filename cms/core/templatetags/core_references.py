"""Pages and reusable blocks that released HTML shows by reference."""

from django import template

from cms.core.references import build_page_reference, find_shown_block

register = template.Library()
register.filter("page_reference", build_page_reference)
register.filter("shown_block", find_shown_block)
