"""A change of the law finds the texts that cite it, in every language, and people close what was found."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation
from wagtail.models import PageLogEntry

from cms.core.calendar import today
from cms.publication.following.followers import catch_up, rebuild
from cms.publication.models import Release
from knowledge.models import ArticlePage
from legal.enums import ChangeKind, ReviewState
from legal.models import CitedProvision, LawChange, ReviewTask, Work
from legal.notes.law_note_page import LawNotePage
from legal.reviews.followers import ReviewFollower
from legal.reviews.review_tasks import NOTE_SAYS_OTHERWISE, NOTE_WITHDRAWN, close_edited, close_review, describe_reason
from tests.factories.pages import make_page, publish, translate
from tests.legal.acts import COLLECTION, build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TITLE = "Bekendtgørelse af udlændingeloven"
OLD, NEW = f"{COLLECTION}/2024/1009", f"{COLLECTION}/2025/1183"


def import_old(folder: Path) -> None:
    store_old(folder)
    follow()


def import_new(folder: Path, **changes: Any) -> None:
    store_new(folder, **changes)
    follow()


def store_old(folder: Path) -> None:
    sections = [build_section("9", "Ni."), build_section("9a", "Mindst 448.000 kr."), build_section("9b", "Ni b.")]
    import_lines(folder, build_line("LBK", 1009, "2024-09-02", TITLE, sections))


def store_new(folder: Path, **changes: Any) -> None:
    sections = [build_section("9", "Ni."), build_section("9a", "Mindst 514.000 kr."), build_section("9b", "Ni b.")]
    import_lines(folder, build_line("LBK", 1183, "2025-09-25", TITLE, sections, **changes))


def follow() -> None:
    catch_up(ReviewFollower())


def cite(section: str, eli_uri: str = OLD) -> tuple[str, dict[str, Any]]:
    return ("citation", {"eli_uri": eli_uri, "section": section, "stk": [], "quote": ""})


def write_article(title: str, *citations: Any, **values: Any) -> Any:
    article = publish(make_page(ArticlePage, title=title, citations=list(citations), **values))
    follow()
    return article


def list_tasks() -> list[tuple[str, str, list[str], date | None, str]]:
    return [
        (task.title, task.locale, task.sections, task.deadline, task.state)
        for task in ReviewTask.objects.order_by("title", "locale")
    ]


def test_new_text_opens_a_review_of_every_language_that_cites_what_changed(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    article = write_article("Beløbsordningen", cite("9 a"))
    translate(article, "pl", title="Limit")
    write_article("Andet", cite("9 b"))
    follow()

    import_new(tmp_path)

    assert list_tasks() == [
        ("Beløbsordningen", "da", ["9 a"], today(), "open"),
        ("Limit", "pl", ["9 a"], today(), "open"),
    ]


def test_review_is_due_when_the_law_has_to_be_followed(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))

    coming = today() + timedelta(days=30)
    import_new(tmp_path, in_force_from="2025-10-01", applicable_from=coming.isoformat())

    assert [task.deadline for task in ReviewTask.objects.all()] == [coming]


def test_text_the_source_replaced_opens_reviews_of_what_rests_on_it(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))

    sections = [build_section("9", "Ni."), build_section("9a", "Mindst 450.000 kr."), build_section("9b", "Ni b.")]
    import_lines(tmp_path, build_line("LBK", 1009, "2024-09-02", TITLE, sections))
    follow()

    assert list_tasks() == [("Beløbsordningen", "da", ["9 a"], today(), "open")]
    assert LawChange.objects.get().kind == ChangeKind.SOURCE_MOVED


def test_text_that_cites_the_act_as_a_whole_is_reviewed_too(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Om loven", cite(""))

    import_new(tmp_path)

    assert list_tasks() == [("Om loven", "da", [], today(), "open")]


def test_first_text_and_older_texts_open_nothing(site: Any, tmp_path: Path) -> None:
    write_article("Beløbsordningen", cite("9 a", NEW))

    import_new(tmp_path)
    import_old(tmp_path)

    assert list_tasks() == []


def test_text_that_was_only_known_by_name_opens_reviews_when_it_comes(site: Any, tmp_path: Path) -> None:
    import_lines(tmp_path, build_line("LBK", 1183, "2025-09-25", TITLE))
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))

    import_new(tmp_path)

    assert [task.title for task in ReviewTask.objects.all()] == ["Beløbsordningen"]


def test_same_import_again_and_a_rebuild_open_nothing_twice(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)
    before = list(ReviewTask.objects.values_list("pk", flat=True))

    import_new(tmp_path)
    rebuild(ReviewFollower())

    assert list(ReviewTask.objects.values_list("pk", flat=True)) == before
    assert CitedProvision.objects.values_list("section", flat=True).get() == "9 a"


def test_edit_closes_the_review_and_a_mended_typo_does_not(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    article = write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)

    publish(article, summary="Skrivefejl rettet.", significance="typo")
    follow()
    after_typo = ReviewTask.objects.get().state
    publish(article, summary="Grænsen er nu 514.000 kr.", significance="substantive")
    follow()

    task = ReviewTask.objects.get()
    assert (after_typo, task.state) == (ReviewState.OPEN, ReviewState.EDITED)
    assert task.closed_at is not None
    assert list(
        PageLogEntry.objects.filter(action__startswith="legal.review").order_by("pk").values_list("action", flat=True)
    ) == ["legal.review.open", "legal.review.edited"]


def test_withdrawn_text_needs_no_review(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    article = write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)

    article.unpublish()
    follow()

    assert [task.state for task in ReviewTask.objects.all()] == [ReviewState.WITHDRAWN]
    assert not CitedProvision.objects.exists()


def test_dismissal_needs_a_reason_and_stands_in_the_audit_log(site: Any, tmp_path: Path, admin_user: Any) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)
    task = ReviewTask.objects.get()

    with pytest.raises(ValueError, match="reason"):
        close_review(task, state=ReviewState.DISMISSED, user=admin_user, reason=" ")
    closed = close_review(task, state=ReviewState.DISMISSED, user=admin_user, reason="Nævner ikke beløbet.")
    again = close_review(task, state=ReviewState.REVIEWED, user=admin_user)

    entry = PageLogEntry.objects.get(action="legal.review.dismissed")
    assert (closed, again) == (True, False)
    assert (entry.user, entry.data["reason"], entry.data["sections"]) == (admin_user, "Nævner ikke beløbet.", ["9 a"])


def test_law_note_opens_reviews_by_the_day_its_law_commences(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    write_article("Andet", cite("9 b"))
    write_article("Om loven", cite(""))
    coming = timezone.localdate() + timedelta(days=30)

    note = publish(write_note(OLD, ["9 a"], coming))
    follow()

    assert list_tasks() == [("Beløbsordningen", "da", ["9 a"], coming, "open")]
    assert LawChange.objects.values_list("kind", "note_id").get() == (ChangeKind.NOTE, note.translation_key)


def test_law_note_on_law_without_a_day_sets_no_deadline(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))

    publish(write_note(OLD, ["9 a"], None))
    follow()

    assert list_tasks() == [("Beløbsordningen", "da", ["9 a"], None, "open")]


def test_law_note_that_moves_its_day_moves_the_deadline(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    coming = timezone.localdate() + timedelta(days=30)
    note = publish(write_note(OLD, ["9 a"], coming))
    follow()

    later = coming + timedelta(days=31)
    publish(note, commencements=[build_commencement(later)])
    follow()

    assert [(task.deadline, task.state) for task in ReviewTask.objects.all()] == [(later, "open")]


def test_recalled_law_note_takes_its_open_reviews_along(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    note = publish(write_note(OLD, ["9 a"], timezone.localdate()))
    follow()

    note.unpublish()
    follow()

    assert [task.state for task in ReviewTask.objects.all()] == [ReviewState.DISMISSED]


def test_text_written_after_the_note_needs_no_review(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    publish(write_note(OLD, ["9 a"], timezone.localdate()))
    write_article("Beløbsordningen", cite("9 a"))

    follow()

    assert list_tasks() == []


@pytest.mark.parametrize("commencements", [[date(2020, 10, 11)], []])
def test_note_on_law_that_applied_before_a_text_was_written_is_history_for_it(
    site: Any, tmp_path: Path, commencements: list[date]
) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    note = write_note(OLD, ["9 a"], None)

    publish(note, commencements=[build_commencement(day) for day in commencements])
    follow()

    assert (list_tasks(), LawChange.objects.count()) == ([], 1)


def test_changes_that_came_while_nobody_followed_open_their_reviews(site: Any, tmp_path: Path) -> None:
    store_old(tmp_path)
    publish(make_page(ArticlePage, title="Beløbsordningen", citations=[cite("9 a")]))
    store_new(tmp_path)
    publish(make_page(ArticlePage, title="Skrevet efter", citations=[cite("9 a")]))

    follow()

    assert list_tasks() == [("Beløbsordningen", "da", ["9 a"], today(), "open")]


def test_change_is_looked_at_when_all_texts_before_it_are_known(
    site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.publication.following.followers.BATCH_SIZE", 1)
    store_old(tmp_path)
    publish(make_page(ArticlePage, title="Beløbsordningen", citations=[cite("9 a")]))
    store_new(tmp_path)

    follow()

    assert [task.title for task in ReviewTask.objects.all()] == ["Beløbsordningen"]


def test_texts_that_came_together_with_the_first_open_nothing(site: Any, tmp_path: Path) -> None:
    old = build_line("LBK", 1009, "2024-09-02", TITLE, [build_section("9a", "Mindst 448.000 kr.")])
    new = build_line("LBK", 1183, "2025-09-25", TITLE, [build_section("9a", "Mindst 514.000 kr.")])

    import_lines(tmp_path, old, new)
    publish(make_page(ArticlePage, title="Beløbsordningen", citations=[cite("9 a")]))
    follow()

    assert not LawChange.objects.exists()


def test_section_a_note_adds_is_looked_for_in_all_texts_before_it(
    site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_old(tmp_path)
    monkeypatch.setattr("cms.publication.following.followers.BATCH_SIZE", 1)
    note = publish(write_note(OLD, ["9 a"], timezone.localdate()))
    publish(make_page(ArticlePage, title="Andet", citations=[cite("9 b")]))
    publish(note, sources=[build_source("9 a", "9 b")])

    follow()

    assert [task.title for task in ReviewTask.objects.all()] == ["Andet"]


def test_recalled_law_note_that_is_released_again_opens_its_reviews_again(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    note = publish(write_note(OLD, ["9 a"], timezone.localdate()))
    follow()
    note.unpublish()
    write_article("Skrevet imens", cite("9 a"))
    follow()

    publish(note)
    follow()

    assert [(task.title, task.state, task.reason) for task in ReviewTask.objects.order_by("title")] == [
        ("Beløbsordningen", ReviewState.OPEN, ""),
        ("Skrevet imens", ReviewState.OPEN, ""),
    ]


def test_section_a_corrected_note_no_longer_names_ends_its_reviews(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    write_article("Andet", cite("9 b"))
    note = publish(write_note(OLD, ["9 b"], timezone.localdate()))
    follow()

    publish(note, sources=[build_source("9 a")])
    follow()

    assert [(task.title, task.state) for task in ReviewTask.objects.order_by("title")] == [
        ("Andet", ReviewState.DISMISSED),
        ("Beløbsordningen", ReviewState.OPEN),
    ]


def test_reason_of_the_system_is_told_in_the_language_of_the_reader() -> None:
    with translation.override("da"):
        told = [describe_reason(reason) for reason in (NOTE_WITHDRAWN, NOTE_SAYS_OTHERWISE, "Not affected")]

    assert told == [
        "Lovnoten gælder ikke og er ikke planlagt.",
        "Lovnoten nævner ikke længere disse paragraffer.",
        "Not affected",
    ]


def test_planned_note_does_not_take_away_what_the_present_one_says(site: Any, tmp_path: Path) -> None:
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    write_article("Andet", cite("9 b"))
    day = today()
    note = publish(write_note(OLD, ["9 a"], day))
    follow()

    publish(note, sources=[build_source("9 b")], applies_from=day + timedelta(days=30))
    follow()

    assert [(task.title, task.deadline, task.state) for task in ReviewTask.objects.order_by("title")] == [
        ("Andet", day, ReviewState.OPEN),
        ("Beløbsordningen", day, ReviewState.OPEN),
    ]


def test_reviews_of_an_act_that_turns_out_to_be_another_stay(site: Any, tmp_path: Path) -> None:
    popular = "Bekendtgørelse af lov om mål (målloven)"
    long = "Bekendtgørelse af lov om mål for vand (målloven)"
    clause = [build_section("9", "Loven træder i kraft den 22. december 2003.")]
    later = f"{COLLECTION}/2016/2"
    import_lines(tmp_path, build_line("LBK", 1, "2008-01-01", long, clause))
    import_lines(tmp_path, build_line("LBK", 2, "2016-01-01", popular))
    write_article("Om mål", cite("9", later))
    publish(write_note(later, ["9"], timezone.localdate()))
    follow()
    assert Work.objects.count() == 2

    import_lines(tmp_path, build_line("LBK", 2, "2016-01-01", popular, clause))
    rebuild(ReviewFollower())

    work = Work.objects.get()
    assert [(task.title, task.state, task.change.work) for task in ReviewTask.objects.all()] == [
        ("Om mål", ReviewState.OPEN, work)
    ]
    assert CitedProvision.objects.filter(type="article", work=work, section="9").count() == 1


def test_reviews_are_closed_in_the_same_number_of_queries_for_any_number(
    site: Any, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    import_old(tmp_path)
    articles = [write_article(f"Tekst {number}", cite("9 a")) for number in range(6)]
    import_new(tmp_path)

    rows = Release.objects.filter(content_id__in=[article.translation_key for article in articles])
    for row in rows:
        row.released_at = timezone.now()
    with django_assert_max_num_queries(8):
        closed = close_edited(rows)

    assert closed == 6


def write_note(eli_uri: str, sections: list[str], day: date | None) -> Any:
    return make_page(
        LawNotePage,
        title="Nyt om beløbet",
        sources=[build_source(*sections, eli_uri=eli_uri)],
        commencements=[build_commencement(day)],
    )


def build_source(*sections: str, eli_uri: str = OLD) -> tuple[str, dict[str, Any]]:
    return ("source", {"eli_uri": eli_uri, "sections": list(sections)})


def build_commencement(day: date | None) -> tuple[str, dict[str, Any]]:
    return ("commencement", {"date": day, "provisions": [], "note": ""})
