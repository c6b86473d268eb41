"""Undoing a publication: what readers get then, what the editor keeps, and when it is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from time_machine import travel
from wagtail.models import Page, PageLogEntry

from cms.core.calendar import today
from cms.publication.log.history import load_histories
from cms.publication.models import Release, Window
from cms.publication.pages.agreement import list_differences
from tests.factories.editor_forms import publish_in_editor
from tests.factories.pages import make_page, publish, translate
from tests.publication.editor.test_withdrawal_view import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = timedelta(days=30)


def find_newest(page: Any) -> Release:
    rows = Release.objects.filter(content_id=page.translation_key, locale="da", kind="released").order_by("-position")
    return next(row for row in rows if row.is_text)


def undo(editor: Any, page: Any, row: Release | None = None) -> Any:
    return editor.post(reverse("publication_undo", args=[page.pk, (row or find_newest(page)).version]))


def list_windows(page: Any) -> list[tuple[str, Any]]:
    windows = Window.objects.filter(content_id=page.translation_key, locale="da").order_by("starts")
    return [(window.title, window.starts) for window in windows.present_and_future(today())]


def get_draft(page: Any) -> Any:
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def get_state(page: Any, locale: str) -> str:
    history = load_histories([page.translation_key])[page.translation_key]
    row = next(row for row in reversed(history.list_rows(locale)) if row.kind == "released")
    return row.state


def list_told(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_first_release_is_withdrawn_and_kept_as_a_draft(editor: Any) -> None:
    page = make_page()
    told = list_told(publish_in_editor(editor, page, title="For tidligt"))

    undo(editor, page)

    withdrawn = Release.objects.get(kind="withdrawn")
    assert reverse("publication_undo", args=[page.pk, find_newest(page).version]) in told
    assert (withdrawn.reason, withdrawn.change_note) == ("gone", "Udgivet ved en fejl.")
    assert (Page.objects.get(pk=page.pk).live, get_draft(page).title) == (False, "For tidligt")


def test_planned_version_is_cancelled_and_kept_as_a_draft(editor: Any) -> None:
    page = publish(make_page(title="Nu"))
    publish_in_editor(editor, page, title="Siden", answers={"starts": "day", "day": f"{today() + DAY:%d.%m.%Y}"})

    undo(editor, page)

    page = Page.objects.get(pk=page.pk).specific
    assert [title for title, _starts in list_windows(page)] == ["Nu"]
    assert (get_draft(page).title, page.has_unpublished_changes) == ("Siden", True)


def test_planned_version_that_replaced_another_gives_it_its_day_back(editor: Any) -> None:
    page = publish(make_page(title="Nu"))
    day = today() + DAY
    publish(page, title="Planlagt", applies_from=day)
    publish_in_editor(editor, page, title="En anden plan", answers={"starts": "day", "day": f"{day:%d.%m.%Y}"})

    undo(editor, page)

    assert list_windows(page)[1:] == [("Planlagt", day)]


def test_change_is_taken_back_and_translations_are_as_current_as_they_were(editor: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    translate(page, "en", title="Right")
    answers = {"significance": "substantive", "change_note": "Fejl"}
    publish_in_editor(editor, page, title="Forkert", answers=answers)
    outdated = get_state(page, "en")

    response = undo(editor, page)

    page = Page.objects.get(pk=page.pk).specific
    row = find_newest(page)
    assert outdated == "outdated"
    assert "Readers get “Rigtig” again." in list_told(response)
    assert (row.title, row.significance, row.change_note) == ("Rigtig", "typo", "")
    assert get_state(page, "en") == "current"
    assert (page.title, page.live, get_draft(page).title, page.has_unpublished_changes) == (
        "Rigtig",
        True,
        "Forkert",
        True,
    )
    assert list(list_differences()) == []


def test_small_change_after_it_leaves_translations_current(editor: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    translate(page, "en", title="Right")
    publish_in_editor(editor, page, title="Forkert", answers={"significance": "substantive", "change_note": "Fejl"})
    undo(editor, page)

    publish_in_editor(editor, page, title="Rigtigt", answers={"significance": "typo"})

    assert get_state(page, "en") == "current"


def test_text_that_had_nothing_before_it_today_leaves_the_planned_one(editor: Any) -> None:
    day = today() + DAY
    page = publish(make_page(title="Planlagt", applies_from=day))
    publish_in_editor(editor, page, title="Alt nu", answers={"starts": "today", "day": ""})

    undo(editor, page)

    assert list_windows(page) == [("Planlagt", day)]
    assert Page.objects.get(pk=page.pk).live


def test_what_was_written_since_stays_the_draft(editor: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    publish_in_editor(editor, page, title="Forkert")
    draft = get_draft(page)
    draft.title = "Skrevet siden"
    draft.save_revision()

    undo(editor, page)

    assert (find_newest(page).title, get_draft(page).title) == ("Rigtig", "Skrevet siden")


def test_after_ten_minutes_it_is_refused(editor: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    publish_in_editor(editor, page, title="Forkert")

    with travel(timezone.now() + timedelta(minutes=10, seconds=1), tick=False):
        response = undo(editor, page)
        versions = editor.get(reverse("publication_versions", args=[page.pk])).context["undo"]

    assert "It is too late to undo it" in list_told(response)
    assert (find_newest(page).title, versions) == ("Forkert", None)


def test_when_somebody_published_since_it_is_refused(editor: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    publish_in_editor(editor, page, title="Forkert")
    row = find_newest(page)
    publish(page, title="En andens")

    response = undo(editor, page, row)

    assert "has been published or withdrawn since" in list_told(response)
    assert find_newest(page).title == "En andens"


def test_when_a_translation_came_out_since_it_is_refused(editor: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    publish_in_editor(editor, page, title="Forkert")
    translate(page, "en", title="Wrong")

    response = undo(editor, page)

    assert "has been published or withdrawn since" in list_told(response)


def test_what_was_undone_is_not_undone_again(editor: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    publish_in_editor(editor, page, title="Forkert")
    undo(editor, page)

    response = undo(editor, page)

    assert "nothing to undo" in list_told(response)
    assert find_newest(page).title == "Rigtig"


def test_versions_offer_it_and_the_page_says_what_it_does(editor: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    publish_in_editor(editor, page, title="Forkert")
    address = reverse("publication_undo", args=[page.pk, find_newest(page).version])

    versions = editor.get(reverse("publication_versions", args=[page.pk])).content.decode()
    asked = editor.get(address).content.decode()

    assert address in versions
    assert "Readers get “Rigtig” again" in asked
    assert find_newest(page).title == "Forkert"


def test_audit_log_tells_of_it(editor: Any, admin_user: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    publish_in_editor(editor, page, title="Forkert")

    undo(editor, page)

    entry = PageLogEntry.objects.get(action="publication.undo")
    assert (entry.user, entry.message) == (admin_user, "Publication undone: readers get the text before it again")


def test_who_may_not_publish_may_not_undo(site: Any, client: Any, django_user_model: Any) -> None:
    page = publish(make_page(title="Rigtig"))
    publish(page, title="Forkert")
    client.force_login(make_user(django_user_model, site, "change_page"))

    undo(client, page)

    assert find_newest(page).title == "Forkert"
