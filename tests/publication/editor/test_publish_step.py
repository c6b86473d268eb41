"""The publish step: nothing is released before it is confirmed; what it asks, what it shows, what comes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.core.calendar import today
from cms.publication.models import Release, Window
from tests.factories.editor_forms import answer_step, open_step, post_form, publish_in_editor
from tests.factories.pages import make_page, publish, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor(site: Any, admin_client: Any, admin_user: Any) -> Any:
    """A browser with an administrator at it, who reads English."""
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=admin_user, preferred_language="en")
    return admin_client


def list_texts(page: Any) -> list[tuple[str, str]]:
    rows = Release.objects.filter(content_id=page.translation_key, locale="da", kind="released").order_by("position")
    return [(row.title, row.significance) for row in rows if row.is_text]


def test_pressing_publish_saves_the_draft_and_releases_nothing(editor: Any) -> None:
    page = make_page()

    step = open_step(editor, page, title="Ny titel")

    page.refresh_from_db()
    assert step.templates[0].name == "publication/admin/publish.html"
    assert (page.live, page.get_latest_revision_as_object().title, list_texts(page)) == (False, "Ny titel", [])


def test_first_release_asks_only_for_the_day(editor: Any) -> None:
    page = make_page()

    step = open_step(editor, page)
    response = answer_step(editor, step)

    assert sorted(step.context["form"].fields) == ["day", "draft", "starts"]
    assert response.status_code == 302
    assert list_texts(page) == [("Skal jeg registreres i CPR?", "minor")]


def test_published_text_is_not_changed_before_it_is_said_how_much(editor: Any) -> None:
    page = publish(make_page())
    step = open_step(editor, page, title="Ny titel")

    response = answer_step(editor, step, significance="")

    assert step.context["form"].initial.get("significance") is None
    assert response.context["form"].errors == {
        "significance": ["Say how much has changed: it decides what becomes outdated."]
    }
    assert len(list_texts(page)) == 1


def test_answers_stand_on_what_is_released(editor: Any) -> None:
    page = publish(make_page())
    day = today() + timedelta(days=40)

    publish_in_editor(
        editor,
        page,
        title="Ny titel",
        answers={"significance": "substantive", "change_note": "Fristen er ny.", "starts": "day", "day": f"{day:%d.%m.%Y}"},
    )

    row = Release.objects.filter(content_id=page.translation_key).latest("position")
    assert (row.title, row.significance, row.change_note, row.applies_from) == (
        "Ny titel",
        "substantive",
        "Fristen er ny.",
        day,
    )
    assert [window.title for window in Window.objects.applying(today())] == ["Skal jeg registreres i CPR?"]
