"""Withdrawing reaches what is on its way: schedules, approvals and planned texts, in every language it covers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from time_machine import travel
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Revision, Workflow, WorkflowState, WorkflowTask

from cms.core.calendar import today
from cms.exchange.bundle_import import import_bundle
from cms.exchange.bundle_report import ImportReport
from cms.publication.models import Release, Window
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.publication.pages.services import withdrawing
from cms.translation.passages.source_readings import stop_translation
from knowledge.models import ArticlePage, ContactPointPage, GuidePage
from tests.factories.editor_forms import post_form, publish_in_editor
from tests.factories.pages import make_page, publish, translate
from tests.factories.releases import read_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SOON = timedelta(minutes=2)


def schedule(page: Any, **values: Any) -> Any:
    """Schedule a page's next text."""
    draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
    for name, value in values.items():
        setattr(draft, name, value)
    draft.go_live_at = timezone.now() + SOON
    draft.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def make_translation(page: Any, locale: str = "en", **values: Any) -> Any:
    """Make a translation that is not published."""
    from wagtail.models import Locale

    from cms.exchange.sites import get_home

    get_home(locale)
    target = Locale.objects.get_or_create(language_code=locale)[0]
    return page.copy_for_translation(target, copy_parents=True).specific


def submit(page: Any, user: Any = None) -> WorkflowState:
    """Hand a draft in for approval."""
    workflow = Workflow.objects.create(name="Godkendelse")
    task = GroupApprovalTask.objects.create(name="Jurist")
    task.groups.add(Group.objects.get_or_create(name="jurister")[0])
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision()
    return workflow.start(page, user)


def run_the_worker_later() -> None:
    """Let the hour of every schedule pass, and publish what is due as the worker does."""
    with travel(timezone.now() + 2 * SOON, tick=False):
        call_command("publish_scheduled")


def list_out() -> list[str]:
    return sorted(Window.objects.filter(type="article").values_list("locale", flat=True))


def import_lines(*lines: dict[str, Any], keep_going: bool = True) -> ImportReport:
    return import_bundle([orjson.dumps(line) + b"\n" for line in lines], keep_going=keep_going)


LINES = [
    {"kind": "article", "source_id": "frist", "locale": "da", "title": "Frist", "html": "<p>x</p>"},
    {
        "kind": "article",
        "source_id": "frist-en",
        "locale": "en",
        "title": "Deadline",
        "html": "<p>x</p>",
        "translation_of": "frist",
        "publish": False,
    },
]


def find(locale: str) -> Any:
    return ArticlePage.objects.get(locale__language_code=locale)


def recall_in_the_editor(editor: Any) -> None:
    values = {"reason": "recalled", "explanation": "Fristen var forkert.", "is_confirmed": "on"}
    assert editor.post(reverse("publication_withdraw", args=[find("da").pk]), values).status_code == 302


def recall_by_bundle(editor: Any) -> None:
    import_lines({"source_id": "frist", "locale": "da", "withdraw": "recalled", "explanation": "Fristen var forkert."})


def let_it_expire(editor: Any) -> None:
    ArticlePage.objects.filter(pk=find("da").pk).update(expire_at=timezone.now() - SOON)
    call_command("publish_scheduled")


def delete_it(editor: Any) -> None:
    assert editor.post(reverse("wagtailadmin_pages:delete", args=[find("da").pk])).status_code == 302


def delete_in_bulk(editor: Any) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert editor.post(f"{address}?id={find('da').pk}").status_code == 302


def unpublish_by_programme(editor: Any) -> None:
    find("da").unpublish()


DOORS = [recall_in_the_editor, recall_by_bundle, let_it_expire, delete_it, delete_in_bulk, unpublish_by_programme]


@pytest.mark.parametrize("take_away", DOORS)
def test_scheduled_translation_of_a_withdrawn_source_never_comes_out(
    editor: Any, take_away: Callable[[Any], None]
) -> None:
    import_lines(*LINES)
    schedule(find("en"))

    take_away(editor)
    run_the_worker_later()

    assert (list_out(), find("en").live) == ([], False)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    # Nor does the draft that is left ask for that moment, so that publishing it would schedule it again.
    assert find("en").get_latest_revision_as_object().go_live_at is None


@pytest.mark.parametrize("take_away", DOORS)
def test_scheduled_next_texts_of_what_is_withdrawn_never_come_out(
    editor: Any, take_away: Callable[[Any], None]
) -> None:
    import_lines(LINES[0], {**LINES[1], "publish": True})
    schedule(find("da"), title="Ny frist")
    schedule(find("en"), title="New deadline")

    take_away(editor)
    run_the_worker_later()

    assert list_out() == []
    assert not ArticlePage.objects.filter(live=True).exists()


