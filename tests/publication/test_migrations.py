"""Upgrade of the windows that are there already."""

from importlib import import_module

import pytest
from django.apps import apps

from cms.core.models import StandardPage
from cms.publication.models import Window
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish
from tests.factories.references import make_place

window_parent_path = import_module("cms.publication.migrations.0008_window_parent_path")
title_key = import_module("cms.publication.migrations.0010_title_key_of_each_language")

pytestmark = pytest.mark.django_db


def test_upgrade_projects_parent_path_and_layout_as_a_release_does(site, monkeypatch):
    section = publish(make_page(StandardPage, title="Emner", layout="section"))
    publish(make_page(ArticlePage, title="Et svar", parent=section))
    publish(make_place())
    released = list(Window.objects.order_by("pk").values_list("path", "parent_path", "layout"))
    Window.objects.update(parent_path="", layout="")
    monkeypatch.setattr(window_parent_path, "BATCH_SIZE", 2)

    window_parent_path.project_places(apps, None)

    assert list(Window.objects.order_by("pk").values_list("path", "parent_path", "layout")) == released
    assert ("/da/emner/et-svar/", "/da/emner/", "") in released
    assert ("/da/emner/", "/da/", "section") in released


def test_upgrade_writes_the_keys_of_titles_as_a_release_does(site, monkeypatch):
    for number, locale in enumerate(("da", "pl", "uk")):
        publish(make_page(title=f"Łódź Їжак {number}", locale=locale))
    released = list(Window.objects.order_by("pk").values_list("title_key", flat=True))
    Window.objects.update(title_key="{}")
    monkeypatch.setattr(title_key, "BATCH_SIZE", 2)

    title_key.write_keys(apps, None)

    assert list(Window.objects.order_by("pk").values_list("title_key", flat=True)) == released
    assert len(set(released)) == 3
