"""Notices to translators: who is told of what, once, at the desk and by mail."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.core.calendar import today, write_day
from cms.core.enums import Visibility
from cms.core.models import Consortium
from cms.publication.registry import registry
from cms.translation.desk.notice_mails import send_mails, send_notices
from cms.translation.desk.notices import store_notices, tell_blocked
from cms.translation.enums import NoticeKind, WorkEvent, WorkState
from cms.translation.models import LanguageTeam, Notice, TranslationStep
from cms.translation.states import work
from tests.factories.pages import make_page, publish
from tests.servers.mail import MailServer, running_mail_server
from tests.translation.desk.translated_pages import make_task, make_translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(translator: User) -> LanguageTeam:
    """The Polish team: one translator."""
    team = LanguageTeam.objects.create(locale="pl")
    team.members.add(translator)
    return team


@pytest.fixture
def mails(settings: Any) -> Iterator[MailServer]:
    """A real mail server, to which this site sends."""
    with running_mail_server("gone") as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "videnbro@example.dk"
        yield server


def make_text(title: str = "Bolig", state: str = WorkState.CURRENT, **values: Any) -> Any:
    page = publish(make_page(title=title))
    return make_task(page, state=state, **values)


def list_told() -> list[tuple[str, str]]:
    notices = Notice.objects.order_by("pk").select_related("user", "occasion")
    return [(notice.user.username, notice.occasion.kind) for notice in notices]


def test_request_without_a_name_is_told_to_the_team_and_one_with_a_name_to_that_person(
    team: LanguageTeam, admin_user: Any
) -> None:
    other = make_translator("anden", "pl")
    first, second = make_text(state=WorkState.UNTRANSLATED), make_text("Arbejde", state=WorkState.UNTRANSLATED)
    work.request(first.content_id, "pl", user=admin_user)
    work.request(second.content_id, "pl", user=admin_user, owner=other)

    store_notices()

    assert list_told() == [("tłumacz", "requested"), ("anden", "requested")]


def test_request_by_another_day_takes_the_place_of_the_one_before(
    team: LanguageTeam, desk: Client, admin_user: Any
) -> None:
    task = make_text(state=WorkState.UNTRANSLATED)
    for days in (7, 9):
        work.request(task.content_id, "pl", user=admin_user, due=today() + timedelta(days=days))
        store_notices()

    (notice,) = Notice.objects.filter(seen_at__isnull=True)
    html = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert notice.occasion.due == today() + timedelta(days=9)
    assert f"A translation is asked for, due {write_day(today() + timedelta(days=9))}" in html
    assert '<span lang="pl">Polski</span>' in html


def test_who_asked_is_not_told(team: LanguageTeam, translator: User) -> None:
    task = make_text(state=WorkState.UNTRANSLATED)
    work.request(task.content_id, "pl", user=translator)

    assert (store_notices(), list_told()) == (1, [])


def test_outdated_translation_is_told_once_and_again_when_it_is_outdated_again(team: LanguageTeam) -> None:
    task = make_text(state=WorkState.OUTDATED)
    counts = [store_notices(), store_notices()]
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        make_task(type("Page", (), {"translation_key": task.content_id}), state=WorkState.OUTDATED)
        counts.append(store_notices())

    assert counts == [1, 0, 1]
    assert list_told() == [("tłumacz", "outdated")] * 2


def test_planned_change_is_told_on_its_day(team: LanguageTeam) -> None:
    from tests.factories.pages import translate

    page = publish(make_page(title="Bolig"))
    translate(page, "pl", title="Mieszkanie")
    day = today() + timedelta(days=2)
    publish(page, title="Bolig nu", significance="substantive", applies_from=day)
    make_task(page, state=WorkState.CURRENT, outdated_from=day)
    before = store_notices()

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        on_the_day = [store_notices(), store_notices()]

    assert (before, on_the_day, list_told()) == (0, [1, 0], [("tłumacz", "outdated")])


def test_source_that_is_withdrawn_while_somebody_translates_blocks(team: LanguageTeam) -> None:
    task = make_text(state=WorkState.IN_WORK)
    TranslationStep.objects.create(
        task=task, event=WorkEvent.SOURCE_WITHDRAWN, before="in_work", after="in_work", at=timezone.now()
    )

    store_notices()

    assert list_told() == [("tłumacz", "blocked")]


def test_schedule_that_was_given_up_is_told_with_why(site: Any, team: LanguageTeam) -> None:
    from cms.publication.pages.pending_releases import cancel_schedule
    from tests.factories.pages import translate

    page = publish(make_page(title="Bolig"))
    polish = translate(page, "pl", title="Mieszkanie")
    make_task(page, state=WorkState.READY)
    polish.go_live_at = timezone.now() + timedelta(hours=1)
    polish.save_revision().publish()
    cancel_schedule(polish, obstacle="Passages are missing.")

    counts = [store_notices(), store_notices()]

    (notice,) = Notice.objects.all()
    assert (counts, notice.occasion.kind, notice.occasion.reason) == (
        [1, 0],
        NoticeKind.BLOCKED,
        "Passages are missing.",
    )


def test_release_that_waits_is_told_once_until_somebody_has_seen_it(team: LanguageTeam, desk: Client) -> None:
    task = make_text(state=WorkState.IN_WORK)
    told = [tell_blocked(task.content_id, "pl", "The bundle waits.") for _time in range(2)]

    desk.get(reverse("translation_three_way", args=[task.content_id, "pl"]))
    told.append(tell_blocked(task.content_id, "pl", "The bundle waits."))

    assert told == [True, False, True]


def test_nobody_is_told_of_a_text_he_may_not_see(team: LanguageTeam) -> None:
    nord = Consortium.objects.create(name="Nord", slug="nord", valid_from=today())
    page = publish(make_page(title="Kun os", visibility=Visibility.CONSORTIUM, consortium=nord))
    make_task(page, state=WorkState.OUTDATED)

    assert (store_notices(), list_told()) == (1, [])


def test_what_happened_long_ago_is_told_to_nobody(team: LanguageTeam, admin_user: Any) -> None:
    task = make_text(state=WorkState.UNTRANSLATED)
    work.request(task.content_id, "pl", user=admin_user)
    TranslationStep.objects.update(at=timezone.now() - timedelta(days=60))

    assert store_notices() == 0


def test_everything_that_came_up_comes_in_one_mail_in_the_readers_language(
    team: LanguageTeam, translator: User, admin_user: Any, mails: MailServer
) -> None:
    UserProfile.objects.filter(user=translator).update(preferred_language="da")
    outdated, asked = make_text(state=WorkState.OUTDATED), make_text("Arbejde", state=WorkState.UNTRANSLATED)
    work.request(asked.content_id, "pl", user=admin_user, due=today(), reason="Til januar")

    send_notices()
    send_notices()

    (message,) = mails.messages
    text = message.get_content()
    assert (message["To"], message["Subject"]) == ("tumacz@example.dk", "Videnbro: 2 oversættelser venter på dig")
    assert "Kilden er ændret i sit indhold: Bolig (Polski)" in text
    assert "Der er bedt om en oversættelse: Arbejde (Polski)" in text
    assert "Til januar" in text
    assert f"http://testserver/admin/translations/{outdated.content_id}/pl/" in text


def test_mail_that_is_refused_is_tried_again_and_holds_up_nobody(
    team: LanguageTeam, translator: User, mails: MailServer
) -> None:
    gone = make_translator("aaa", "pl")
    gone.email = "gone@example.dk"
    gone.save()
    odd = make_translator("aab", "pl")
    odd.email = "tłumacz@example.dk"
    odd.save()
    team.members.add(gone, odd)
    make_text(state=WorkState.OUTDATED)

    send_notices()
    first = [message["To"] for message in mails.messages]
    mails.refused = ()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        send_mails()

    assert first == ["tumacz@example.dk"]
    assert [message["To"] for message in mails.messages] == ["tumacz@example.dk", "gone@example.dk"]


def test_team_without_mail_is_told_at_the_desk_alone(team: LanguageTeam, desk: Client, mails: MailServer) -> None:
    team.has_mail = False
    team.save()
    make_text(state=WorkState.OUTDATED)

    send_notices()

    assert mails.messages == []
    assert "Bolig" in desk.get(reverse("translation_notices")).content.decode()


def test_what_was_seen_at_the_desk_needs_no_mail(team: LanguageTeam, desk: Client, mails: MailServer) -> None:
    task = make_text(state=WorkState.OUTDATED)
    store_notices()
    desk.get(reverse("translation_three_way", args=[task.content_id, "pl"]))

    assert (send_mails(), mails.messages) == (0, [])


def test_notices_are_marked_as_seen(team: LanguageTeam, desk: Client) -> None:
    make_text(state=WorkState.OUTDATED)
    store_notices()
    home = reverse("wagtailadmin_home")
    before = desk.get(home).content.decode()

    desk.post(reverse("translation_notices"))

    assert 'id="translation-notices-section"' in before
    assert 'id="translation-notices-section"' not in desk.get(home).content.decode()


def test_worker_sends_them() -> None:
    assert registry.jobs["translation-notices"].run is send_notices
