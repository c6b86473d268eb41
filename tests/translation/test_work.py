"""Work on translations: tasks and their steps, what is asked for, what is called still right, and who may say so."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied

from cms.core.calendar import start_of_day, today
from cms.exchange.sites import get_locale
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release, Window
from cms.translation.models import TranslationStep, TranslationTask
from cms.translation.states.state_table import StepRefusedError
from cms.translation.states.task_follower import TaskFollower
from cms.translation.states.work import confirm_everywhere, dismiss, request
from tests.factories.pages import make_page, publish, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def read_states(page, day=None):
    tasks = TranslationTask.objects.filter(content_id=page.translation_key).on_day(day or today())
    return {task.locale: task.state_on_day for task in tasks if task.state_on_day != "untranslated"}


def read_steps(page, locale):
    steps = TranslationStep.objects.filter(task__content_id=page.translation_key, task__locale=locale)
    return [(step.event, step.before, step.after) for step in steps.order_by("pk")]


def test_content_has_a_task_in_every_other_language_from_its_first_draft_on(site):
    page = make_page(title="Bolig")
    page.save_revision()

    tasks = TranslationTask.objects.filter(content_id=page.translation_key)
    assert sorted(tasks.values_list("locale", "state")) == [
        (code, "untranslated") for code in ("ar", "de", "en", "lt", "pl", "ro", "uk")
    ]


def test_steps_of_a_translation_from_copy_to_release(site, admin_user):
    page = publish(make_page(title="Bolig"))

    english = translate(page, "en", title="Housing")
    english.title = "Homes"
    english.save_revision().publish(user=admin_user)

    assert read_steps(page, "en") == [
        ("completed", "untranslated", "ready"),
        ("released", "ready", "current"),
        ("completed", "current", "current"),
        ("released", "current", "current"),
    ]
    assert TranslationStep.objects.order_by("pk").last().user == admin_user


def test_untouched_copy_is_not_begun(site):
    page = publish(make_page(title="Bolig", answer="Ja, fra den første dag."))

    page.copy_for_translation(get_locale("en"), copy_parents=True)

    assert read_states(page) == {}


def test_draft_saved_again_and_again_is_one_step(site, admin_user):
    page = publish(make_page(title="Bolig"))
    english = page.copy_for_translation(get_locale("en"), copy_parents=True)

    for title in ("Housing", "Homes", "A home"):
        english.title = title
        english.save_revision(user=admin_user)

    assert read_steps(page, "en") == [("completed", "untranslated", "ready")]


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


def test_still_right_in_all_languages_is_said_once(site, admin_user):
    page = publish(make_page(title="Bolig"))
    for locale, title in (("en", "Housing"), ("pl", "Mieszkanie")):
        translate(page, locale, title=title)
    translate(page, "de", title="Wohnen").unpublish()
    page = publish(page, title="Bolig nu", significance="substantive")

    confirmed = confirm_everywhere(page.translation_key, user=admin_user, reason="A comma")

    assert sorted(confirmed) == ["en", "pl"]
    assert read_states(page) == {"de": "withdrawn", "en": "current", "pl": "current"}
    assert read_steps(page, "pl")[-1] == ("confirmed", "outdated", "current")


def test_still_right_in_all_languages_is_refused_where_one_of_them_says_otherwise(site, admin_user):
    page = publish(make_page(title="Bolig", answer="Inden 14 dage."))
    translate(page, "en", title="Housing", answer="Within 14 days.")
    translate(page, "pl", title="Mieszkanie", answer="W dwa tygodnie.")
    page = publish(page, answer="Inden 30 dage.", significance="substantive")

    with pytest.raises(StepRefusedError, match=r"“Within 14 days\.” – .*“30” of the source has become “14”"):
        confirm_everywhere(page.translation_key, user=admin_user, reason="I did not look")

    assert read_states(page) == {"en": "outdated", "pl": "outdated"}


@pytest.mark.parametrize("reason", ["", "  ", "x" * 401])
def test_still_right_needs_a_reason_that_can_be_kept(site, admin_user, reason):
    page = publish(make_page(title="Bolig"))
    translate(page, "en", title="Housing")
    page = publish(page, title="Bolig nu", significance="substantive")

    with pytest.raises(StepRefusedError):
        dismiss(page.translation_key, "en", user=admin_user, reason=reason)

    assert read_states(page) == {"en": "outdated"}


def test_only_who_may_edit_a_translation_calls_it_still_right(site):
    page = publish(make_page(title="Bolig"))
    translate(page, "en", title="Housing")
    page = publish(page, title="Bolig nu", significance="substantive")
    stranger = get_user_model().objects.create_user("stranger")

    with pytest.raises(PermissionDenied):
        dismiss(page.translation_key, "en", user=stranger, reason="It is")
    with pytest.raises(PermissionDenied):
        confirm_everywhere(page.translation_key, user=stranger, reason="It is")

    assert read_states(page) == {"en": "outdated"}


def test_request_names_owner_and_day_and_keeps_what_was_said_before(site, admin_user):
    page = publish(make_page(title="Bolig"))
    due = date(2027, 1, 1)

    request(page.translation_key, "pl", user=admin_user, owner=admin_user, due=due, reason="For the spring campaign")
    request(page.translation_key, "pl", user=admin_user)

    task = TranslationTask.objects.get(content_id=page.translation_key, locale="pl")
    assert (task.owner, task.due, task.state) == (admin_user, due, "untranslated")
    assert task.steps.get().reason == "For the spring campaign"


def test_there_is_no_task_in_the_language_of_the_source(site, admin_user):
    page = publish(make_page(title="Bolig"))

    with pytest.raises(TranslationTask.DoesNotExist):
        request(page.translation_key, "da", user=admin_user)


def test_planned_change_makes_outdated_on_its_day_and_the_next_step_tells_of_it(site, admin_user):
    day = today() + timedelta(days=9)
    page = publish(make_page(title="Bolig"))
    translate(page, "en", title="Housing")
    page = publish(page, title="Bolig fra nytår", significance="substantive", applies_from=day)
    before, then = read_states(page), read_states(page, day)

    with time_machine.travel(start_of_day(day + timedelta(days=1)), tick=False):
        on_the_day = read_states(page)
        publish(page, title="Bolig fra nytår.", significance="typo", applies_from=None)

    step = TranslationStep.objects.get(event="source_substantive")
    assert (before, then, on_the_day) == ({"en": "current"}, {"en": "outdated"}, {"en": "outdated"})
    assert read_steps(page, "en")[-3:] == [
        ("source_planned", "current", "current"),
        ("source_substantive", "current", "outdated"),
        ("source_typo", "outdated", "outdated"),
    ]
    assert (step.user, step.at) == (None, start_of_day(day))


def test_planned_translation_makes_current_on_its_day(site):
    day = today() + timedelta(days=9)
    page = publish(make_page(title="Bolig"))
    english = translate(page, "en", title="Housing")
    page = publish(page, title="Bolig nu", significance="substantive")

    publish(english, title="Housing from then on", applies_from=day)

    assert (read_states(page), read_states(page, day)) == ({"en": "outdated"}, {"en": "current"})


def test_planned_translation_is_judged_as_of_its_first_day(site):
    page = publish(make_page(title="Bolig"))
    translate(page, "en", title="Housing", applies_from=today() + timedelta(days=9))
    planned = read_states(page)

    publish(page, title="Bolig snart", significance="substantive", applies_from=today() + timedelta(days=5))

    assert (planned, read_states(page)) == ({"en": "current"}, {"en": "outdated"})


def test_cancelled_plan_leaves_the_translation_current(site):
    day = today() + timedelta(days=9)
    page = publish(make_page(title="Bolig"))
    translate(page, "en", title="Housing")
    page = publish(page, title="Bolig fra nytår", significance="substantive", applies_from=day)
    version = Window.objects.get(content_id=page.translation_key, locale="da", starts=day).version

    publication_log.withdraw(content_id=page.translation_key, version=version)

    assert read_states(page, day) == {"en": "current"}
    assert read_steps(page, "en")[-1] == ("source_undone", "current", "current")


def test_deleted_source_has_no_tasks(site):
    page = publish(make_page(title="Bolig"))

    page.delete()

    assert not TranslationTask.objects.filter(content_id=page.translation_key).exists()


def test_deleted_draft_of_a_translation_is_untranslated_again(site):
    page = publish(make_page(title="Bolig"))
    english = page.copy_for_translation(get_locale("en"), copy_parents=True)
    english.title = "Housing"
    english.save_revision()

    english.delete()

    assert read_steps(page, "en") == [("completed", "untranslated", "ready"), ("withdrawn", "ready", "untranslated")]


def test_site_with_texts_gets_its_tasks_from_the_follower(site):
    page = publish(make_page(title="Bolig"))
    translate(page, "en", title="Housing")
    publish(page, title="Bolig nu", significance="substantive")
    polish = page.copy_for_translation(get_locale("pl"), copy_parents=True)
    polish.title = "Mieszkanie"
    polish.save_revision()
    drafted = make_page(title="Aldrig udgivet")
    drafted.save_revision()
    TranslationTask.objects.all().delete()

    TaskFollower().follow(list(Release.objects.order_by("position")))
    followed = read_states(page)
    TaskFollower().reset()

    assert followed == {"en": "outdated", "pl": "ready"}
    assert TranslationTask.objects.filter(content_id=drafted.translation_key).count() == 7


def test_text_for_today_is_a_change_in_substance_to_a_translation_of_the_planned_one(site):
    page = publish(make_page(title="Bolig"))
    page.unpublish()
    page = publish(page, title="Bolig nu", significance="substantive", applies_from=today() + timedelta(days=9))
    translate(page, "en", title="Housing now", applies_from=None)

    publish(page, title="Bolig i dag", significance="typo", applies_from=None)

    assert read_steps(page, "en")[-1] == ("source_substantive", "current", "outdated")
