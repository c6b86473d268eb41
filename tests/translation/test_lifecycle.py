"""Translations made with wagtail-localize: released when published, outdated when their source changes, and confirmed again."""

from datetime import date

import pytest
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.core.calendar import today
from cms.exchange.sites import get_home, get_locale
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


def read_states():
    return dict(Window.objects.filter(type="article").values_list("locale", "state"))


def test_translation_published_with_localize_is_released(site, django_capture_on_commit_callbacks):
    page = publish(make_page(title="Bolig"))
    get_home("en")
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=get_locale("en"))

    translate_passages(translation)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

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


def test_translation_published_again_after_a_change_of_its_source_is_current(site):
    page = publish(make_page(title="Bolig"))
    english = translate(page, "en", title="Housing")
    publish(page, title="Bolig nu", significance="substantive")
    outdated = read_states()

    publish(english)

    assert (outdated["en"], read_states()["en"]) == ("outdated", "current")
