"""What a path says when its document is gone."""

from datetime import date, timedelta
from typing import Any

import pytest

from cms.core.calendar import today, write_day
from cms.publication.log.publication_log import publication_log
from tests.frontend.drafts import find_version, release, release_translation

pytestmark = pytest.mark.django_db

SOON = timedelta(days=30)


def recall_present(**changes: Any) -> Any:
    """Release a text, plan the next one, and recall the first alone."""
    draft = release(**changes)
    version = find_version(draft.content_id, "da")
    release(content_id=draft.content_id, applies_from=today() + SOON, fields={"summary": "Nyt."}, **changes)
    publication_log.withdraw(
        content_id=draft.content_id, locale="da", version=version, reason="recalled", explanation="Beløbet var forkert."
    )
    return draft


def test_recalled_text_explains_itself_though_the_next_one_is_planned(read: Any) -> None:
    recall_present()

    page = read("/da/article-1/")

    assert page.status_code == 410
    assert "kaldt tilbage" in page.text_shown
    assert page.soup.select_one("blockquote p").get_text() == "Beløbet var forkert."
    assert page.soup.select_one(".notice strong").get_text() == f"En ny tekst gælder fra {write_day(today() + SOON)}."


def test_planned_text_that_readers_may_not_know_of_is_not_told_of(read: Any) -> None:
    draft = release()
    release(content_id=draft.content_id, visibility="network", applies_from=today() + SOON, fields={"summary": "Nyt."})

    page = read("/da/article-1/")

    assert page.status_code == 404
    assert "En ny tekst" not in page.text_shown


def test_ended_text_names_the_day_of_the_next_one(read: Any) -> None:
    draft = release(applies_from=date(2020, 1, 1), applies_until=date(2020, 2, 1))
    release(content_id=draft.content_id, applies_from=today() + SOON, fields={"summary": "Nyt."})

    page = read("/da/article-1/")

    assert page.status_code == 410
    assert "periode, der er slut" in page.text_shown
    assert page.soup.select_one(".notice strong").get_text() == f"En ny tekst gælder fra {write_day(today() + SOON)}."


def test_path_that_another_page_is_to_take_over_still_explains_the_first(read: Any) -> None:
    draft = release()
    publication_log.withdraw(content_id=draft.content_id, reason="recalled", explanation="Forkert.")
    release(applies_from=today() + SOON)

    page = read("/da/article-1/")

    assert (page.status_code, page.soup.select_one("blockquote p").get_text()) == (410, "Forkert.")


def test_path_that_was_taken_over_tells_of_its_last_page(read: Any) -> None:
    first = release()
    publication_log.withdraw(content_id=first.content_id, reason="recalled", explanation="Den første.")
    second = release()
    publication_log.withdraw(content_id=second.content_id, reason="gone", explanation="Den anden.")

    assert read("/da/article-1/").soup.select_one("blockquote p").get_text() == "Den anden."


def test_withdrawn_translation_leads_to_the_languages_that_are_left(read: Any) -> None:
    draft = release()
    release_translation(draft, "en", slug="article-en")
    publication_log.withdraw(content_id=draft.content_id, locale="en", reason="recalled", explanation="Wrong.")

    page = read("/en/article-en/")

    assert page.status_code == 410
    assert [link["href"] for link in page.soup.select(".entry a")] == ["/en/~da/article-1/"]


def test_text_replaced_twice_leads_to_what_is_there_now(read: Any) -> None:
    first, second, third = release(), release(slug="article-2"), release(slug="article-3")
    publication_log.withdraw(content_id=first.content_id, reason="moved", moved_to=second.content_id)
    publication_log.withdraw(content_id=second.content_id, reason="moved", moved_to=third.content_id)

    assert read("/da/article-1/").soup.select_one("a.button")["href"] == "/da/article-3/"


def test_texts_that_replace_each_other_lead_nowhere(read: Any) -> None:
    first, second = release(), release(slug="article-2")
    publication_log.withdraw(content_id=first.content_id, reason="moved", moved_to=second.content_id)
    publication_log.withdraw(content_id=second.content_id, reason="moved", moved_to=first.content_id)

    page = read("/da/article-1/")

    assert (page.status_code, page.soup.select("a.button")) == (410, [])


def test_content_planned_for_the_first_time_is_not_there(read: Any) -> None:
    release(applies_from=today() + SOON)

    assert read("/da/article-1/").status_code == 404
