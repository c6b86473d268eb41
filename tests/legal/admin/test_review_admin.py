"""Reviews in the editor: on the first page, in the list, one by one."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from cms.core.models import Consortium
from knowledge.models import ArticlePage
from legal.enums import ReviewState
from legal.models import ReviewTask, Work
from tests.factories.pages import publish
from tests.legal.reviews.test_reviews import OLD, cite, follow, import_new, import_old, write_article, write_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(site: Any, tmp_path: Path) -> ReviewTask:
    """An open review of an article that cites § 9 a."""
    import_old(tmp_path)
    write_article("Beløbsordningen", cite("9 a"))
    import_new(tmp_path)
    return ReviewTask.objects.get()


@pytest.fixture
def editor(task: ReviewTask) -> Client:
    """Somebody who may use the editor and edit no page."""
    group = Group.objects.create(name="Without pages")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("guest", password="en-lang-adgangskode")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def test_first_page_shows_open_reviews_with_law_and_deadline(admin_client: Client, task: ReviewTask) -> None:
    page = admin_client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Beløbsordningen" in page
    assert "Udlændingeloven §\xa09 a" in page
    assert "LBK nr. 1183 af 25. september 2025" in page


def test_list_shows_open_ones_until_another_state_is_asked_for(admin_client: Client, task: ReviewTask) -> None:
    listed = admin_client.get(reverse("legal_reviews")).content.decode()
    dismissed = admin_client.get(reverse("legal_reviews"), {"state": "dismissed"}).content.decode()
    exported = admin_client.get(reverse("legal_reviews"), {"export": "csv"})

    assert "Beløbsordningen" in listed
    assert "Beløbsordningen" not in dismissed
    assert "Beløbsordningen" in b"".join(exported.streaming_content).decode()


@pytest.mark.parametrize(
    ("ordering", "titles"), [("", ["Nu", "Senere", "Uden dag"]), ("-deadline", ["Senere", "Nu", "Uden dag"])]
)
def test_reviews_without_a_deadline_stand_last(
    admin_client: Client, task: ReviewTask, ordering: str, titles: list[str]
) -> None:
    for title, deadline in (("Uden dag", None), ("Senere", date(2027, 1, 1)), ("Nu", date(2026, 1, 1))):
        ReviewTask.objects.create(
            change=task.change, content_id=uuid4(), locale="da", type="article", title=title, deadline=deadline
        )
    task.delete()

    page = admin_client.get(reverse("legal_reviews"), {"ordering": ordering} if ordering else {}).content.decode()

    assert sorted(titles, key=page.index) == titles


@pytest.mark.parametrize("typed", ["ægteskab", "Ægteskab", "ÆGTESKAB"])
def test_reviews_of_an_act_are_kept_however_its_name_is_written(
    admin_client: Client, task: ReviewTask, typed: str
) -> None:
    Work.objects.filter(pk=task.change.work_id).update(search_text="ægteskabsloven")

    kept, none = [
        admin_client.get(reverse("legal_reviews"), {"act": act}).content.decode() for act in (typed, f"{typed}x")
    ]

    assert ("Beløbsordningen" in kept, "Beløbsordningen" in none) == (True, False)


def test_review_shows_the_changed_words_beside_the_text(admin_client: Client, task: ReviewTask) -> None:
    page = admin_client.get(reverse("legal_review", args=[task.pk])).content.decode()

    assert "<del>448.000</del>" in page
    assert "<ins>514.000</ins>" in page
    assert "LBK 1183/2025" in page


def test_dismissal_without_reason_is_refused_and_keeps_what_was_written(admin_client: Client, task: ReviewTask) -> None:
    address = reverse("legal_review", args=[task.pk])

    refused = admin_client.post(address, {"outcome": "dismissed", "reason": "  "})
    done = admin_client.post(address, {"outcome": "dismissed", "reason": "Nævner ikke beløbet."})

    task.refresh_from_db()
    assert refused.status_code == 400
    assert (done.status_code, task.state, task.reason) == (302, ReviewState.DISMISSED, "Nævner ikke beløbet.")


def test_review_of_a_page_that_one_may_not_edit_is_not_there(editor: Client, task: ReviewTask) -> None:
    assert editor.get(reverse("legal_review", args=[task.pk])).status_code == 404
    assert "Beløbsordningen" not in editor.get(reverse("legal_reviews")).content.decode()
    assert reverse("legal_review", args=[task.pk]) not in editor.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(("visibility", "is_shown"), [("public", True), ("consortium", False)])
def test_note_of_another_consortium_is_not_shown_beside_the_text(
    site: Any, tmp_path: Path, visibility: str, is_shown: bool
) -> None:
    import_old(tmp_path)
    article = write_article("Beløbsordningen", cite("9 a"))
    consortium = Consortium.objects.get_or_create(slug="vest", defaults={"name": "Vest"})[0]
    note = write_note(OLD, ["9 a"], timezone.localdate())
    publish(note, title="Kun for Vest", visibility=visibility, consortium=consortium)
    follow()

    page = log_in(article).get(reverse("legal_review", args=[ReviewTask.objects.get().pk])).content.decode()

    assert ("Kun for Vest" in page) == is_shown


def log_in(page: Any) -> Client:
    """Log somebody in who may edit one page and nothing else."""
    group = Group.objects.create(name="One page")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=page, permission=change)
    user = User.objects.create_user("redaktør", password="en-lang-adgangskode")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def test_history_of_the_page_tells_of_the_review(admin_client: Client, task: ReviewTask) -> None:
    page = admin_client.get(reverse("wagtailadmin_pages:history", args=[task.page_id])).content.decode()

    assert "Udlændingeloven § 9 a" in page


def test_page_opened_for_editing_says_that_its_law_has_changed(admin_client: Client, task: ReviewTask) -> None:
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[task.page_id])).content.decode()

    assert reverse("legal_review", args=[task.pk]) in page
    assert "Udlændingeloven §\xa09 a: §\xa09 a ændret ved LBK nr. 1183 af 25. september 2025" in page


def test_review_says_what_happened_and_where_the_text_cites_it(admin_client: Client, task: ReviewTask) -> None:
    article = ArticlePage.objects.get(pk=task.page_id)
    publish(article, body=[("paragraph", "<p>Efter udlændingelovens § 9 a, stk. 1.</p>")], significance="typo")

    page = admin_client.get(reverse("legal_review", args=[task.pk])).content.decode()

    assert "§\xa09 a ændret ved LBK nr. 1183 af 25. september 2025, gælder fra 25. september 2025" in page
    assert ('href="#cited-1"' in page, '<mark id="cited-1">' in page) == (True, True)


def add_tasks(task: ReviewTask, count: int) -> list[ReviewTask]:
    """Add reviews of the same page that come after one in the list."""
    return [
        ReviewTask.objects.create(
            change=task.change, content_id=uuid4(), locale="da", type="article", title=f"Tekst {number}", page=task.page
        )
        for number in range(count)
    ]


def test_closed_review_leads_to_the_next_one_and_the_last_to_the_list(admin_client: Client, task: ReviewTask) -> None:
    (following,) = add_tasks(task, 1)

    first, second = [
        admin_client.post(reverse("legal_review", args=[each.pk]), {"outcome": "reviewed", "reason": ""})
        for each in (task, following)
    ]

    assert (first.url, second.url) == (reverse("legal_review", args=[following.pk]), reverse("legal_reviews"))


def test_chosen_reviews_are_closed_at_once_and_the_others_stay_open(admin_client: Client, task: ReviewTask) -> None:
    chosen = add_tasks(task, 3)[:2]
    keys = [each.pk for each in chosen]
    address = reverse("legal_reviews_close")

    admin_client.post(address, {"outcome": "dismissed", "reason": "", "task": keys})
    refused = ReviewTask.objects.filter(state=ReviewState.OPEN).count()
    admin_client.post(address, {"outcome": "dismissed", "reason": "Nævner ikke beløbet.", "task": keys})

    assert refused == 4
    closed = ReviewTask.objects.filter(state=ReviewState.DISMISSED, reason="Nævner ikke beløbet.")
    assert sorted(closed.values_list("pk", flat=True)) == sorted(keys)


def test_reviews_of_pages_one_may_not_edit_are_not_closed(editor: Client, task: ReviewTask) -> None:
    editor.post(reverse("legal_reviews_close"), {"outcome": "reviewed", "reason": "", "task": [task.pk]})

    assert (editor.post(reverse("legal_review_take", args=[task.pk])).status_code) == 404
    assert ReviewTask.objects.filter(state=ReviewState.OPEN, taken_by=None).count() == 1


def test_taken_review_is_off_the_start_page_of_others(admin_client: Client, admin_user: Any, task: ReviewTask) -> None:
    other = log_in(task.page)

    admin_client.post(reverse("legal_review_take", args=[task.pk]))
    taken = ReviewTask.objects.get().taken_by
    shown = [
        reverse("legal_review", args=[task.pk]) in client.get(reverse("wagtailadmin_home")).content.decode()
        for client in (admin_client, other)
    ]
    admin_client.post(reverse("legal_review_take", args=[task.pk]))

    assert (taken, shown, ReviewTask.objects.get().taken_by) == (admin_user, [True, False], None)


def test_error_of_the_reason_has_the_focus(admin_client: Client, task: ReviewTask) -> None:
    page = admin_client.post(reverse("legal_review", args=[task.pk]), {"outcome": "dismissed", "reason": ""})

    field = page.content.decode().partition("<textarea")[2].partition(">")[0]
    assert "autofocus" in field
