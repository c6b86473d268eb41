"""The starter set of languages, vocabularies and organisations. Loading it twice changes nothing; what editors changed stays."""

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from wagtail.models import Locale, Task, Workflow

from cms.core.languages import LANGUAGES
from cms.core.models import (
    Audience,
    Consortium,
    FocusArea,
    Membership,
    Municipality,
    PolicyArea,
    Topic,
    VocabularyEntry,
)

STARTER = Path(__file__).parent / "starter"
VOCABULARIES: dict[str, type[VocabularyEntry]] = {
    "topics": Topic,
    "audiences": Audience,
    "focus_areas": FocusArea,
    "policy_areas": PolicyArea,
}


@transaction.atomic
def load_languages() -> dict[str, Locale]:
    """Make a locale of every language of the site."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}


@transaction.atomic
def load_vocabularies() -> None:
    """Add the vocabulary entries that are missing, in every language."""
    locales = load_languages()
    for name, entries in _read("vocabularies.json").items():
        model = VOCABULARIES[name]
        there = set(model._default_manager.values_list("slug", "locale__language_code"))
        for entry in entries:
            key = uuid5(NAMESPACE_URL, f"videnbro:{name}:{entry['slug']}")
            extra = {"kind": entry["kind"]} if "kind" in entry else {}
            for code, label in entry["labels"].items():
                if (entry["slug"], code) not in there:
                    model._default_manager.create(
                        slug=entry["slug"], label=label, locale=locales[code], translation_key=key, **extra
                    )


@transaction.atomic
def load_organisations() -> None:
    """Add the municipalities and consortia that are missing."""
    organisations = _read("organisations.json")
    for place in organisations["municipalities"]:
        Municipality.objects.get_or_create(code=place["code"], defaults={"name": place["name"]})
    for entry in organisations["consortia"]:
        values = {name: entry[name] for name in ("name", "names", "focus_areas", "valid_from")}
        consortium, is_new = Consortium.objects.get_or_create(slug=entry["slug"], defaults=values)
        if is_new:
            for member in entry["members"]:
                Membership.objects.create(
                    consortium=consortium, municipality_id=member["code"], valid_from=member["valid_from"]
                )


def name_approval() -> None:
    """Give the workflow that Wagtail's migrations make, and its task, a name in the language of the site."""
    for model in (Workflow, Task):
        model._default_manager.filter(name="Moderators approval").update(name="Godkendelse")


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((STARTER / name).read_text(encoding="utf-8"))
    return content
