"""Links to write a new page of a kind, below the section of that kind."""

from typing import Any

from django.urls import reverse

from cms.core.desk.panels import Shortcut
from cms.core.languages import SOURCE_LANGUAGE
from cms.core.models import StandardPage
from cms.exchange.models import SourceRecord
from cms.exchange.registry import BundleKind, bundle_registry
from cms.exchange.sites import HOME_SOURCE_ID


def list_shortcuts(user: Any) -> list[Shortcut]:
    """List the types that name a shortcut and that this person may write, each with the address of its empty form."""
    kinds = sorted(
        (kind for kind in bundle_registry.kinds.values() if kind.model.write_label),
        key=lambda kind: kind.model.write_order,
    )
    sections = _load_sections([kind.section for kind in kinds])
    found = [(kind, sections.get(kind.section) or sections.get(HOME_SOURCE_ID)) for kind in kinds]
    return [
        Shortcut(str(kind.model.write_label), _build_address(kind, section))
        for kind, section in found
        if section is not None
        and kind.model.can_create_at(section)
        and section.permissions_for_user(user).can_add_subpage()
    ]


def _load_sections(source_ids: list[str]) -> dict[str, StandardPage]:
    """Load the sections in the language that is written first, and the home page, by source id. Two queries."""
    records = SourceRecord.objects.filter(source_id__in=[*source_ids, HOME_SOURCE_ID], locale=SOURCE_LANGUAGE)
    content_ids = dict(records.values_list("content_id", "source_id"))
    pages = StandardPage.objects.filter(translation_key__in=content_ids, locale__language_code=SOURCE_LANGUAGE)
    return {content_ids[page.translation_key]: page for page in pages}


def _build_address(kind: BundleKind, section: StandardPage) -> str:
    return reverse("wagtailadmin_pages:add", args=[kind.model._meta.app_label, kind.model._meta.model_name, section.pk])
