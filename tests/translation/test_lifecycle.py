"""Translations made with wagtail-localize: released when published, outdated when their source changes, and confirmed again."""

from datetime import date, timedelta

import pytest
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.core.calendar import today
from cms.exchange.sites import get_home, get_locale
from cms.publication.editor.undoing import undo_as_user
from cms.publication.models import Window
from tests.factories.figures import make_figure, make_page_showing
from tests.factories.pages import make_page, publish, translate
from tests.factories.releases import read_document

pytestmark = pytest.mark.django_db


def translate_passages(translation: Translation, words: str = "Translated") -> None:
    """Translate every passage by hand, as a translator would who has one word for everything."""
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": words},
        )


def translate_with_localize(page, capture_on_commit_callbacks) -> Translation:
    """Translate a page into English passage by passage, and publish it."""
    get_home("en")
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=get_locale("en"))
    translate_passages(translation)
    with capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    return translation


def read_states():
    return dict(Window.objects.filter(type="article").values_list("locale", "state"))


def test_translation_published_with_localize_is_released(site, django_capture_on_commit_callbacks):
    translate_with_localize(publish(make_page(title="Bolig")), django_capture_on_commit_callbacks)

    assert read_states() == {"da": "source", "en": "current"}


def test_figure_is_shown_in_the_language_of_the_translation(site, django_capture_on_commit_callbacks):
    figure = make_figure(amounts={date(2020, 1, 1): "552000"}, en="The pay limit")
    page = publish(make_page_showing(figure))
    get_home("en")
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=get_locale("en"))

    translate_passages(translation)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    shown = read_document(page.translation_key, today(), "en")["blocks"][1]["value"]
    assert (shown["label"], shown["amount"]) == ("The pay limit", "552000.00")


def test_string_that_a_machine_wrote_marks_the_translation(site, django_capture_on_commit_callbacks):
    page = publish(make_page(title="Bolig"))
    get_home("en")
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=get_locale("en"))
    segment = source.stringsegment_set.get(string__data="Bolig")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data="Housing",
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )

    translate_passages(translation)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    assert read_states() == {"da": "source", "en": "machine"}


def test_translation_published_again_unchanged_stays_outdated(site):
    page = publish(make_page(title="Bolig"))
    english = translate(page, "en", title="Housing")
    publish(page, title="Bolig nu", significance="substantive")

    publish(english)

    assert read_states() == {"da": "source", "en": "outdated"}


def test_translation_published_with_new_words_is_current(site):
    page = publish(make_page(title="Bolig"))
    english = translate(page, "en", title="Housing")
    publish(page, title="Bolig nu", significance="substantive")

    publish(english, title="Housing now")

    assert read_states() == {"da": "source", "en": "current"}


def test_same_words_published_for_another_day_stay_outdated(site):
    page = publish(make_page(title="Bolig"))
    english = translate(page, "en", title="Housing")
    publish(page, title="Bolig nu", significance="substantive")

    publish(english, applies_from=today() + timedelta(days=9))

    assert set(Window.objects.filter(locale="en", type="article").values_list("state", flat=True)) == {"outdated"}


def test_same_words_published_after_a_withdrawal_stay_outdated(site):
    page = publish(make_page(title="Bolig"))
    english = translate(page, "en", title="Housing")
    publish(page, title="Bolig nu", significance="substantive")
    english.unpublish()

    publish(type(english).objects.get(pk=english.pk))

    assert read_states() == {"da": "source", "en": "outdated"}


def test_words_of_a_former_text_published_again_render_what_they_rendered(site):
    page = publish(make_page(title="Bolig"))
    english = translate(page, "en", title="Housing")
    publish(page, title="Bolig nu", significance="substantive")
    english = publish(english, title="Housing now")
    publish(page, title="Bolig igen", significance="substantive")

    publish(english, title="Housing")

    assert read_states() == {"da": "source", "en": "outdated"}


def test_undone_translation_renders_what_the_text_before_it_rendered(site, admin_user):
    page = publish(make_page(title="Bolig"))
    english = translate(page, "en", title="Housing")
    publish(page, title="Bolig nu", significance="substantive")
    english = publish(english, title="Housing now")
    version = Window.objects.get(locale="en", type="article").version

    undo_as_user(english, version, admin_user)

    assert read_states() == {"da": "source", "en": "outdated"}


def test_draft_made_before_another_language_read_the_source_again_is_no_translation_of_it(
    site, django_capture_on_commit_callbacks
):
    page = publish(make_page(title="Bolig"))
    translation = translate_with_localize(page, django_capture_on_commit_callbacks)
    source = translation.source
    english = type(page).objects.get(translation_key=page.translation_key, locale=get_locale("en"))
    publish(page, summary="14", significance="substantive")

    source.update_from_db()
    english.get_latest_revision().publish()
    outdated = read_states()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    assert (outdated["en"], read_states()["en"]) == ("outdated", "current")


def test_draft_of_the_newest_text_stays_one_when_another_language_reads_the_source_again(
    site, django_capture_on_commit_callbacks
):
    page = publish(make_page(title="Bolig"))
    translation = translate_with_localize(page, django_capture_on_commit_callbacks)
    source = translation.source
    publish(page, summary="Fra i morgen er det sådan.", significance="substantive")
    source.update_from_db()
    translate_passages(translation)
    translation.save_target(publish=False)
    english = type(page).objects.get(translation_key=page.translation_key, locale=get_locale("en"))

    source.update_from_db()
    english.get_latest_revision().publish()

    assert read_states()["en"] == "current"
