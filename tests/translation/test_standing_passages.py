"""Passages that a person lets stand as they are."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.exchange.sites import get_home, get_locale
from cms.translation.models import TranslationTask
from cms.translation.passages import list_missing_passages
from cms.translation.readiness import find_gap
from cms.translation.standing_passages import keep_source_words
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(site):
    page = publish(make_page(title="Global Service Desk", answer="Ja, fra den første dag."))
    get_home("pl")
    translate_object(page, [get_locale("pl")])
    return Translation.objects.get()


def find_segments(translation, words):
    return list(translation.source.stringsegment_set.filter(string__data=words).values_list("pk", flat=True))


def test_passage_that_stands_as_it_is_counts_as_translated(translation, english, admin_user):
    key = translation.source.object_id
    title = find_segments(translation, "Global Service Desk")
    answer = translation.source.stringsegment_set.get(string__data="Ja, fra den første dag.")
    StringTranslation.objects.create(
        translation_of=answer.string, context=answer.context, locale=translation.target_locale, data="Tak."
    )
    before = find_gap(key, "pl")

    marked = keep_source_words(key, "pl", title, user=admin_user)

    task = TranslationTask.objects.get(content_id=key, locale="pl")
    assert "The first is “Global Service Desk”." in before
    assert (marked, list_missing_passages(translation), find_gap(key, "pl")) == (1, [], None)
    assert (task.state, [step.user for step in task.steps.filter(event="completed")]) == ("ready", [admin_user])


def test_translated_passage_is_left_alone(translation, admin_user):
    title = translation.source.stringsegment_set.get(string__data="Global Service Desk")
    StringTranslation.objects.create(
        translation_of=title.string, context=title.context, locale=translation.target_locale, data="Biuro"
    )

    assert keep_source_words(translation.source.object_id, "pl", [title.pk], user=admin_user) == 0

    assert StringTranslation.objects.get().data == "Biuro"


def test_only_who_may_edit_the_translation_lets_passages_stand(translation):
    stranger = get_user_model().objects.create_user("stranger")

    with pytest.raises(PermissionDenied):
        keep_source_words(translation.source.object_id, "pl", [], user=stranger)