@pytest.mark.parametrize("take_away", DOORS)
def test_approvals_under_way_are_cancelled_with_the_source(
    editor: Any, admin_user: Any, take_away: Callable[[Any], None]
) -> None:
    import_lines(*LINES)
    state = submit(find("en"), admin_user)

    take_away(editor)

    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED


@pytest.mark.parametrize("take_away", [door for door in DOORS if door not in (let_it_expire, unpublish_by_programme)])
def test_source_that_is_only_scheduled_is_withdrawn_with_its_translations(
    editor: Any, take_away: Callable[[Any], None]
) -> None:
    import_lines({**LINES[0], "publish": False}, LINES[1])
    for locale in ("da", "en"):
        schedule(find(locale))

    take_away(editor)
    run_the_worker_later()

    assert list_out() == []
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("take_away", DOORS)
def test_planned_texts_go_in_every_language(editor: Any, take_away: Callable[[Any], None]) -> None:
    day = (today() + timedelta(days=40)).isoformat()
    import_lines(LINES[0], {**LINES[1], "publish": True})
    import_lines(
        {**LINES[0], "title": "Ny frist", "applies_from": day},
        {**LINES[1], "title": "New deadline", "applies_from": day, "publish": True},
    )
    planned = list_out()

    take_away(editor)

    assert (planned, list_out()) == (["da", "da", "en", "en"], [])


def test_withdrawn_translation_leaves_the_others_on_their_way(editor: Any) -> None:
    import_lines(LINES[0], {**LINES[1], "publish": True})
    schedule(find("da"), title="Ny frist")
    schedule(find("en"), title="New deadline")

    import_lines({"source_id": "frist-en", "locale": "en", "withdraw": "gone"})
    run_the_worker_later()

    assert list_out() == ["da"]
    assert find("da").title == "Ny frist"


def test_line_that_withdraws_a_page_not_yet_live_cancels_its_schedule_and_says_so(site: Any) -> None:
    import_lines({**LINES[0], "publish": False})
    schedule(find("da"))

    reports = [import_lines({"source_id": "frist", "locale": "da", "withdraw": "gone"}) for _ in range(2)]

    assert [(report.withdrawn, report.unchanged) for report in reports] == [(1, 0), (0, 1)]
    run_the_worker_later()
    assert list_out() == []


@pytest.mark.parametrize("door", ["editor", "bundle"])
def test_cancelled_plan_takes_along_what_is_scheduled_with_its_day(editor: Any, door: str) -> None:
    day = today() + timedelta(days=40)
    import_lines(LINES[0], {**LINES[0], "title": "Ny frist", "applies_from": day.isoformat()}, LINES[1])
    schedule(find("en"), applies_from=day)

    if door == "editor":
        version = Window.objects.get(locale="da", starts=day).version
        editor.post(reverse("publication_cancel", args=[find("da").pk, version]))
    else:
        import_lines({"source_id": "frist", "locale": "da", "withdraw": "gone", "applies_from": day.isoformat()})
    run_the_worker_later()

    assert list_out() == ["da"]


def test_schedule_of_another_day_survives_a_cancelled_plan(editor: Any) -> None:
    day = today() + timedelta(days=40)
    import_lines(LINES[0], {**LINES[0], "title": "Ny frist", "applies_from": day.isoformat()}, LINES[1])
    schedule(find("en"))

    import_lines({"source_id": "frist", "locale": "da", "withdraw": "gone", "applies_from": day.isoformat()})
    run_the_worker_later()

    assert list_out() == ["da", "en"]


def test_form_names_the_languages_in_which_something_is_on_its_way(editor: Any, admin_user: Any) -> None:
    import_lines(*LINES)
    schedule(find("en"))
    submit(find("da"), admin_user)

    asked = editor.get(reverse("publication_withdraw", args=[find("da").pk])).content.decode()
    values = {"reason": "recalled", "explanation": "Fristen var forkert."}
    confirming = editor.post(reverse("publication_withdraw", args=[find("da").pk]), values).content.decode()

    assert "Scheduled texts and approvals under way are cancelled too: Dansk, English." in asked
    assert confirming.count("one more is on its way and will be stopped") == 2


def test_audit_log_says_what_was_cancelled(editor: Any, admin_user: Any) -> None:
    import_lines(*LINES)
    schedule(find("en"))

    recall_in_the_editor(editor)

    entry = PageLogEntry.objects.get(action="publication.unschedule")
    assert (entry.user, entry.page_id) == (admin_user, find("en").pk)
    assert "Publication planned for" in entry.message


