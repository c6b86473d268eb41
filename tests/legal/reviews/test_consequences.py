"""The publish step tells which reviews it closes and opens."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from cms.core.calendar import today
from cms.publication.editor.undoing import undo_as_user
from cms.publication.models import Release
from legal.models import ReviewTask
from legal.notes.law_note_page import LawNotePage
from legal.reviews.consequences import list_review_consequences
from tests.factories.pages import make_page, publish
from tests.legal.reviews.test_reviews import NEW, cite, follow, import_new, import_old, write_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def make_note(*sections: str) -> Any:
    source = {"eli_uri": NEW, "sections": list(sections)}
    return make_page(
        LawNotePage, title="Nyt beløb", sources=[("source", source)], applicable_from=today() + timedelta(days=30)
    )


@pytest.mark.parametrize(
    ("significance", "told"),
    [
        ("", "1 law review of this text is open; it is closed unless only a slip of the pen is mended."),
        ("typo", "1 law review of this text stays open: a slip of the pen answers no question."),
        ("substantive", "1 open law review of this text is closed as answered by it."),
    ],
)
def test_open_review_of_the_text_is_told(site: Any, tmp_path: Path, significance: str, told: str) -> None:
    import_old(tmp_path)
    article = write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)

    assert list(list_review_consequences(article, significance, None)) == [told]


def test_note_tells_how_many_texts_it_puts_up_for_review(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    import_new(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    write_article("En anden ordning", cite("9 a"))
    write_article("Om ni", cite("9"))
    note = make_note("9 a")

    told = list(list_review_consequences(note, "", None))
    note.save_revision().publish()
    follow()

    assert told == ["2 texts cite the law that this note tells of, and are put up for review."]
    assert ReviewTask.objects.count() == 2
    assert list(list_review_consequences(note, "minor", None)) == []


def test_step_shows_it(site: Any, admin_client: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    import_new(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    note = make_note("9 a")
    note.save_revision()

    shown = admin_client.get(reverse("publication_publish", args=[note.pk])).context["consequences"]

    assert len(shown.notes) == 1


@pytest.mark.parametrize("is_one_batch", [True, False])
def test_review_that_a_text_undone_had_closed_is_open_again(
    site: Any, admin_user: Any, tmp_path: Path, is_one_batch: bool
) -> None:
    import_old(tmp_path)
    article = write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)
    article = publish(article, title="Beløbsordningen i dag")
    if not is_one_batch:
        follow()
    closed = ReviewTask.objects.get().state

    undo_as_user(article, Release.objects.latest("position").version, admin_user)
    follow()

    assert (closed, ReviewTask.objects.get().state) == ("open" if is_one_batch else "edited", "open")
    assert ReviewTask.objects.get().closed_at is None
