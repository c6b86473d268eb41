"""Referenced pages in released HTML."""

from django import template

from cms.core.references import build_page_reference

register = template.Library()
register.filter("page_reference", build_page_reference)