def test_publication_that_the_worker_had_read_before_the_recall_does_not_come_out(site: Any) -> None:
    import_lines(*LINES)
    schedule(find("en"))
    due = list(Revision.objects.filter(approved_go_live_at__isnull=False))

    with withdrawing(reason="recalled", explanation="Forkert."):
        find("da").unpublish()
    with travel(timezone.now() + 2 * SOON, tick=False):
        for revision in due:
            revision.publish(log_action="wagtail.publish.scheduled")

    assert list_out() == []


# A translation whose source is withdrawn.


@pytest.fixture
def orphan(site: Any) -> Any:
    """An English translation, edited as a whole, whose Danish source was recalled."""
    import_lines(LINES[0], {**LINES[1], "publish": True})
    stop_translation(find("en"))
    with withdrawing(reason="recalled", explanation="Forkert."):
        find("da").unpublish()
    return find("en")


REFUSED = "the text it translates, Dansk “Frist”, has been withdrawn. Publish that one first."


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_editor_is_told_in_the_form_and_keeps_what_was_typed(editor: Any, orphan: Any, button: str) -> None:
    response = post_form(editor, orphan, title="Typed", **{button: "on"})

    html = response.content.decode()
    assert response.status_code == 200
    assert REFUSED in html
    assert "Typed</textarea>" in html
    assert list_out() == []


def test_draft_of_it_is_saved_all_the_same(editor: Any, orphan: Any) -> None:
    response = post_form(editor, orphan, title="Typed")

    assert response.status_code == 302
    assert find("en").get_latest_revision_as_object().title == "Typed"


def test_form_takes_no_schedule_beside_the_day_of_publishing(editor: Any, site: Any) -> None:
    page = make_page()
    moment = (timezone.localtime() + timedelta(days=1)).strftime("%d.%m.%Y %H:%M")

    publish_in_editor(editor, page, go_live_at=moment, expire_at=moment)

    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    assert (draft.go_live_at, draft.expire_at, draft.live) == (None, None, True)


def publish_in_bulk(editor: Any, page: Any) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return editor.post(f"{address}?id={page.pk}", {"include_descendants": ""})


def publish_by_programme(editor: Any, page: Any) -> Any:
    return editor.post(f"/admin/api/main/pages/{page.pk}/action/publish/")


def approve(editor: Any, page: Any) -> Any:
    state = submit(page).current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return editor.post(address, {"comment": ""})


@pytest.mark.parametrize("ask", [publish_in_bulk, publish_by_programme, approve])
def test_every_other_door_of_the_editor_says_so_in_a_message(
    editor: Any, orphan: Any, ask: Callable[[Any, Any], Any]
) -> None:
    response = ask(editor, orphan)

    assert REFUSED in " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert (list_out(), find("en").live) == ([], False)


def test_line_that_publishes_it_is_refused(orphan: Any) -> None:
    report = import_lines({**LINES[1], "title": "New deadline", "publish": True})

    assert [(error.line, REFUSED in error.message) for error in report.errors] == [(1, True)]
    assert list_out() == []


def test_bundle_that_publishes_the_source_again_brings_both_back(orphan: Any) -> None:
    report = import_lines({**LINES[1], "publish": True}, LINES[0])

    assert (report.errors, list_out()) == ([], ["da", "en"])


def test_source_published_again_does_not_bring_its_translations_back(orphan: Any) -> None:
    publish(find("da"), title="Rettet frist")

    assert list_out() == ["da"]


def test_translation_comes_back_when_somebody_publishes_it_after_its_source(orphan: Any) -> None:
    publish(find("da"), title="Rettet frist")

    publish(orphan)

    assert list_out() == ["da", "en"]


def test_translation_of_a_deleted_source_stands_for_itself_once_somebody_publishes_it(site: Any) -> None:
    page = publish(make_page(title="Frist"))
    english = translate(page, "en", title="Deadline")
    page.delete()
    gone = list_out()

    publish(english)

    assert (gone, list_out()) == ([], ["en"])


def test_translation_of_a_source_that_was_never_released_can_be_published(site: Any) -> None:
    english = make_translation(make_page(title="Frist"))

    publish(english)

    assert list_out() == ["en"]


@pytest.mark.parametrize("version_only", [False, True])
def test_refusal_is_an_error_for_programmes(site: Any, version_only: bool) -> None:
    from cms.publication.log.publication_log import publication_log

    page = publish(make_page(title="Frist"))
    english = make_translation(page)
    version = Window.objects.get().version if version_only else None
    publication_log.withdraw(content_id=page.translation_key, version=version, reason="recalled")

    with pytest.raises(ReleaseRefusedError, match="has been withdrawn"):
        english.save_revision().publish()

    assert Release.objects.filter(locale="en", type="article").count() == 0


