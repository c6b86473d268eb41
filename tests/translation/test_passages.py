"""A translation that is not whole is not released, whichever way somebody or something tries to publish it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import orjson
import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Revision
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.core.models import ReusableBlock
from cms.exchange.bundle_import import import_bundle
from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Release
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.passages.missing_passages import list_missing_passages
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.django_db

REFUSED = "passages that are not translated yet: 1. The first is “Ja, fra den første dag.”"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def translation(site: Any, commit: Any) -> Translation:
    """A published page, sent to Polish; only its title has been translated."""
    page = publish(make_page(title="Må jeg arbejde?", answer="Ja, fra den første dag."))
    get_home("pl")
    with commit():
        translate_object(page, [get_locale("pl")])
    translation: Translation = Translation.objects.get()
    translate_passage(translation, "Må jeg arbejde?", "Czy mogę pracować?")
    return translation


@pytest.fixture
def editor(site: Any, admin_client: Any, admin_user: Any) -> Any:
    """A browser with an administrator at it, who reads English."""
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=admin_user, preferred_language="en")
    return admin_client


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Do what is left for after the commit, where wagtail-localize publishes."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def translate_passage(translation: Translation, original: str, words: str) -> None:
    for segment in translation.source.stringsegment_set.filter(string__data=original):
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=translation.target_locale, data=words
        )


def find_polish() -> Any:
    return ArticlePage.objects.get(locale__language_code="pl")


def list_released(locale: str = "pl") -> list[str]:
    return list(Release.objects.filter(locale=locale, type="article").values_list("title", flat=True))


def read_messages(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_page_that_is_sent_to_translation_is_a_draft(translation: Translation) -> None:
    assert (find_polish().live, list_released()) == (False, [])


def test_words_alone_are_passages_to_translate(site: Any) -> None:
    page = publish(make_page(title="14", answer="§ 9 a", summary="Om fristen"))
    translate_object(page, [get_locale("pl")])

    assert list_missing_passages(Translation.objects.get()) == ["Om fristen"]


def test_translators_publish_button_says_what_is_missing(translation: Translation, editor: Any) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[find_polish().pk])

    response = editor.post(address, {"action": "publish"}, headers={"referer": f"http://testserver{address}"})

    assert response.headers["Location"] == f"http://testserver{address}"
    assert REFUSED in read_messages(response)
    assert list_released() == []


def test_translators_publish_button_releases_what_is_whole(translation: Translation, editor: Any, commit: Any) -> None:
    translate_passage(translation, "Ja, fra den første dag.", "Tak, od pierwszego dnia.")

    with commit():
        editor.post(reverse("wagtailadmin_pages:edit", args=[find_polish().pk]), {"action": "publish"})

    assert list_released() == ["Czy mogę pracować?"]


def test_updating_translations_with_publish_ticked_releases_nothing_that_is_not_whole(
    translation: Translation, editor: Any, commit: Any
) -> None:
    translate_passage(translation, "Ja, fra den første dag.", "Tak, od pierwszego dnia.")
    with commit():
        translation.save_target(publish=True)
    publish(ArticlePage.objects.get(locale__language_code="da"), title="Må min ægtefælle arbejde?")
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])

    with commit():
        response = editor.post(address, {"publish_translations": "on"})

    assert "The first is “Må min ægtefælle arbejde?”." in read_messages(response)
    assert list_released() == ["Czy mogę pracować?"]
    assert find_polish().title == "Czy mogę pracować?"


def test_updating_translations_with_publish_ticked_does_not_bring_back_what_was_withdrawn(
    translation: Translation, editor: Any, commit: Any
) -> None:
    translate_passage(translation, "Ja, fra den første dag.", "Tak, od pierwszego dnia.")
    with commit():
        translation.save_target(publish=True)
    find_polish().unpublish()
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])

    with commit():
        response = editor.post(address, {"publish_translations": "on"})
    refused = read_messages(response)
    with commit():
        editor.post(reverse("wagtailadmin_pages:edit", args=[find_polish().pk]), {"action": "publish"})

    assert refused.startswith("Nothing was published: “Czy mogę pracować?” (Polski) has been withdrawn.")
    rows = Release.objects.filter(locale="pl", type="article").order_by("position")
    assert list(rows.values_list("kind", flat=True)) == ["released", "withdrawn", "released"]


def test_reusable_block_is_translated_as_a_draft_and_published_when_it_is_whole(
    site: Any, editor: Any, commit: Any
) -> None:
    block = ReusableBlock.objects.create(title="Kontakt", body="<p>14</p>", locale=get_locale("da"), live=False)
    block.save_revision().publish()
    with commit():
        translate_object(block, [get_locale("pl")])
    polish = ReusableBlock.objects.get(locale__language_code="pl")
    drafted = polish.live
    address = reverse("wagtailsnippets_core_reusableblock:edit", args=[polish.pk])

    with commit():
        refused = read_messages(editor.post(address, {"action": "publish"}))
    translate_passage(Translation.objects.get(), "Kontakt", "Kontakt po polsku")
    with commit():
        editor.post(address, {"action": "publish"})

    polish.refresh_from_db()
    assert (drafted, "passages that are not translated yet: 1." in refused) == (False, True)
    assert (polish.live, polish.title) == (True, "Kontakt po polsku")


def test_line_of_a_bundle_stands_by_its_own_words(site: Any) -> None:
    lines = [
        {"kind": "article", "source_id": "arbejde", "locale": "da", "title": "Arbejde", "html": "<p>Ja.</p>"},
        {
            "kind": "article",
            "source_id": "praca",
            "locale": "pl",
            "title": "Praca",
            "html": "<p>Tak.</p>",
            "translation_of": "arbejde",
        },
    ]
    import_bundle([orjson.dumps(lines[0]) + b"\n", orjson.dumps({**lines[1], "publish": False}) + b"\n"])
    # What a translator had begun does not stand against the line, and gives way to its words.
    StringTranslation.objects.filter(translation_of__data="Ja.").update(data="Nie.")
    StringTranslation.objects.filter(translation_of__data="Arbejde").delete()

    import_bundle([orjson.dumps(lines[1]) + b"\n"])

    words = StringTranslation.objects.order_by("translation_of__data").values_list("data", flat=True)
    assert (Translation.objects.get().enabled, list(words)) == (True, ["Praca", "Tak."])
    assert list_released() == ["Praca"]


def publish_in_bulk(editor: Any, page: Any) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return editor.post(f"{address}?id={page.pk}", {"include_descendants": ""})


def publish_by_programme(editor: Any, page: Any) -> Any:
    return editor.post(f"/admin/api/main/pages/{page.pk}/action/publish/")


@pytest.mark.parametrize("ask", [publish_in_bulk, publish_by_programme])
def test_no_other_door_of_the_editor_publishes_it(
    translation: Translation, editor: Any, commit: Any, ask: Callable[[Any, Any], Any]
) -> None:
    with commit():
        response = ask(editor, find_polish())

    assert REFUSED in read_messages(response)
    assert (find_polish().live, list_released()) == (False, [])


def test_it_cannot_be_scheduled_either(translation: Translation) -> None:
    page = find_polish()
    page.go_live_at = timezone.now() + timedelta(hours=1)

    with pytest.raises(ReleaseRefusedError, match="not translated yet: 1"):
        page.save_revision().publish()

    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_passage_that_goes_missing_before_the_hour_cancels_the_schedule_and_others_go_live(
    translation: Translation,
) -> None:
    scheduled = [find_polish(), make_page(title="En anden")]
    translate_passage(translation, "Ja, fra den første dag.", "Tak, od pierwszego dnia.")
    for page in scheduled:
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
    StringTranslation.objects.filter(data="Tak, od pierwszego dnia.").delete()
    Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = None
        revision.save(update_fields=["content"])

    call_command("publish_scheduled")

    assert (list_released(), list_released("da")[-1]) == ([], "En anden")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_new_language_that_mirrors_another_releases_nothing(site: Any) -> None:
    publish(make_page(title="Må jeg arbejde?"))

    LocaleSynchronization.objects.create(locale=get_locale("pl"), sync_from=get_locale("da"))

    assert find_polish().is_alias
    assert list_released() == []


def test_mirrored_page_that_is_sent_to_translation_is_a_draft(site: Any, commit: Any) -> None:
    page = publish(make_page(title="Må jeg arbejde?"))
    LocaleSynchronization.objects.create(locale=get_locale("pl"), sync_from=get_locale("da"))

    with commit():
        translate_object(page, [get_locale("pl")])

    polish = find_polish()
    stands = (polish.is_alias, polish.live, polish.has_unpublished_changes, polish.live_revision_id)
    assert (stands, list_released()) == ((False, False, True, None), [])


def test_draft_that_becomes_a_mirror_of_its_source_releases_nothing(translation: Translation, editor: Any) -> None:
    editor.post(reverse("wagtail_localize:convert_to_alias", args=[find_polish().pk]))

    assert find_polish().is_alias
    assert list_released() == []


def test_released_translation_that_becomes_a_mirror_of_its_source_is_withdrawn(
    translation: Translation, editor: Any, commit: Any
) -> None:
    translate_passage(translation, "Ja, fra den første dag.", "Tak, od pierwszego dnia.")
    with commit():
        translation.save_target(publish=True)

    editor.post(reverse("wagtail_localize:convert_to_alias", args=[find_polish().pk]))

    rows = Release.objects.filter(locale="pl", type="article").order_by("position")
    assert list(rows.values_list("kind", "title")) == [
        ("released", "Czy mogę pracować?"),
        ("withdrawn", "Czy mogę pracować?"),
    ]
    assert Page.objects.filter(locale__language_code="da", title="Må jeg arbejde?", live=True).exists()
