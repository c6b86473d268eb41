"""The starter content: what a fresh site shows before anyone has written anything. All of it is marked as demonstration."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command

from cms.core.starter_set import load_organisations, load_vocabularies, name_approval
from cms.exchange.bundle_import import import_bundle
from cms.exchange.bundle_report import ImportReport
from cms.exchange.models import SourceRecord
from cms.translation.glossary.starter_glossary import load_glossary

ROOT = Path(__file__).resolve().parent.parent
ACTS = ROOT / "legal" / "starter" / "acts.ndjson"
# In the order in which one refers to the other.
BUNDLES = (
    ROOT / "knowledge" / "starter" / "pages.ndjson",
    ROOT / "knowledge" / "starter" / "contact-points.ndjson",
    ROOT / "knowledge" / "starter" / "guides.ndjson",
    ROOT / "knowledge" / "starter" / "consortia.ndjson",
    ROOT / "legal" / "starter" / "law-notes.ndjson",
    ROOT / "knowledge" / "starter" / "articles.ndjson",
    ROOT / "knowledge" / "starter" / "best-practices.ndjson",
)


def load_starter_content() -> Iterator[tuple[str, ImportReport]]:
    """Load vocabularies, organisations, glossary, acts and bundles, in this order; yields the report of each bundle."""
    load_vocabularies()
    load_organisations()
    load_glossary()
    name_approval()
    call_command("legal_import", str(ACTS), verbosity=0)
    for bundle in BUNDLES:
        yield bundle.name, import_bundle(_list_missing(bundle))


def _list_missing(bundle: Path) -> list[bytes]:
    """List the lines whose content is not there yet; what editors made of the others stays."""
    there = set(SourceRecord.objects.values_list("source_id", "locale"))
    lines = bundle.read_bytes().splitlines()
    return [line for line in lines if _read_key(line) not in there]


def _read_key(line: bytes) -> tuple[str, str]:
    values = json.loads(line)
    return values["source_id"], values["locale"]


def ensure_administrator(username: str, password: str) -> bool:
    """Make the first administrator. Returns whether one was made; an account that is there keeps its password."""
    users = get_user_model()._default_manager
    if users.filter(username=username).exists():
        return False
    users.create_superuser(username=username, email="", password=password)
    return True
