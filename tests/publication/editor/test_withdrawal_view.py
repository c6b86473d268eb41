"""Withdrawing a page in the editor: who may, what is asked, what comes of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from cms.core.calendar import today
from cms.core.desk.drafts_panel import DraftsPanel
from cms.publication.editor.release_status import find_release_status
from cms.publication.editor.withdrawals import withdraw_as_user
from cms.publication.models import Release, Window
from cms.publication.pages.agreement import list_differences
from tests.factories.editor_forms import publish_in_editor
from tests.factories.pages import make_page, publish, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def make_user(django_user_model: Any, page: Any, *codenames: str) -> Any:
    """Make a user who may do with a page, and what lies under it, what the permissions say."""
    user = django_user_model.objects.create_user("redaktør", password="et langt kodeord")
    group = Group.objects.create(name="redaktører")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in codenames:
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user.groups.add(group)
    return user


def find_withdrawals(page: Any) -> list[tuple[str, str, str]]:
    rows = Release.objects.filter(content_id=page.translation_key, kind="withdrawn").order_by("position")
    return list(rows.values_list("locale", "reason", "change_note"))


def post(editor: Any, page: Any, **values: Any) -> Any:
    return editor.post(reverse("publication_withdraw", args=[page.pk]), values)


def test_page_no_longer_needed_is_withdrawn_with_its_translations(editor: Any) -> None:
    page = publish(make_page())
    translate(page, "en", title="Registration")

    response = post(editor, page, reason="gone", explanation=" Ordningen er ophørt. ")

    assert response.status_code == 302
    assert sorted(find_withdrawals(page)) == [
        ("da", "gone", "Ordningen er ophørt."),
        ("en", "gone", "Ordningen er ophørt."),
    ]
    assert not type(page).objects.filter(live=True).exists()


def test_recall_is_carried_out_only_when_it_is_confirmed(editor: Any) -> None:
    page = publish(make_page())

    asked = post(editor, page, reason="recalled", explanation="Fristen var forkert.")
    before = find_withdrawals(page)
    post(editor, page, reason="recalled", explanation="Fristen var forkert.", is_confirmed="on")

    assert asked.status_code == 200
    assert "Fristen var forkert." in asked.content.decode()
    assert before == []
    assert find_withdrawals(page) == [("da", "recalled", "Fristen var forkert.")]


@pytest.mark.parametrize(
    ("values", "field", "problem"),
    [
        ({}, "reason", "This field is required."),
        ({"reason": "recalled"}, "explanation", "Say what was wrong: who relied on it needs to know."),
        ({"reason": "moved"}, "moved_to", "Choose the page that has taken its place."),
        (
            {"reason": "gone", "explanation": "Ring til 010190-1234."},
            "explanation",
            "010190-1234 looks like a CPR number; personal data do not belong here.",
        ),
        (
            {"reason": "gone", "explanation": "x" * 401},
            "explanation",
            "Ensure this value has at most 400 characters (it has 401).",
        ),
    ],
)
def test_incomplete_form_says_what_is_missing_and_withdraws_nothing(
    editor: Any, values: dict[str, str], field: str, problem: str
) -> None:
    page = publish(make_page())

    response = post(editor, page, **values)

    assert response.context["form"].errors == {field: [problem]}
    assert find_withdrawals(page) == []


def test_moved_page_names_its_successor(editor: Any) -> None:
    page, successor = publish(make_page()), publish(make_page(title="Ny vejledning"))

    post(editor, page, reason="moved", moved_to=successor.pk)

    row = Release.objects.get(kind="withdrawn")
    assert (row.reason, row.moved_to) == ("moved", successor.translation_key)


@pytest.mark.parametrize(
    ("make_target", "problem"),
    [
        (lambda page: page, "A page cannot take its own place."),
        (lambda page: make_page(title="Kladde"), "This page is not published."),
        (
            lambda page: publish(make_page(title="Internt", visibility="network")),
            "Not everyone who could read the withdrawn page may see this one.",
        ),
    ],
    ids=["itself", "a draft", "hidden from readers"],
)
def test_page_that_cannot_take_the_place_is_refused(editor: Any, make_target: Any, problem: str) -> None:
    page = publish(make_page())

    response = post(editor, page, reason="moved", moved_to=make_target(page).pk)

    assert response.context["form"].errors == {"moved_to": [problem]}
    assert find_withdrawals(page) == []


def test_page_that_readers_of_the_pages_under_it_may_not_see_cannot_take_the_place(editor: Any) -> None:
    page = publish(make_page(title="For netværket", visibility="network"))
    publish(make_page(title="For alle", parent=page))
    successor = publish(make_page(title="Internt", visibility="network"))

    response = post(editor, page, reason="moved", moved_to=successor.pk, include_descendants="on")

    assert list(response.context["form"].errors) == ["moved_to"]
    assert find_withdrawals(page) == []


def test_pages_under_it_go_along_when_asked_for(editor: Any) -> None:
    page = publish(make_page())
    child = publish(make_page(title="Under den", parent=page))

    post(editor, page, reason="gone", include_descendants="on")

    assert find_withdrawals(child) == [("da", "gone", "")]


def test_audit_log_says_who_and_why(editor: Any, admin_user: Any) -> None:
    page = publish(make_page())

    post(editor, page, reason="gone", explanation="Ordningen er ophørt.")

    entry = PageLogEntry.objects.get(action="publication.withdraw")
    assert (entry.user, entry.message, entry.comment) == (
        admin_user,
        "Withdrawn: It is no longer needed",
        "Ordningen er ophørt.",
    )


@pytest.mark.parametrize(("codename", "status"), [("change_page", 302), ("publish_page", 200)])
def test_only_who_may_publish_may_withdraw(
    site: Any, client: Any, django_user_model: Any, codename: str, status: int
) -> None:
    page = publish(make_page())
    client.force_login(make_user(django_user_model, site, codename))

    response = client.get(reverse("publication_withdraw", args=[page.pk]))

    assert response.status_code == status
    assert find_withdrawals(page) == []


def test_withdraw_stands_where_wagtail_would_offer_to_unpublish(editor: Any) -> None:
    page = publish(make_page())
    withdraw, unpublish = (
        reverse(name, args=[page.pk]) for name in ("publication_withdraw", "wagtailadmin_pages:unpublish")
    )

    shown = [
        editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode(),
        editor.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode(),
    ]

    assert [(withdraw in html, unpublish in html) for html in shown] == [(True, False), (True, False)]


def test_wagtails_own_way_to_unpublish_is_closed(editor: Any) -> None:
    page = publish(make_page())

    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert find_withdrawals(page) == []


def test_planned_version_is_cancelled_and_today_stays(editor: Any, admin_user: Any) -> None:
    page = publish(make_page())
    day = today() + timedelta(days=30)
    publish(page, title="Til næste måned", applies_from=day)
    planned = Window.objects.get(starts=day)

    listed = editor.get(reverse("publication_versions", args=[page.pk])).content.decode()
    editor.post(reverse("publication_cancel", args=[page.pk, planned.version]))

    assert "Til næste måned" in listed
    assert [window.ends for window in Window.objects.all()] == [None]
    assert PageLogEntry.objects.get(action="publication.cancel").user == admin_user


def test_first_version_that_is_cancelled_before_its_day_is_a_draft_again(editor: Any, admin_user: Any) -> None:
    page = make_page(title="Kommer senere")
    day = date(2031, 1, 1)
    publish_in_editor(editor, page, answers={"starts": "day", "day": "01.01.2031"})

    response = editor.post(reverse("publication_cancel", args=[page.pk, Window.objects.get(starts=day).version]))

    page = Page.objects.get(pk=page.pk).specific
    told = " ".join(str(message) for message in get_messages(response.wsgi_request))
    drafts = DraftsPanel().build_list(admin_user).rows
    assert (page.live, page.has_unpublished_changes, list(list_differences())) == (False, True, [])
    assert find_release_status(page) is None
    assert "The plan is cancelled. The text is kept as a draft." in told
    assert [(row.url, row.remark) for row in drafts] == [
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), "never published")
    ]


def test_cancelled_version_is_told_with_its_day_in_words(editor: Any) -> None:
    page = publish(make_page())
    publish(page, title="Til nytår", applies_from=date(2031, 1, 1))
    planned = Window.objects.get(starts=date(2031, 1, 1))

    response = editor.post(reverse("publication_cancel", args=[page.pk, planned.version]))

    told = " ".join(str(message) for message in get_messages(response.wsgi_request))
    logged = PageLogEntry.objects.get(action="publication.cancel")
    assert "1 January 2031" in told
    assert (logged.data["applies_from"], "1 January 2031" in logged.formatter.format_message(logged)) == (
        "2031-01-01",
        True,
    )


def test_withdrawn_page_is_among_the_drafts_as_withdrawn(editor: Any, admin_user: Any) -> None:
    page = make_page()
    publish_in_editor(editor, page)
    withdraw_as_user(Page.objects.get(pk=page.pk).specific, admin_user, reason="gone")

    assert [row.remark for row in DraftsPanel().build_list(admin_user).rows] == ["withdrawn"]


def test_version_that_applies_is_not_cancelled(editor: Any) -> None:
    page = publish(make_page())
    version = Window.objects.get().version

    editor.post(reverse("publication_cancel", args=[page.pk, version]))

    assert Window.objects.get().version == version


def test_only_who_may_publish_may_cancel(site: Any, client: Any, django_user_model: Any) -> None:
    page = publish(make_page(applies_from=today() + timedelta(days=30)))
    client.force_login(make_user(django_user_model, site, "change_page"))
    version = Window.objects.get().version

    client.post(reverse("publication_cancel", args=[page.pk, version]))

    assert Window.objects.get().version == version
