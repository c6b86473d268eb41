"""The moment at which words were released: what is released again around them is no news."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from cms.core.calendar import today
from cms.publication.log.publication_log import publication_log
from cms.publication.log.text_versions import words_released_at
from cms.publication.models import Window
from tests.frontend.drafts import find_version, release, release_translation

pytestmark = pytest.mark.django_db


def read_moments(content_id: Any, locale: str) -> tuple[datetime, datetime]:
    """Read when the words that apply today were released, and when the row was that delivers them."""
    windows = Window.objects.filter(content_id=content_id, locale=locale).applying(today())
    return windows.annotate(words_at=words_released_at()).values_list("words_at", "released_at").get()


def change_source(source: Any, **changes: Any) -> None:
    release(
        "guide", slug="guide", content_id=source.content_id, significance="substantive", **{"fields": {}, **changes}
    )


def test_becoming_outdated_is_no_change_of_the_words() -> None:
    source = release("guide", slug="guide")
    release_translation(source, "pl", slug="poradnik")
    before, _row = read_moments(source.content_id, "pl")

    change_source(source, fields={"summary": "Ny."})

    after, row = read_moments(source.content_id, "pl")
    assert after == before < row
    assert read_moments(source.content_id, "da")[0] > before


def test_planned_change_of_the_source_is_none_either() -> None:
    source = release("guide", slug="guide")
    release_translation(source, "pl", slug="poradnik")
    before, _row = read_moments(source.content_id, "pl")

    change_source(source, fields={"summary": "Ny."}, applies_from=today() + timedelta(days=9))

    coming = Window.objects.filter(content_id=source.content_id, locale="pl").applying(today() + timedelta(days=9))
    assert coming.annotate(words_at=words_released_at()).values_list("state", "words_at").get() == ("outdated", before)


def test_same_text_published_again_is_as_old_as_before() -> None:
    source = release("guide", slug="guide")
    before, _row = read_moments(source.content_id, "da")

    release("guide", slug="guide", content_id=source.content_id)

    assert read_moments(source.content_id, "da")[0] == before


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_words_that_come_back_are_new_again(is_withdrawn: bool) -> None:
    source = release("guide", slug="guide")
    before, _row = read_moments(source.content_id, "da")
    if is_withdrawn:
        publication_log.withdraw(
            content_id=source.content_id, locale="da", version=find_version(source.content_id, "da"), reason="gone"
        )
    else:
        change_source(source, fields={"summary": "Ny."})

    release("guide", slug="guide", content_id=source.content_id)

    assert read_moments(source.content_id, "da")[0] > before
