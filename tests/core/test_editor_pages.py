"""The editor in Danish: what its main pages say before any script runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow

from cms.core.models import Topic
from cms.core.starter_set import load_languages, load_organisations, load_vocabularies
from cms.exchange.sites import get_home
from legal.notes.law_note_page import LawNotePage
from tests.core.english import list_english
from tests.factories.pages import make_page, publish

SILENT = ["script", "style", "noscript"]
SPOKEN = ["aria-label", "title", "placeholder", "alt"]


@pytest.fixture
def site(db: None) -> dict[str, int]:
    """A site with an answer and a law note; returns keys that stand in addresses, by their names."""
    load_languages()
    load_vocabularies()
    load_organisations()
    get_home("pl")
    page = publish(make_page(title="Må min ægtefælle arbejde?", answer="Ja."))
    note = publish(make_page(LawNotePage, title="Ny beløbsgrænse"))
    return {
        "page": page.pk,
        "parent": page.get_parent().pk,
        "note": note.pk,
        "topic": Topic.objects.filter(locale__language_code="da").earliest("pk").pk,
        "workflow": Workflow.objects.get().pk,
        "task": Workflow.objects.get().tasks.get().pk,
        "group": Group.objects.earliest("pk").pk,
    }


PAGES = {
    "wagtailadmin_home": "",
    "wagtailadmin_explore_root": "",
    "wagtailadmin_explore": "parent",
    "wagtailadmin_pages:add_subpage": "parent",
    "wagtailadmin_pages:edit": "note",
    "wagtailadmin_pages:history": "page",
    "wagtailadmin_pages:usage": "page",
    "wagtailadmin_pages:move": "page",
    "wagtailadmin_pages:copy": "page",
    "wagtailadmin_pages:delete": "page",
    "wagtailadmin_pages:workflow_history": "page",
    "wagtailadmin_pages:search": "",
    "wagtailadmin_account": "",
    "wagtailadmin_collections:index": "",
    "wagtailadmin_collections:add": "",
    "wagtailadmin_reports:aging_pages": "",
    "wagtailadmin_reports:locked_pages": "",
    "wagtailadmin_reports:page_types_usage": "",
    "wagtailadmin_reports:site_history": "",
    "wagtailadmin_reports:workflow": "",
    "wagtailadmin_reports:workflow_tasks": "",
    "wagtailadmin_workflows:add": "",
    "wagtailadmin_workflows:edit": "workflow",
    "wagtailadmin_workflows:edit_task": "task",
    "wagtailadmin_workflows:index": "",
    "wagtailadmin_workflows:task_index": "",
    "wagtail_localize:submit_page_translation": "page",
    "wagtail_localize:translations_report": "",
    "wagtaildocs:add_multiple": "",
    "wagtaildocs:index": "",
    "wagtailimages:add_multiple": "",
    "wagtailimages:index": "",
    "wagtaillocales:add": "",
    "wagtaillocales:index": "",
    "wagtailsites:add": "",
    "wagtailsites:index": "",
    "wagtailsnippets:index": "",
    "wagtailsnippets_core_consortium:add": "",
    "wagtailsnippets_core_reusableblock:list": "",
    "wagtailsnippets_core_topic:add": "",
    "wagtailsnippets_core_topic:edit": "topic",
    "wagtailsnippets_translation_concept:add": "",
    "wagtailsnippets_translation_concept:list": "",
    "wagtailusers_groups:add": "",
    "wagtailusers_groups:edit": "group",
    "wagtailusers_groups:index": "",
    "wagtailusers_users:add": "",
    "wagtailusers_users:index": "",
}


def read_words(html: str) -> Iterator[str]:
    """Read what a page tells people and screen readers."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(SILENT):
        element.decompose()
    for text in soup.find_all(string=True):
        if not isinstance(text, Comment):
            yield " ".join(text.split())
    for element in soup.find_all(True):
        yield from (element[name] for name in SPOKEN if element.get(name))


def test_main_pages_of_the_editor_are_danish(admin_client: Client, site: dict[str, int]) -> None:
    english = {}
    for name, key in PAGES.items():
        answer = admin_client.get(reverse(name, args=[site[key]] if key else []), headers={"accept-language": "da"})

        assert answer.status_code == 200, name
        english[name] = list_english(list(read_words(answer.text)))

    assert {name: words for name, words in english.items() if words} == {}


@pytest.mark.parametrize("path", ["login/", "password_reset/"])
def test_pages_before_the_login_are_danish(client: Client, db: Any, path: str) -> None:
    answer = client.get(f"/admin/{path}", headers={"accept-language": "da"})

    assert list_english(list(read_words(answer.text))) == []


def test_page_that_is_not_there_is_said_in_danish(admin_client: Client) -> None:
    answer = admin_client.get("/admin/nothing-here/", headers={"accept-language": "da"})

    assert answer.status_code == 404
    assert list_english(list(read_words(answer.text))) == []
