"""The pages of machine translation: count, start, report."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from cms.translation.machine.tasks import translate_texts
from cms.translation.models import TranslationTask
from tests.factories.pages import publish
from tests.translation.machine.test_machine import HARD, LINK, article, service  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(site, admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    return admin_client


@pytest.fixture
def task(article):  # noqa: F811
    found, _is_new = TranslationTask.objects.get_or_create(
        content_id=article.translation_key, locale="pl", defaults={"since": timezone.now()}
    )
    return found


def test_count_stands_on_the_page_before_anything_is_sent(editor, service, task):  # noqa: F811
    page = editor.get(reverse("translation_machine"), {"task": task.pk}).content.decode()

    characters = len(f"Må jeg arbejde?Ja.{LINK}Du har 14 dage.")
    assert f"Passages to be sent: 4, with {characters} characters." in page
    assert service.requests == []


def test_hard_text_is_refused_with_its_sentence(editor, service, task, article):  # noqa: F811
    publish(article, answer=HARD)

    page = editor.get(reverse("translation_machine"), {"task": task.pk}).content.decode()

    assert "The hardest sentence is “Arbejdsgiverforeningernes" in page
    assert "There is nothing to send." in page


def test_start_leads_to_the_report(editor, service, task):  # noqa: F811
    response = editor.post(reverse("translation_machine"), {"task": task.pk})
    waiting = editor.get(response.headers["Location"]).content.decode()
    result = DBTaskResult.objects.get(pk=response.headers["Location"].split("/")[-2])
    result.set_successful(translate_texts.call(*result.args_kwargs["args"]))

    page = editor.get(response.headers["Location"]).content.decode()

    assert "This page shows the report when it is there" in waiting
    assert "taken: 4; 1 draft saved, 0 published." in page


def test_without_a_service_there_is_no_page(editor):
    assert editor.get(reverse("translation_machine")).status_code == 404


def test_matrix_leads_to_the_count_and_sends_nothing(editor, service, task):  # noqa: F811
    page = editor.get(reverse("translation_matrix")).content.decode()

    response = editor.post(
        reverse("translation_matrix"), {"action": "machine", "cell": [f"{task.content_id}:{task.locale}"]}
    )

    assert "Translate by machine…" in page
    assert response.headers["Location"] == f"{reverse('translation_machine')}?task={task.pk}"
    assert service.requests == []


def test_matrix_does_not_offer_a_machine_that_is_not_there(editor, task):
    page = editor.get(reverse("translation_matrix")).content.decode()

    assert "Translate by machine…" not in page
    assert reverse("translation_exchange") in page
