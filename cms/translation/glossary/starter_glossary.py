"""The starter glossary. Loading it twice changes nothing, and concepts that are there stay as editors made them."""

from pathlib import Path

from django.db import transaction

from cms.translation.glossary.csv_import import store_glossary
from cms.translation.glossary.csv_lines import read_glossary
from cms.translation.models import Concept

STARTER = Path(__file__).resolve().parent.parent / "starter" / "glossary.csv"


@transaction.atomic
def load_glossary() -> None:
    """Add the concepts that are missing, with their terms and definitions in every language."""
    found = read_glossary(STARTER.read_bytes())
    there = set(Concept.objects.values_list("slug", flat=True))
    found.entries = {entry: line for entry, line in found.entries.items() if entry.concept not in there}
    found.definitions = {key: text for key, text in found.definitions.items() if key[0] not in there}
    store_glossary(found)
