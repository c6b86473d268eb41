"""Readiness of a language: why it cannot be released in its newest draft."""

import pytest
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.exchange.sites import get_home, get_locale
from cms.translation.checks.approvals import store_approval
from cms.translation.checks.translation_checks import iterate_checked
from cms.translation.models import TranslationTask
from cms.translation.states.readiness import find_gap
from tests.factories.pages import make_page, publish, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def page(site):
    return publish(make_page(title="Må jeg arbejde?", answer="Ja, fra den første dag."))


def translate_all(translation, words="Po polsku: {}"):
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": words.format(segment.string.data)},
        )


def test_language_without_a_page_is_not_translated(page):
    assert find_gap(page.translation_key, "pl") == "It has not been translated into Polski."


def test_untouched_copy_is_not_ready(page):
    page.copy_for_translation(get_locale("pl"), copy_parents=True)

    assert find_gap(page.translation_key, "pl") == "The draft in Polski is an untouched copy of its source."


def test_sentence_of_the_source_that_is_left_in_a_draft_is_a_gap(page):
    polish = page.copy_for_translation(get_locale("pl"), copy_parents=True)
    polish.title = "Czy mogę pracować?"
    polish.save_revision()

    assert find_gap(page.translation_key, "pl") == "Part of the draft in Polski still says what the source says."


def test_paragraph_of_a_block_that_is_left_in_a_draft_is_a_gap(page):
    text = [{"type": "paragraph", "value": "<p>Det gælder også for ægtefæller.</p><p>Se mere.</p>"}]
    publish(page, body=type(page)._meta.get_field("body").to_python(text))
    polish = page.copy_for_translation(get_locale("pl"), copy_parents=True)
    polish.title, polish.answer = "Czy mogę pracować?", "Tak, od pierwszego dnia."
    half = [{"type": "paragraph", "value": "<p>Det gælder også for ægtefæller.</p><p>Zobacz więcej.</p>"}]
    polish.body = type(page)._meta.get_field("body").to_python(half)
    polish.save_revision()

    assert find_gap(page.translation_key, "pl") == "Part of the draft in Polski still says what the source says."


def test_draft_in_new_words_is_ready(page):
    polish = page.copy_for_translation(get_locale("pl"), copy_parents=True)
    polish.title, polish.answer = "Czy mogę pracować?", "Tak, od pierwszego dnia."
    polish.save_revision()

    assert find_gap(page.translation_key, "pl") is None


def test_withdrawn_source_is_a_gap(page):
    translate(page, "pl", title="Czy mogę pracować?", answer="Tak, od pierwszego dnia.")
    page.unpublish()

    assert "has been withdrawn" in find_gap(page.translation_key, "pl")


def test_outdated_language_needs_new_words(page):
    polish = translate(page, "pl", title="Czy mogę pracować?", answer="Tak, od pierwszego dnia.")
    current = find_gap(page.translation_key, "pl")
    publish(page, title="Må jeg arbejde nu?", significance="substantive")
    outdated = find_gap(page.translation_key, "pl")
    polish.title = "Czy mogę teraz pracować?"
    polish.save_revision()

    assert (current, find_gap(page.translation_key, "pl")) == (None, None)
    assert outdated.startswith("The source has changed in substance since the translation into Polski was made")


def test_draft_that_a_check_blocks_is_in_work_until_somebody_lets_it_stand(page, admin_user):
    get_home("pl")
    translate_object(page, [get_locale("pl")])
    translation = Translation.objects.get()
    translate_all(translation, "Tak, od 3 dnia.")
    translation.save_target(publish=False)
    task = TranslationTask.objects.get(content_id=page.translation_key, locale="pl")
    blocked = (task.state, find_gap(page.translation_key, "pl"))

    for passage in iterate_checked(translation):
        store_approval(page.translation_key, "pl", passage.digest, user=admin_user, reason="So it is there")

    task.refresh_from_db()
    assert (blocked[0], task.state) == ("in_work", "ready")
    assert "“3” is not in the source like this" in blocked[1]
    assert find_gap(page.translation_key, "pl") is None
    assert task.steps.latest("pk").user == admin_user


def test_draft_of_the_passages_of_an_older_source_is_not_ready(page, django_capture_on_commit_callbacks):
    get_home("pl")
    translate_object(page, [get_locale("pl")])
    translation = Translation.objects.get()
    translate_all(translation)
    translation.save_target(publish=False)
    whole = find_gap(page.translation_key, "pl")
    publish(page, title="Må jeg arbejde nu?", significance="substantive")
    translation.save_target(publish=False)
    old = find_gap(page.translation_key, "pl")
    state = TranslationTask.objects.get(content_id=page.translation_key, locale="pl").state

    translation.source.update_from_db()
    missing = find_gap(page.translation_key, "pl")
    translate_all(translation)
    translation.save_target(publish=False)

    assert (whole, state) == (None, "in_work")
    assert old is not None
    assert "The first is “Må jeg arbejde nu?”." in missing
    assert find_gap(page.translation_key, "pl") is None
    assert TranslationTask.objects.get(content_id=page.translation_key, locale="pl").state == "ready"
