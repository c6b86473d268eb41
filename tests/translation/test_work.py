"""Work on translations: what is asked for, what is called still right, and who may say so."""

import pytest

from cms.publication.models import Release
from cms.translation.models import TranslationStep, TranslationTask
from cms.translation.work import dismiss
from tests.factories.pages import make_page, publish, translate

pytestmark = pytest.mark.django_db


def read_states(page):
    tasks = TranslationTask.objects.filter(content_id=page.translation_key)
    return {task.locale: task.state for task in tasks if task.state != "untranslated"}


def read_steps(page, locale):
    steps = TranslationStep.objects.filter(task__content_id=page.translation_key, task__locale=locale)
    return [(step.event, step.before, step.after) for step in steps.order_by("pk")]


def test_content_has_a_task_in_every_other_language(site):
    page = publish(make_page(title="Bolig"))

    tasks = TranslationTask.objects.filter(content_id=page.translation_key)
    assert sorted(tasks.values_list("locale", "state")) == [
        (code, "untranslated") for code in ("ar", "de", "en", "lt", "pl", "ro", "uk")
    ]


def test_steps_of_a_translation_from_copy_to_release(site):
    page = publish(make_page(title="Bolig"))

    translate(page, "en", title="Housing")

    assert read_steps(page, "en") == [("completed", "untranslated", "ready"), ("released", "ready", "current")]


def test_dismissed_translation_is_released_again_for_the_newest_source(site, admin_user):
    page = publish(make_page(title="Bolig"))
    translate(page, "en", title="Housing")
    page = publish(page, title="Bolig nu", significance="substantive")
    outdated = read_states(page)

    dismiss(page.translation_key, "en", user=admin_user, reason="Only the Danish title changed")

    step = TranslationStep.objects.order_by("pk").last()
    source = Release.objects.filter(content_id=page.translation_key, locale="da", significance="substantive").first()
    row = Release.objects.filter(content_id=page.translation_key, locale="en").order_by("position").last()
    assert (outdated, read_states(page)) == ({"en": "outdated"}, {"en": "current"})
    assert (step.event, step.user, step.reason) == ("dismissed", admin_user, "Only the Danish title changed")
    assert (row.title, row.state, row.source_version, row.version) == (
        "Housing",
        "current",
        source.version,
        step.version,
    )
