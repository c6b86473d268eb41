"""Translations of drafts that come out with them: handed out, waited for, and never out by themselves."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.core.calendar import today
from cms.core.enums import Significance
from cms.exchange.sites import get_home, get_locale
from cms.publication.log.history import load_histories
from cms.publication.models import Window
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.bundle_enums import BundleState, Timing
from cms.translation.bundles.contents import add_texts
from cms.translation.bundles.going_live import release_due_bundles, schedule_bundle
from cms.translation.bundles.source_drafts import hand_out_drafts
from cms.translation.desk.inbox import list_inbox
from cms.translation.desk.inbox_panel import describe_work
from cms.translation.desk.notices import store_notices
from cms.translation.interchange.exchange_view import build_exchange_url
from cms.translation.interchange.file_export import export_texts
from cms.translation.models import NoticeOccasion, ReleaseBundle
from cms.translation.passages.source_texts import list_source_texts
from tests.factories.pages import make_page, publish
from tests.translation.bundles.conftest import draft
from tests.translation.desk.translated_pages import make_translator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def page(owner: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """A page that readers know in Danish and Polish, with a draft of another answer."""
    page = publish(make_page(title="Må jeg arbejde?", answer="Ja, fra den første dag."))
    get_home("pl")
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(page, [get_locale("pl")])
        translate_passages()
        Translation.objects.get().save_target(publish=True)
    return draft(Page.objects.get(pk=page.pk).specific, answer="Ja, fra den anden dag.")


@pytest.fixture
def bundle(page: Any, owner: Any) -> ReleaseBundle:
    bundle = ReleaseBundle.objects.create(
        name="Pakken", owner=owner, timing=Timing.DAY, day=today(), required_locales=["pl"]
    )
    add_texts(bundle, page.translation_key, ["da", "pl"])
    bundle.entries.filter(locale="da").update(significance=Significance.SUBSTANTIVE, change_note="Ny dag")
    return bundle


def translate_passages() -> None:
    translation = Translation.objects.get()
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": f"pl {segment.string.data}"},
        )


def test_translation_waits_until_it_renders_the_draft_that_comes_out(bundle: ReleaseBundle, owner: Any) -> None:
    schedule_bundle(bundle, owner)
    bundle.refresh_from_db()
    before = bundle.obstacle

    hand_out_drafts(bundle)
    release_due_bundles()
    bundle.refresh_from_db()
    handed = bundle.obstacle
    translate_passages()
    release_due_bundles()
    bundle.refresh_from_db()

    assert "Translators have not been given the draft of the source yet." in before
    assert "passages that are not translated yet: 1" in handed
    assert (bundle.state, bundle.obstacle) == (BundleState.LIVE, "")
    windows = Window.objects.filter(locale="pl", title="pl Må jeg arbejde?")
    assert [window.state for window in windows] == ["current"]


def test_translation_that_is_corrected_later_stays_current(
    bundle: ReleaseBundle, owner: Any, django_capture_on_commit_callbacks: Any
) -> None:
    hand_out_drafts(bundle)
    translate_passages()
    schedule_bundle(bundle, owner)
    StringTranslation.objects.filter(data__startswith="pl Må").update(data="Czy mogę pracować?")

    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get().save_target(publish=True)

    assert [(row.title, row.state) for row in Window.objects.filter(locale="pl").present_and_future(today())] == [
        ("Czy mogę pracować?", "current")
    ]


def test_translators_are_told_of_a_draft_that_was_handed_out(bundle: ReleaseBundle, page: Any) -> None:
    translator = make_translator("tłumacz", "pl")
    hand_out_drafts(bundle)

    counts = [store_notices(), store_notices()]

    (task,) = list_inbox(translator)
    assert (counts, task.content_id, task.locale) == ([1, 0], page.translation_key, "pl")
    assert describe_work(task, translator) == "a new text of the source is to come out with a bundle"
    assert NoticeOccasion.objects.get().reason == "Pakken"

    translate_passages()
    Translation.objects.get().save_target(publish=False)

    assert list(list_inbox(translator)) == []


def test_page_of_a_bundle_leads_to_the_file_of_its_texts(bundle: ReleaseBundle, page: Any, editor: Any) -> None:
    html = editor.get(reverse("translation_bundle", args=[bundle.pk])).content.decode()

    address = build_exchange_url([page.translation_key], "pl")
    assert f'<a href="{address.replace("&", "&amp;")}">Polski</a>' in html


def test_translation_of_a_draft_is_not_published_by_itself(bundle: ReleaseBundle, page: Any) -> None:
    hand_out_drafts(bundle)
    translate_passages()
    polish = Page.objects.get(translation_key=page.translation_key, locale__language_code="pl").specific

    with pytest.raises(ReleaseRefusedError, match="translates a draft that is not published yet"):
        publish(polish)


def test_files_and_the_desk_translate_the_draft_that_was_handed_out(
    bundle: ReleaseBundle, page: Any, owner: Any
) -> None:
    hand_out_drafts(bundle)

    exported = export_texts("pl").file
    read = Translation.objects.get().source.as_instance()
    texts = list_source_texts(load_histories([page.translation_key])[page.translation_key], page)

    assert "Ja, fra den anden dag." in {passage.source for passage in exported.texts[0].passages}
    assert read.answer == "Ja, fra den anden dag."
    assert [(text.is_draft, text.page.answer) for text in texts] == [
        (True, "Ja, fra den anden dag."),
        (False, "Ja, fra den første dag."),
    ]
