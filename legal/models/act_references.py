"""Short reference and public address of an act, as documents and answers carry them."""

from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings

from legal.language.section_numbers import build_anchor
from legal.models import Expression, Work


def build_url(path: str) -> str:
    """Build the public address of a portal path; letters such as æ are percent-encoded (RFC 3986)."""
    return f"{settings.PUBLIC_URL}{quote(path)}"


def leads_to_section(url: str, section: str) -> bool:
    """Say whether an address is that of a section, not of its act."""
    return unquote(url).lower().endswith(f"/{build_anchor(section).lower()}/")


def build_act_reference(work: Work, expression: Expression) -> dict[str, Any]:
    """Build ``{"id", "short_title", "document_type", "number", "year", "eli_uri"}``."""
    return {
        "id": str(work.content_id),
        "short_title": work.short_title,
        "document_type": expression.document_type,
        "number": expression.number,
        "year": expression.year,
        "eli_uri": expression.eli_uri,
    }
