"""Every type of page, with every block, is translated passage by passage, and comes out whole."""

import re
from typing import Any

import orjson
import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.core.calendar import today
from cms.core.models import ReusableBlock
from cms.exchange.registry import bundle_registry
from cms.exchange.sites import get_home, get_locale
from cms.translation.passages.missing_passages import list_missing_passages
from cms.translation.passages.words import has_words
from tests.factories.full_pages import SAME, Records, Words, make_full_page
from tests.factories.pages import publish
from tests.factories.releases import read_document

pytestmark = pytest.mark.django_db

# Example: "Dansk ‹bobib›"
CODE = re.compile(r"(?<=Dansk )[a-z]{5}")
# Values of a released document that are one language's own.
OWN = {"html", "translation", "translations", "locale", "path", "url", "json_ld", "version", "title"}
OWN |= {"released_at", "first_released_at"}


@pytest.fixture
def records(site: Any, settings: Any, tmp_path: Any) -> Records:
    settings.MEDIA_ROOT = tmp_path
    get_home("pl")
    records = Records()
    for page in (records.place, records.desk):
        publish(page)
    return records


def put_passage(client: Any, translation: Translation, segment: StringSegment, words: str) -> Any:
    """Save a passage as the script of wagtail-localize's editor does."""
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return client.put(address, encode_multipart(BOUNDARY, {"value": words}), content_type=MULTIPART_CONTENT)


def translate_words(text: str) -> str:
    return text.replace("Dansk", "Polski")


def read_values(document: Any) -> Any:
    """Read what a document says beside words: every value that is no text, and every text without words."""
    if isinstance(document, dict):
        return {name: read_values(value) for name, value in document.items() if name not in OWN}
    if isinstance(document, list):
        return [read_values(value) for value in document]
    if isinstance(document, str):
        # A dated figure has its name from its own record, in each language.
        return re.sub(r"(?:Dansk|Polski) \w+|Beløbsgrænsen|Próg dochodu", "…", document).replace("/pl/", "/da/")
    return document


@pytest.mark.parametrize("kind", bundle_registry.kinds)
def test_translation_of_a_full_page_holds_every_passage_and_every_other_value(
    records: Records, admin_client: Any, django_capture_on_commit_callbacks: Any, kind: str
) -> None:
    words = Words()
    page = publish(make_full_page(bundle_registry.kinds[kind].model, words, records))
    translate_object(page, [get_locale("pl")])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segments = list(StringSegment.objects.filter(source=translation.source).select_related("string"))

    answers = [
        put_passage(admin_client, translation, segment, translate_words(segment.string.data)) for segment in segments
    ]
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    assert {answer.status_code for answer in answers} <= {200, 201}
    danish = read_document(page.translation_key, today(), "da")
    polish = read_document(page.translation_key, today(), "pl")
    written = orjson.dumps(polish).decode()
    offered = " ".join(segment.string.data for segment in segments)
    assert set(CODE.findall(offered)) == set(words.made)
    assert "Dansk" not in written
    assert [code for code in words.made if f"Polski {code}" not in written] == [
        code for code in words.made if code not in orjson.dumps(danish).decode()
    ]
    assert read_values(polish) == read_values(danish)
    assert translation.get_progress() == (len(segments), len(segments))


@pytest.mark.parametrize("kind", bundle_registry.kinds)
def test_what_is_the_same_in_every_language_is_offered_nowhere(records: Records, kind: str) -> None:
    page = publish(make_full_page(bundle_registry.kinds[kind].model, Words(), records))

    translate_object(page, [get_locale("pl")])

    translation = Translation.objects.get(source__object_id=page.translation_key)
    offered = [segment.string.data for segment in StringSegment.objects.filter(source=translation.source)]
    in_file = [entry.msgid for entry in translation.export_po()]
    assert [text for text in offered if not has_words(text) or text in (*SAME, "Jens Hansen", "slug")] == []
    assert sorted(in_file) == sorted(set(offered))
    assert not StringSegment.objects.filter(context__path="slug").exists()
    assert len(list_missing_passages(translation)) == len(offered)


def test_passage_without_words_follows_the_source_after_a_change(records: Records, admin_client: Any) -> None:
    page = publish(make_full_page(bundle_registry.kinds["article"].model, Words(), records), title="14", answer="§ 9")
    translate_object(page, [get_locale("pl")])
    page = publish(page, title="15", answer="§ 10")
    translation = Translation.objects.get(source__object_id=page.translation_key)

    translation.source.update_from_db()
    translation.save_target(publish=False)

    draft = translation.get_target_instance().get_latest_revision_as_object()
    assert (draft.title, draft.answer) == ("15", "§ 10")


def test_reusable_block_offers_its_words(site: Any, admin_client: Any, django_capture_on_commit_callbacks: Any) -> None:
    block = ReusableBlock.objects.create(title="Ring", body="<p>Ring nu</p><p>14</p>", locale=get_locale("da"))
    translate_object(block, [get_locale("pl")])
    translation = Translation.objects.get()

    for segment in StringSegment.objects.all():
        put_passage(admin_client, translation, segment, f"Polski: {segment.string.data}")
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    polish = ReusableBlock.objects.get(locale__language_code="pl")
    assert (polish.title, polish.body) == ("Polski: Ring", "<p>Polski: Ring nu</p><p>14</p>")
    assert StringTranslation.objects.count() == 2


def test_address_is_made_from_the_translated_title_until_it_is_released(
    records: Records, django_capture_on_commit_callbacks: Any
) -> None:
    page = publish(make_full_page(bundle_registry.kinds["article"].model, Words(), records), title="Må jeg arbejde?")
    translate_object(page, [get_locale("pl")])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    slugs = [translation.get_target_instance().slug]
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            data="Czy mogę pracować?" if segment.context.path == "title" else segment.string.data,
        )
    for title in ("Czy mogę pracować?", "Czy wolno mi pracować?"):
        StringTranslation.objects.filter(context__path="title").update(data=title)
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
        slugs.append(translation.get_target_instance().slug)

    assert slugs == ["maa-jeg-arbejde", "czy-moge-pracowac", "czy-moge-pracowac"]
