"""Pages and reusable blocks that released HTML shows by reference."""

from django import template

from cms.core.references import build_block_reference, build_page_reference

register = template.Library()
register.filter("page_reference", build_page_reference)
register.filter("block_reference", build_block_reference)
