"""The status panel tells what readers get: published since, planned for, ended, withdrawn when and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.models import ReleasablePage
from cms.publication.editor.release_status import PlannedVersion, find_release_status
from cms.publication.editor.withdrawals import withdraw_as_user
from cms.publication.models import Window
from tests.factories.editor_forms import open_step
from tests.factories.pages import make_page, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = timedelta(days=30)


def read_page(editor: Any, page: Any) -> str:
    html: str = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    return " ".join(html.split())


def test_text_that_never_came_out_has_none(site: Any) -> None:
    assert find_release_status(make_page()) is None


def test_published_and_planned_are_told_with_their_days(editor: Any) -> None:
    page = publish(make_page(title="Nu"))
    page = publish(page, title="Siden", applies_from=today() + DAY)

    status = find_release_status(page)

    assert status is not None
    assert (status.since, status.text_count, status.planned) == (today(), 2, [PlannedVersion(today() + DAY, "Siden")])
    html = read_page(editor, page)
    assert "2 versions." in html
    assert "“Siden”" in html
    assert reverse("publication_versions", args=[page.pk]) in html


def test_withdrawn_text_says_so_when_and_why_where_it_is_edited(editor: Any, admin_user: Any) -> None:
    page = publish(make_page())
    withdraw_as_user(page, admin_user, reason="recalled", explanation="Fristen var forkert.")

    html = read_page(editor, Page.objects.get(pk=page.pk).specific)

    assert "It is wrong: take it down everywhere at once. Readers get nothing of it." in html
    assert "Fristen var forkert." in html
    assert html.count("Withdrawn") >= 2


def test_text_past_its_last_day_has_ended(site: Any) -> None:
    page = publish(make_page(applies_from=today() - DAY, applies_until=today() - timedelta(days=1)))

    status = find_release_status(page)

    assert status is not None
    assert (status.since, status.ended_on) == (None, today() - timedelta(days=1))


@pytest.mark.parametrize(
    ("values", "is_there"), [({}, True), ({"visibility": "network"}, False), ({"applies_from": today() + DAY}, False)]
)
def test_way_to_the_page_is_there_only_when_anybody_may_read_it(
    editor: Any, values: dict[str, Any], is_there: bool
) -> None:
    page = publish(make_page(**values))

    html = read_page(editor, page)

    assert (f'href="{page.full_url}"' in html) is is_there


def test_one_way_to_plan_and_one_to_say_who_reads_it(editor: Any) -> None:
    page = publish(make_page())

    html = read_page(editor, page)

    assert [word in html for word in ("go_live_at", "expire_at", "Set schedule", "set_privacy", "Change privacy")] == [
        False
    ] * 5
    assert [f'name="{name}"' in html for name in ("applies_from", "significance", "change_note", "applies_until")] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("model", ReleasablePage.__subclasses__())
def test_no_type_of_page_has_a_schedule_of_its_own(model: type[ReleasablePage]) -> None:
    fields = set(model.get_edit_handler().get_form_class().base_fields)

    assert fields & {"go_live_at", "expire_at", "applies_from", "significance", "change_note"} == set()
    assert "applies_until" in fields


def test_schedule_made_before_is_shown_and_can_be_cancelled(editor: Any) -> None:
    page = publish(make_page())
    draft = page.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "Planlagt", timezone.now() + DAY
    revision = draft.save_revision()
    revision.publish()
    address = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk])

    html = read_page(editor, page)
    editor.post(address)
    step = open_step(editor, Page.objects.get(pk=page.pk).specific, title="Nu")

    assert "Go-live:" in html
    assert address in html
    assert step.context["consequences"].pending["schedule"] is None
    assert Window.objects.get().title == "Skal jeg registreres i CPR?"
