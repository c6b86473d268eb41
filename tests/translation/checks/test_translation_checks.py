"""A translation with a passage that differs from its source is not released, unless a person lets it stand with a reason."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Release
from cms.publication.pages.obstacles import ReleaseRefusedError, find_obstacle
from cms.translation.checks.translation_checks import iterate_checked
from cms.translation.glossary.csv_import import import_glossary
from cms.translation.models import PassageApproval
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.django_db

SOURCE = "Senest 14 dage efter, jf. § 9 a."
RIGHT = "Within 14 days, see section 9 a."
REFUSED = (
    "“May I work?” cannot be published in English: passages that differ from their source: 1. The first is “%s” – %s."
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Do what is left for after the commit, where wagtail-localize publishes."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def translation(site: Any, commit: Any) -> Translation:
    """A published page in translation to English; its title has been translated."""
    page = publish(make_page(title="Må jeg arbejde?", answer=SOURCE))
    get_home("en")
    with commit():
        translate_object(page, [get_locale("en")])
    translation: Translation = Translation.objects.get()
    translate_passage(translation, "Må jeg arbejde?", "May I work?")
    return translation


@pytest.fixture
def editor(admin_client: Any, admin_user: Any) -> Any:
    """A browser with an administrator at it, who reads English."""
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    return admin_client


def translate_passage(translation: Translation, original: str, words: str) -> None:
    for segment in translation.source.stringsegment_set.filter(string__data=original):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": words},
        )


def list_released() -> list[str]:
    return list(Release.objects.filter(locale="en", type="article").values_list("title", flat=True))


def read_messages(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_right_translation_is_released(translation: Translation, commit: Any) -> None:
    translate_passage(translation, SOURCE, RIGHT)

    with commit():
        translation.save_target(publish=True)

    assert list_released() == ["May I work?"]


def test_changed_number_stands_against_every_way_to_publish(translation: Translation, commit: Any) -> None:
    translate_passage(translation, SOURCE, "Within 4 days, see section 9 a.")
    page = ArticlePage.objects.get(locale__language_code="en")
    message = "Number or amount: “14” of the source has become “4”"

    with pytest.raises(ReleaseRefusedError, match="“14” of the source has become “4”"):
        translation.save_target(publish=True)
    with commit():
        translation.save_target(publish=False)

    assert find_obstacle(Page.objects.get(pk=page.pk).specific) == (
        REFUSED % ("Within 4 days, see section 9 a.", message)
    )
    assert list_released() == []


def test_forbidden_term_stands_against_publishing(translation: Translation) -> None:
    import_glossary(b"concept,locale,term,kind\nday,en,calendar day,preferred\nday,en,days,forbidden\n")
    translate_passage(translation, SOURCE, RIGHT)

    with pytest.raises(ReleaseRefusedError, match="Forbidden term: “days”, write “calendar day”"):
        translation.save_target(publish=True)


def test_person_lets_a_number_stand_with_a_reason(translation: Translation, editor: Any, commit: Any) -> None:
    translate_passage(translation, SOURCE, "Within two weeks, see section 9 a.")
    (passage,) = iterate_checked(translation)
    address = reverse("translation_checks", args=[translation.pk])

    refused = editor.post(address, {"digest": passage.digest, "reason": ""})
    with pytest.raises(ReleaseRefusedError):
        translation.save_target(publish=True)
    editor.post(address, {"digest": passage.digest, "reason": "14 days are two weeks"})
    with commit():
        translation.save_target(publish=True)

    assert "Say why the passage is right" in read_messages(refused)
    assert PassageApproval.objects.values_list("locale", "reason", "user__username").get() == (
        "en",
        "14 days are two weeks",
        "admin",
    )
    assert list_released() == ["May I work?"]


def test_approval_ends_with_the_words_it_was_given_for(translation: Translation, editor: Any) -> None:
    translate_passage(translation, SOURCE, "Within two weeks, see section 9 a.")
    (passage,) = iterate_checked(translation)
    address = reverse("translation_checks", args=[translation.pk])
    editor.post(address, {"digest": passage.digest, "reason": "14 days are two weeks"})

    translate_passage(translation, SOURCE, "Within three weeks, see section 9 a.")
    late = editor.post(address, {"digest": passage.digest, "reason": "14 days are two weeks"})

    with pytest.raises(ReleaseRefusedError):
        translation.save_target(publish=True)
    assert "The passage has changed in the meantime" in read_messages(late)


def test_reference_cannot_be_let_stand(translation: Translation, editor: Any) -> None:
    translate_passage(translation, SOURCE, "Within 14 days, see section 9 b.")
    (passage,) = iterate_checked(translation)

    answer = editor.post(
        reverse("translation_checks", args=[translation.pk]), {"digest": passage.digest, "reason": "It is right"}
    )

    assert "have to be as in the source" in read_messages(answer)
    assert PassageApproval.objects.count() == 0


def test_findings_are_listed_for_whoever_may_edit(translation: Translation, editor: Any, client: Any) -> None:
    translate_passage(translation, SOURCE, "Within 4 days, see section 9 a.")
    address = reverse("translation_findings", args=[translation.pk])

    shown, page = editor.get(address), editor.get(reverse("translation_checks", args=[translation.pk]))
    translate_passage(translation, SOURCE, RIGHT)
    corrected = editor.get(address)

    assert "“14” of the source has become “4”" in shown.content.decode()
    assert "1 passage has to be corrected" in page.content.decode()
    assert corrected.content.decode().strip() == ""
    assert client.get(address).status_code == 302
