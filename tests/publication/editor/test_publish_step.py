"""The publish step: nothing is released before it is confirmed; what it asks, what it shows, what comes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from cms.core.calendar import today, write_day
from cms.publication.editor.draft_marks import DraftMark
from cms.publication.editor.withdrawals import withdraw_as_user
from cms.publication.models import Release, Window
from knowledge.models import ContactPointPage, GuidePage
from tests.factories.editor_forms import answer_step, fill_form, open_step, post_form, publish_in_editor
from tests.factories.pages import make_page, publish, translate
from tests.publication.editor.test_withdrawal_view import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def list_texts(page: Any) -> list[tuple[str, str]]:
    rows = Release.objects.filter(content_id=page.translation_key, locale="da", kind="released").order_by("position")
    return [(row.title, row.significance) for row in rows if row.is_text]


def test_pressing_publish_saves_the_draft_and_releases_nothing(editor: Any) -> None:
    page = make_page()

    step = open_step(editor, page, title="Ny titel")

    page.refresh_from_db()
    assert step.templates[0].name == "publication/admin/publish.html"
    assert (page.live, page.get_latest_revision_as_object().title, list_texts(page)) == (False, "Ny titel", [])


def test_first_release_asks_only_for_the_day(editor: Any) -> None:
    page = make_page()

    step = open_step(editor, page)
    response = answer_step(editor, step)

    assert sorted(step.context["form"].fields) == ["day", "draft", "starts"]
    assert response.status_code == 302
    assert list_texts(page) == [("Skal jeg registreres i CPR?", "minor")]


def test_published_text_is_not_changed_before_it_is_said_how_much(editor: Any) -> None:
    page = publish(make_page())
    step = open_step(editor, page, title="Ny titel")

    response = answer_step(editor, step, significance="")

    assert step.context["form"].initial.get("significance") is None
    assert response.context["form"].errors == {
        "significance": ["Say how much has changed: it decides what becomes outdated."]
    }
    assert len(list_texts(page)) == 1


def test_answers_stand_on_what_is_released(editor: Any) -> None:
    page = publish(make_page())
    day = today() + timedelta(days=40)

    publish_in_editor(
        editor,
        page,
        title="Ny titel",
        answers={
            "significance": "substantive",
            "change_note": "Fristen er ny.",
            "starts": "day",
            "day": f"{day:%d.%m.%Y}",
        },
    )

    row = Release.objects.filter(content_id=page.translation_key).latest("position")
    assert (row.title, row.significance, row.change_note, row.applies_from) == (
        "Ny titel",
        "substantive",
        "Fristen er ny.",
        day,
    )
    assert [window.title for window in Window.objects.applying(today())] == ["Skal jeg registreres i CPR?"]


def test_newer_draft_is_not_published_unseen(editor: Any, django_user_model: Any) -> None:
    page = publish(make_page())
    step = open_step(editor, page, title="Min titel")
    colleague = django_user_model.objects.create_user("kollega", first_name="Karen", last_name="Kollega")
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    draft.title = "Hendes titel"
    draft.save_revision(user=colleague)

    response = answer_step(editor, step, significance="typo", change_note="Stavefejl")
    again = answer_step(editor, response, significance="typo", change_note="Stavefejl")

    html = response.content.decode()
    assert "Karen Kollega" in html
    assert reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, *_list_compared(page)]) in html
    assert (response.context["form"]["significance"].value(), response.context["form"]["change_note"].value()) == (
        "typo",
        "Stavefejl",
    )
    assert again.status_code == 302
    assert list_texts(page)[1:] == [("Hendes titel", "typo")]


def _list_compared(page: Any) -> list[int]:
    return list(page.revisions.order_by("-pk").values_list("pk", flat=True)[:2])[::-1]


def test_draft_saved_over_while_typing_is_a_newer_one(editor: Any, admin_user: Any) -> None:
    page = publish(make_page())
    step = open_step(editor, page, title="Min titel")
    stored = Page.objects.get(pk=page.pk).specific
    draft = stored.get_latest_revision_as_object()
    draft.title = "Skrevet videre"
    draft.save_revision(user=admin_user, overwrite_revision=stored.get_latest_revision())

    response = answer_step(editor, step)

    assert response.status_code == 200
    assert len(list_texts(page)) == 1


def test_save_that_was_on_its_way_is_no_other_text(editor: Any, admin_user: Any) -> None:
    page = publish(make_page(body=[("paragraph", "<p>Tekst</p>")]))
    step = open_step(editor, page, title="Min titel")
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    draft.save_revision(user=admin_user)

    response = answer_step(editor, step)
    second = answer_step(editor, step)

    assert response.status_code == 302
    assert "has been published already" in " ".join(str(message) for message in get_messages(second.wsgi_request))
    assert [title for title, _significance in list_texts(page)] == ["Skal jeg registreres i CPR?", "Min titel"]


def test_mark_is_of_what_a_draft_says(site: Any) -> None:
    paragraph = {"type": "paragraph", "value": "<p>Tekst</p>"}
    page = make_page()
    marks = []
    for ident, title in (("1", "Titel"), ("2", "Titel"), ("2", "En anden")):
        page.title, page.body = title, page.body.stream_block.to_python([{**paragraph, "id": ident * 36}])
        marks.append(DraftMark.build(page.save_revision()))

    assert marks[0].revision_id != marks[1].revision_id
    assert marks[0].digest == marks[1].digest != marks[2].digest
    assert DraftMark.parse(str(marks[0])) == marks[0]


def test_second_click_publishes_nothing_twice(editor: Any) -> None:
    page = publish(make_page())
    step = open_step(editor, page, title="Min titel")

    answer_step(editor, step)
    second = answer_step(editor, step)

    assert "has been published already" in " ".join(str(message) for message in get_messages(second.wsgi_request))
    assert len(list_texts(page)) == 2


def test_day_past_the_last_one_is_refused_at_the_day(editor: Any) -> None:
    page = make_page(applies_until=today() + timedelta(days=10))
    step = open_step(editor, page)

    response = answer_step(editor, step, starts="day", day=f"{today() + timedelta(days=11):%Y-%m-%d}")

    assert list(response.context["form"].errors) == ["day"]
    assert list_texts(page) == []


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"starts": "day", "day": "20270101"}, "day"),
        ({"starts": "day", "day": "30.02.2027"}, "day"),
        ({"starts": "day", "day": ""}, "day"),
        ({"starts": "today", "day": "1. januar 2099"}, "day"),
        ({"significance": "substantive"}, "change_note"),
        ({"change_note": "Ring til 010190-1234."}, "change_note"),
        ({"draft": "noget andet"}, "draft"),
    ],
)
def test_answer_that_will_not_do_is_refused_where_it_stands(editor: Any, answers: Any, field: str) -> None:
    page = publish(make_page())
    step = open_step(editor, page, title="Ny titel")

    response = answer_step(editor, step, **answers)

    assert list(response.context["form"].errors) == [field]
    assert len(list_texts(page)) == 1


def test_step_shows_what_a_substantive_change_makes_outdated(editor: Any) -> None:
    page = publish(make_page())
    translate(page, "en", title="Registration")
    step = open_step(editor, page, title="Ny titel")
    form = {"draft": step.context["form"]["draft"].value(), "starts": "today", "show": "1"}
    address = reverse("publication_publish", args=[page.pk])

    asked = {
        significance: editor.post(address, {**form, "significance": significance}).context["consequences"]
        for significance in ("", "minor", "substantive")
    }

    outdated = {name: [language.title for language in shown.stale] for name, shown in asked.items()}
    assert outdated == {"": ["Registration"], "minor": [], "substantive": ["Registration"]}
    assert [shown.is_assumed for shown in asked.values()] == [True, False, False]
    assert len(list_texts(page)) == 1


def test_looking_keeps_the_answers_and_says_what_is_wrong(editor: Any) -> None:
    page = publish(make_page())
    step = open_step(editor, page, title="Ny titel")

    shown = answer_step(editor, step, show="1", starts="day", day="20270101", change_note="Ny frist")

    assert shown.status_code == 200
    assert (shown.context["form"]["day"].value(), shown.context["form"]["change_note"].value()) == (
        "20270101",
        "Ny frist",
    )
    assert len(list_texts(page)) == 1


def test_planned_version_of_the_same_day_is_replaced_and_another_stays(editor: Any) -> None:
    page = publish(make_page())
    first, second = (today() + timedelta(days=days) for days in (30, 60))
    publish(page, title="Til første", applies_from=first)
    publish(page, title="Til anden", applies_from=second)
    step = open_step(editor, page, title="Ny titel")

    shown = answer_step(editor, step, show="1", starts="day", day=f"{first:%d.%m.%Y}").context["consequences"]

    assert [(planned.title, planned.is_replaced) for planned in shown.planned] == [
        ("Til første", True),
        ("Til anden", False),
    ]
    assert [(text.title, text.first_day, text.is_new) for text in shown.readers_see] == [
        ("Skal jeg registreres i CPR?", today(), False),
        ("Ny titel", first, True),
        ("Til anden", second, False),
    ]


def test_texts_that_show_it_are_named_to_who_may_see_them(editor: Any) -> None:
    place = publish(make_page(ContactPointPage, title="SCSC"))
    step = {"title": "CPR", "html": "<p>Gå hen.</p>", "bring": [], "where": place.pk, "how_long": ""}
    publish(
        make_page(GuidePage, title="Guide", steps=GuidePage.steps.field.to_python([{"type": "step", "value": step}]))
    )

    shown = editor.get(reverse("publication_publish", args=[place.pk])).context["consequences"].referrers

    assert (shown.titles, shown.count) == (["Guide (Dansk)"], 1)


def test_new_page_leads_to_the_step_and_is_not_live_before(editor: Any) -> None:
    page = make_page()
    form = fill_form(editor, page, title="Ny side", slug="ny-side") | {"action-publish": "on"}
    address = reverse("wagtailadmin_pages:add", args=["knowledge", "articlepage", page.get_parent().pk])

    response = editor.post(address, form)
    made = Page.objects.get(slug="ny-side").specific
    before = (made.live, list_texts(made))
    answer_step(editor, editor.get(response.headers["Location"]))

    assert before == (False, [])
    assert list_texts(made) == [("Ny side", "minor")]


def test_answers_of_the_last_release_are_not_those_of_the_next(editor: Any) -> None:
    page = publish(make_page(), significance="substantive", change_note="Fristen er ny.")

    step = open_step(editor, page, title="Ny titel")

    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    assert (draft.significance, draft.change_note) == ("minor", "")
    assert step.context["form"]["change_note"].value() == ""


def publish_in_bulk(editor: Any, page: Any) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return editor.post(f"{address}?id={page.pk}", {"include_descendants": ""})


def publish_by_programme(editor: Any, page: Any) -> Any:
    return editor.post(f"/admin/api/main/pages/{page.pk}/action/publish/")


@pytest.mark.parametrize("ask", [publish_in_bulk, publish_by_programme])
def test_door_that_cannot_ask_refuses_a_text_that_readers_know(editor: Any, ask: Any) -> None:
    page = publish(make_page())
    post_form(editor, page, title="Ny titel")

    response = ask(editor, page)

    told = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert "it has to be said how much has changed" in told
    assert reverse("publication_publish", args=[page.pk]) in told
    assert len(list_texts(page)) == 1


@pytest.mark.parametrize("ask", [publish_in_bulk, publish_by_programme])
def test_first_release_goes_through_every_door(editor: Any, ask: Any) -> None:
    page = make_page()
    post_form(editor, page, title="Ny titel")

    ask(editor, page)

    assert list_texts(page) == [("Ny titel", "minor")]


def submit(page: Any) -> Any:
    """Hand a draft in for approval by anybody of one group."""
    workflow = Workflow.objects.create(name="Godkendelse")
    task = GroupApprovalTask.objects.create(name="Jurist")
    task.groups.add(Group.objects.get_or_create(name="jurister")[0])
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow.start(page, None)


def approve_from_a_list(editor: Any, page: Any, state: Any) -> str:
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    return str(editor.post(address, {"comment": "Fint."}).headers["Location"])


def approve_in_a_dialog(editor: Any, page: Any, state: Any) -> str:
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    answer = editor.post(address, {"comment": "Fint."}, headers={"x-requested-with": "XMLHttpRequest"}).json()
    return str(answer["redirect"])


def approve_in_the_editor(editor: Any, page: Any, state: Any) -> str:
    values = {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": '{"comment": "Fint."}',
    }
    return str(post_form(editor, page, title="Ny titel", **values).headers["Location"])


@pytest.mark.parametrize("approve", [approve_from_a_list, approve_in_a_dialog, approve_in_the_editor])
def test_approval_meets_the_same_questions(editor: Any, approve: Any) -> None:
    page = publish(make_page())
    post_form(editor, page, title="Ny titel")
    page = Page.objects.get(pk=page.pk).specific
    state = submit(page)

    step = editor.get(approve(editor, page, state))
    before = list_texts(page)
    answer_step(editor, step, significance="substantive", change_note="Fristen er ny.")

    state.refresh_from_db()
    assert step.context["form"].initial["comment"] == "Fint."
    assert len(before) == 1
    assert list_texts(page)[1:] == [("Ny titel", "substantive")]
    assert state.status == "approved"
    assert [task.comment for task in state.task_states.all()] == ["Fint."]


def test_who_may_not_publish_does_not_get_there(site: Any, client: Any, django_user_model: Any) -> None:
    page = make_page()
    client.force_login(make_user(django_user_model, site, "change_page"))

    response = client.get(reverse("publication_publish", args=[page.pk]))

    assert response.status_code == 302
    assert response.headers["Location"] == reverse("wagtailadmin_home")


def test_locked_page_is_not_published(editor: Any, django_user_model: Any) -> None:
    page = make_page()
    step = open_step(editor, page)
    colleague = django_user_model.objects.create_user("kollega")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=colleague, locked_at=timezone.now())

    response = answer_step(editor, step)

    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert list_texts(page) == []


def test_draft_that_is_not_finished_is_refused_with_what_is_missing(editor: Any) -> None:
    page = make_page()
    draft = page.get_latest_revision_as_object()
    draft.visibility = "consortium"
    draft.save_revision(clean=False)

    response = answer_step(editor, editor.get(reverse("publication_publish", args=[page.pk])))

    assert response.context["form"].non_field_errors() == [
        "consortium: A text for one consortium needs the consortium."
    ]
    assert list_texts(page) == []


@pytest.mark.parametrize("day", ["31.02.2031", "01.01.2050"])
def test_day_that_cannot_be_used_has_no_forecast(editor: Any, day: str) -> None:
    page = make_page(applies_until=today() + timedelta(days=10))
    step = open_step(editor, page)

    shown = answer_step(editor, step, show="1", starts="day", day=day).content.decode()

    assert "Choose a day that can be used to see what happens." in shown
    assert ("publish-step-texts" in shown, "Publish now" in shown) == (False, False)
    assert "Publish now" in step.content.decode()


def test_withdrawn_text_is_said_to_come_back(editor: Any, admin_user: Any) -> None:
    page = make_page()
    publish_in_editor(editor, page)
    page = Page.objects.get(pk=page.pk).specific
    before = open_step(editor, page).context["consequences"].notes
    withdraw_as_user(page, admin_user, reason="recalled")

    notes = open_step(editor, page).context["consequences"].notes

    day = write_day(today())
    assert list(before) == []
    assert notes == [
        f"This text was withdrawn on {day}: It is wrong: take it down everywhere at once."
        " Publishing brings it back for readers."
    ]


def test_cancelled_plan_is_no_withdrawal_in_the_step(editor: Any) -> None:
    page = make_page()
    publish_in_editor(editor, page, answers={"starts": "day", "day": "01.01.2031"})
    editor.post(reverse("publication_cancel", args=[page.pk, Window.objects.get().version]))

    assert list(open_step(editor, page).context["consequences"].notes) == []