def test_page_locked_by_its_schedule_can_be_recalled(editor: Any) -> None:
    import_lines(LINES[0])
    schedule(find("da"), title="Ny frist")

    html = editor.get(reverse("wagtailadmin_pages:edit", args=[find("da").pk])).content.decode()
    recall_in_the_editor(editor)

    assert reverse("publication_withdraw", args=[find("da").pk]) in html
    assert list_out() == []


def test_page_that_a_colleague_has_locked_cannot_be_withdrawn(editor: Any, django_user_model: Any) -> None:
    import_lines(LINES[0])
    colleague = django_user_model.objects.create_user("kollega")
    ArticlePage.objects.update(locked=True, locked_by=colleague, locked_at=timezone.now())

    editor.post(reverse("publication_withdraw", args=[find("da").pk]), {"reason": "gone"})

    assert list_out() == ["da"]


def test_nothing_scheduled_is_left_under_a_withdrawn_section(editor: Any) -> None:
    parent = publish(make_page(title="Emne"))
    child = schedule(make_page(title="Under", parent=parent))

    editor.post(reverse("publication_withdraw", args=[parent.pk]), {"reason": "gone", "include_descendants": "on"})
    run_the_worker_later()

    assert not Page.objects.get(pk=child.pk).live


def test_page_that_was_withdrawn_does_not_come_back_because_its_section_is_published(editor: Any) -> None:
    parent = publish(make_page(title="Emne"))
    child = publish(make_page(title="Under", parent=parent))
    child.unpublish()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    swept = editor.post(f"{address}?id={parent.pk}", {"include_descendants": "on"})
    before = Page.objects.get(pk=child.pk).live
    publish_in_editor(editor, Page.objects.get(pk=child.pk).specific, answers={"change_note": "Gælder igen"})

    said = " ".join(str(message) for message in get_messages(swept.wsgi_request))
    assert said.startswith("Nothing was published: “Under” (Dansk) has been withdrawn.")
    assert (before, Page.objects.get(pk=child.pk).live) == (False, True)


def test_recall_is_there_for_readers_before_what_showed_the_page_is_built_again(
    site: Any, client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    place = publish(make_page(ContactPointPage, title="SCSC"))
    step = {"title": "CPR", "html": "<p>Gå hen.</p>", "bring": [], "where": place.pk, "how_long": ""}
    guide = make_page(GuidePage, title="Guide", steps=[])
    guide = publish(guide, steps=GuidePage.steps.field.to_python([{"type": "step", "value": step}]))

    with django_capture_on_commit_callbacks(execute=True) as after_commit, withdrawing(reason="recalled"):
        place.unpublish()
        recalled = client.get(f"/api/v1/documents/{place.translation_key}/").status_code
        shown = [step["where"] for step in client.get(f"/api/v1/documents/{guide.translation_key}/").json()["steps"]]

    document = client.get(f"/api/v1/documents/{guide.translation_key}/").json()
    assert (recalled, shown[0]["title"], len(after_commit)) == (410, "SCSC", 1)
    assert [step["where"] for step in document["steps"]] == [None]


def test_what_showed_a_deleted_page_is_released_again(site: Any, django_capture_on_commit_callbacks: Any) -> None:
    place = publish(make_page(ContactPointPage, title="SCSC"))
    step = {"title": "CPR", "html": "<p>Gå hen.</p>", "bring": [], "where": place.pk, "how_long": ""}
    guide = make_page(GuidePage, title="Guide", steps=[])
    guide = publish(guide, steps=GuidePage.steps.field.to_python([{"type": "step", "value": step}]))

    with django_capture_on_commit_callbacks(execute=True):
        place.delete()

    assert [step["where"] for step in read_document(guide.translation_key, today())["steps"]] == [None]


def test_page_whose_schedule_has_run_out_can_be_edited_and_published(editor: Any) -> None:
    import_lines(LINES[0])
    page = find("da")
    draft = page.get_latest_revision_as_object()
    draft.go_live_at, draft.expire_at = timezone.now() + SOON, timezone.now() + 2 * SOON
    draft.save_revision().publish()
    for later in (2, 4):
        with travel(timezone.now() + later * SOON, tick=False):
            call_command("publish_scheduled")

    with travel(timezone.now() + 6 * SOON, tick=False):
        gone = list_out()
        response = publish_in_editor(editor, find("da"), title="Frist igen")
        call_command("publish_scheduled")

    assert (gone, response.status_code) == ([], 302)
    assert (list_out(), find("da").expire_at) == (["da"], None)
