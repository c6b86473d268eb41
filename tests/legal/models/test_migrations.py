"""Upgrade of the cited provisions that are stored already."""

from importlib import import_module

import pytest
from django.apps import apps

from legal.models import CitedProvision
from tests.api.law import build_source, import_act, release_note

cited_provision_is_source = import_module("legal.migrations.0007_cited_provision_is_source")

pytestmark = pytest.mark.django_db


def test_upgrade_marks_what_notes_were_written_on(tmp_path):
    work = import_act(tmp_path)
    cited = {"act": build_source(work)["act"], "section": "9 b"}
    release_note(title="Lov", sources=[build_source(work, "9 a")], citations=[cited])
    release_note(title="Hele loven", sources=[build_source(work)])
    followed = sorted(CitedProvision.objects.values_list("section", "is_source"))
    CitedProvision.objects.update(is_source=False)

    cited_provision_is_source.mark_sources(apps, None)

    assert sorted(CitedProvision.objects.values_list("section", "is_source")) == followed
    assert followed == [("", True), ("9 a", True), ("9 b", False)]
