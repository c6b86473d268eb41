"""The translation editor: passages left as they are, locks, words kept, and translations that come into it by hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageLogEntry
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.core.models import ReleasablePage
from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Release
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.passages.missing_passages import list_missing_passages
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def editor(site: Any, admin_client: Any, admin_user: Any) -> Any:
    """A browser with an administrator at it, who reads English."""
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=admin_user, preferred_language="en")
    return admin_client


@pytest.fixture
def translation(site: Any) -> Translation:
    """A published page that was sent to Polish."""
    page = make_page(title="MitID", answer="Ja, fra den første dag.")
    page.body = [("paragraph", "<p>Bring dit pas</p>")]
    get_home("pl")
    translate_object(publish(page), [get_locale("pl")])
    return Translation.objects.get()


def find_polish() -> Any:
    return ArticlePage.objects.get(locale__language_code="pl")


def read_messages(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def save_passage(editor: Any, translation: Translation, passage: str, words: str) -> Any:
    segment = StringSegment.objects.get(source=translation.source, string__data=passage)
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return editor.put(address, encode_multipart(BOUNDARY, {"value": words}), content_type=MULTIPART_CONTENT)


def lock(page: ReleasablePage) -> None:
    page.locked = True
    page.locked_by = get_user_model().objects.create_user("kirsten", first_name="Kirsten")
    page.locked_at = timezone.now()
    page.save()


def test_ticked_passages_stand_as_they_are_and_the_history_says_who_said_so(
    translation: Translation, editor: Any, admin_user: Any
) -> None:
    address = reverse("translation_standing", args=[translation.pk])
    title = StringSegment.objects.get(string__data="MitID")
    opened = editor.get(reverse("wagtailadmin_pages:edit", args=[find_polish().pk])).content.decode()

    shown = editor.get(address).content.decode()
    response = editor.post(address, {"passages": [title.pk]})

    assert "translation/standing_link.js" in opened
    assert ("MitID" in shown, "Bring dit pas" in shown) == (True, True)
    assert read_messages(response).strip() == "1 passage stands as it is."
    assert list_missing_passages(translation) == ["Bring dit pas", "Ja, fra den første dag."]
    row = StringTranslation.objects.get()
    assert (row.data, row.last_translated_by) == ("MitID", admin_user)
    entry = PageLogEntry.objects.get(action="translation.stand")
    assert (entry.user, entry.data, entry.message) == (
        admin_user,
        {"passages": ["MitID"]},
        "Passages that stand as they are: “MitID”",
    )


def test_no_passage_ticked_or_one_that_is_translated_by_now_is_told(translation: Translation, editor: Any) -> None:
    address = reverse("translation_standing", args=[translation.pk])
    title = StringSegment.objects.get(string__data="MitID")

    nothing = editor.post(address, {}).content.decode()
    save_passage(editor, translation, "MitID", "MitID (Dania)")
    late = editor.post(address, {"passages": [title.pk]}).content.decode()

    assert "Tick the passages that stand as they are." in nothing
    assert "translated or changed meanwhile" in late
    assert StringTranslation.objects.get().data == "MitID (Dania)"


def test_locked_translation_keeps_its_words_and_says_who_locked_it(translation: Translation, editor: Any) -> None:
    lock(find_polish())
    edit = reverse("wagtailadmin_pages:edit", args=[find_polish().pk])

    saved = save_passage(editor, translation, "MitID", "MitID")
    standing = editor.get(reverse("translation_standing", args=[translation.pk]))
    published = editor.post(edit, {"action": "publish"}, headers={"referer": f"http://testserver{edit}"})

    assert (saved.status_code, "Kirsten" in saved.json()["detail"]) == (423, True)
    assert (standing.status_code, standing.headers["Location"]) == (302, edit)
    assert "was locked by Kirsten" in read_messages(published)
    assert not StringTranslation.objects.exists()
    assert not Release.objects.filter(locale="pl").exists()


def test_lock_of_ones_own_does_not_stand_in_the_way(translation: Translation, editor: Any, admin_user: Any) -> None:
    polish = find_polish()
    polish.locked, polish.locked_by, polish.locked_at = True, admin_user, timezone.now()
    polish.save()

    assert save_passage(editor, translation, "MitID", "MitID").status_code == 201


def test_withdrawn_source_refuses_the_publication_and_keeps_the_words(translation: Translation, editor: Any) -> None:
    for segment in StringSegment.objects.select_related("string"):
        save_passage(editor, translation, segment.string.data, "Tak")
    translation.source.get_source_instance().unpublish()

    with pytest.raises(ReleaseRefusedError, match="has been withdrawn"):
        translation.save_target(publish=True)

    assert StringTranslation.objects.count() == 3
    assert not find_polish().live


def test_words_stay_with_a_passage_whose_block_was_written_anew(translation: Translation, editor: Any) -> None:
    save_passage(editor, translation, "Bring dit pas", "Zabierz paszport")
    page = translation.source.get_source_instance()

    publish(page, body=[("heading", {"text": "Først", "level": "2"}), ("paragraph", "<p>Bring dit pas</p>")])
    translation.source.update_from_db()

    assert list_missing_passages(translation) == ["MitID", "Først", "Ja, fra den første dag."]


def test_translation_made_by_hand_is_taken_into_the_desk(site: Any, editor: Any) -> None:
    page = publish(make_page(title="Må jeg arbejde?", answer="Ja."))
    polish = translate(page, "pl", title="Czy mogę pracować?", answer="Tak.")
    address = reverse("wagtailadmin_pages:edit", args=[polish.pk])
    offered = "translation-align" in editor.get(address).content.decode()
    rows = Release.objects.count()

    response = editor.post(address, {"translation-align": "on"})

    assert offered
    assert "passage by passage" in read_messages(response)
    assert list_missing_passages(Translation.objects.get(enabled=True)) == []
    assert "js-translation-editor" in editor.get(address).content.decode()
    assert Release.objects.count() == rows


def test_translation_with_a_part_of_its_own_stays_edited_as_a_whole(site: Any, editor: Any) -> None:
    page = publish(make_page(title="Må jeg arbejde?", answer="Ja."))
    polish = translate(page, "pl", title="Czy mogę pracować?", body=[("paragraph", "<p>Dodatek</p>")])

    response = editor.post(reverse("wagtailadmin_pages:edit", args=[polish.pk]), {"translation-align": "on"})

    assert "stays edited as a whole" in read_messages(response)
    assert not Translation.objects.filter(enabled=True).exists()


def test_stopped_translation_comes_back_with_the_words_its_page_has_now(translation: Translation, editor: Any) -> None:
    for segment in StringSegment.objects.select_related("string"):
        save_passage(editor, translation, segment.string.data, f"Tak {segment.order}")
    translation.save_target(publish=False)
    editor.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    draft = find_polish().get_latest_revision_as_object()
    draft.answer = "Tak, od pierwszego dnia."
    draft.save_revision()

    editor.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), {"localize-restart-translation": "on"})

    words = StringTranslation.objects.filter(translation_of__data="Ja, fra den første dag.")
    assert [row.data for row in words] == ["Tak, od pierwszego dnia."]
    assert Translation.objects.get().enabled


def test_day_of_a_translation_is_written_in_figures() -> None:
    row = StringTranslation(
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL, updated_at=timezone.now().replace(2026, 5, 3)
    )

    with override("da"):
        assert row.get_comment() == "Oversat manuelt 03.05.2026"
