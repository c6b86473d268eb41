"""Callers of the API, and the organisations and vocabularies that parameters may name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale

from cms.api.keys import create_key
from cms.core.models import Audience, Consortium, FocusArea, Membership, Municipality, Topic
from tests.api.contents import day

Call = Callable[..., Any]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Ready snapshots of one test are not there in the next, whose log is another."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def call(db: None) -> Call:
    """Ask the API: ``call("/documents/", locale="en")`` with the path below /api/v1."""

    def ask(path: str = "/", key: str | None = None, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
        sent = {**({"Authorization": f"Bearer {key}"} if key else {}), **(headers or {})}
        return Client().get(f"/api/v1{path}", parameters, headers=sent)

    return ask


@pytest.fixture
def vocabularies(db: None) -> None:
    """Two consortia with a municipality each, and a few terms."""
    danish, _ = Locale.objects.get_or_create(language_code="da")
    english, _ = Locale.objects.get_or_create(language_code="en")
    work = Topic.objects.create(slug="work", label="Arbejde", locale=danish)
    Topic.objects.create(slug="work", label="Work", locale=english, translation_key=work.translation_key)
    Topic.objects.create(slug="aarsopgoerelse", label="Årsopgørelse", locale=danish)
    Topic.objects.create(slug="zoner", label="Zoner", locale=danish)
    Audience.objects.create(slug="student", label="Studerende", locale=danish)
    Audience.objects.create(slug="eu-citizen", label="EU-borger", kind="nationality", locale=danish)
    FocusArea.objects.create(slug="retention", label="Fastholdelse", locale=danish)
    for slug, code, name in (("east", "0751", "Aarhus"), ("west", "0561", "Esbjerg")):
        consortium = Consortium.objects.create(
            slug=slug, name=name, focus_areas=["retention"], valid_from=day("2026-01-01")
        )
        place = Municipality.objects.create(code=code, name=name)
        Membership.objects.create(consortium=consortium, municipality=place, valid_from=day("2026-01-01"))


@pytest.fixture
def network_key(db: None) -> str:
    """A key that sees the network's content."""
    return create_key(name="Network", scopes=["read:network"])[1]


@pytest.fixture
def east_key(vocabularies: None) -> str:
    """A key of the consortium east."""
    return create_key(name="East", scopes=["read:consortium:east"])[1]


@pytest.fixture
def west_key(vocabularies: None) -> str:
    """A key of the consortium west."""
    return create_key(name="West", scopes=["read:consortium:west"])[1]
