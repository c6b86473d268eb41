"""Bundle kind of plain pages."""

from collections.abc import Mapping
from typing import Any

from cms.core.models import PageLayout, StandardPage
from cms.exchange.registry import BundleKind, References

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"layout": {"enum": list(PageLayout.values)}},
}


def read_fields(page: Any, fields: Mapping[str, Any], references: References) -> None:
    """Set the layout."""
    page.layout = fields.get("layout", PageLayout.PLAIN)


def write_fields(page: Any, references: References) -> dict[str, Any]:
    """Build ``{"layout"}``."""
    return {"layout": page.layout}


STANDARD_PAGE = BundleKind("page", StandardPage, "home", SCHEMA, read_fields, write_fields)
