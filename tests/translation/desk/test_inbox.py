"""The inbox on the start page: what is asked of a person and of the person's teams."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cms.core.calendar import today
from cms.core.enums import Visibility
from cms.core.models import Consortium
from cms.translation.desk.inbox import list_inbox, list_inbox_locales
from cms.translation.desk.notices import tell_blocked
from cms.translation.enums import WorkState
from cms.translation.models import LanguageTeam
from cms.translation.states import work
from tests.factories.pages import make_page, publish
from tests.translation.desk.translated_pages import make_task, make_translator

pytestmark = pytest.mark.django_db


def make_text(title: str, locale: str = "pl", **values: Any) -> Any:
    page = publish(make_page(title=title))
    make_task(page, locale, **values)
    return page


def list_titles(user: User) -> list[str]:
    from cms.translation.desk.inbox import load_titles

    tasks = list(list_inbox(user))
    titles = load_titles({task.content_id for task in tasks})
    return [titles[task.content_id] for task in tasks]


def read_panel(client: Client, name: str = "translations-inbox") -> str:
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    return html.partition(f'id="{name}-section"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("state", "values", "waits"),
    [
        (WorkState.OUTDATED, {}, True),
        (WorkState.READY, {}, True),
        (WorkState.UNTRANSLATED, {}, False),
        (WorkState.UNTRANSLATED, {"due": today()}, True),
        (WorkState.IN_WORK, {}, False),
        (WorkState.IN_WORK, {"due": today()}, True),
        (WorkState.MACHINE, {}, False),
        (WorkState.CURRENT, {}, False),
        (WorkState.CURRENT, {"due": today()}, False),
    ],
)
def test_what_somebody_has_to_do_waits(translator: User, state: str, values: dict[str, Any], waits: bool) -> None:
    make_text("Bolig", state=state, **values)

    assert list_titles(translator) == (["Bolig"] if waits else [])


def test_request_without_owner_or_day_waits_too(translator: User, admin_user: Any) -> None:
    page = make_text("Bolig", state=WorkState.UNTRANSLATED)

    work.request(page.translation_key, "pl", user=admin_user)

    assert list_titles(translator) == ["Bolig"]


def test_task_of_somebody_else_does_not_wait_for_the_team(translator: User, admin_user: Any) -> None:
    make_text("Bolig", state=WorkState.OUTDATED, owner=admin_user)

    assert (list_titles(translator), list_titles(admin_user)) == ([], ["Bolig"])


def test_language_with_a_team_is_the_teams(translator: User, site: Any) -> None:
    other = make_translator("anden", "pl", "de")
    make_text("Bolig", state=WorkState.OUTDATED)
    before = list_titles(other)

    LanguageTeam.objects.create(locale="pl").members.add(translator)

    assert (before, list_titles(other), list_titles(translator)) == (["Bolig"], [], ["Bolig"])
    assert (list_inbox_locales(other), list_inbox_locales(translator)) == (["de"], ["pl"])


def test_due_first_then_what_has_waited_longest(translator: User) -> None:
    from django.utils import timezone

    now = timezone.now()
    make_text("Ny", state=WorkState.OUTDATED, since=now)
    make_text("Gammel", state=WorkState.OUTDATED, since=now - timedelta(days=9))
    make_text("Frist", state=WorkState.OUTDATED, since=now, due=today())

    assert list_titles(translator) == ["Frist", "Gammel", "Ny"]


def test_unshared_text_of_a_consortium_waits_for_nobody_else(translator: User) -> None:
    nord = Consortium.objects.create(name="Nord", slug="nord", valid_from=today())
    page = publish(make_page(title="Kun os", visibility=Visibility.CONSORTIUM, consortium=nord))
    make_task(page, "pl", state=WorkState.OUTDATED)

    assert list_titles(translator) == []


def test_start_page_says_what_is_to_be_done_and_leads_there(desk: Client, translator: User) -> None:
    page = make_text("Bolig", state=WorkState.OUTDATED, owner=translator, due=today() - timedelta(days=1))

    panel = read_panel(desk)

    assert reverse("translation_three_way", args=[page.translation_key, "pl"]) in panel
    assert "the source has changed in substance – asked of you, due" in panel
    assert reverse("translation_matrix") in panel


def test_what_stands_against_publishing_is_said(desk: Client) -> None:
    page = make_text("Bolig", state=WorkState.READY)
    tell_blocked(page.translation_key, "pl", "The amount differs.")

    assert "cannot be published as it stands" in read_panel(desk)


def test_start_page_asks_as_often_for_three_as_for_eight(desk: Client, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(3):
        make_text(f"Tekst {number}", state=WorkState.OUTDATED)
    read_panel(desk)
    with CaptureQueriesContext(connection) as few:
        read_panel(desk)
    for number in range(4):
        make_text(f"Mere {number}", state=WorkState.OUTDATED)

    with django_assert_num_queries(len(few)):
        read_panel(desk)


def test_teams_are_edited_in_the_settings(admin_client: Client, translator: User, admin_user: Any) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=admin_user, preferred_language="en")
    address = reverse("wagtailsnippets_translation_languageteam:add")

    admin_client.post(address, {"locale": "pl", "members": [translator.pk], "has_mail": "on"})
    listed = admin_client.get(reverse("wagtailsnippets_translation_languageteam:list")).content.decode()

    team = LanguageTeam.objects.get()
    assert (team.locale, list(team.members.all()), team.has_mail) == ("pl", [translator], True)
    assert "tłumacz" in listed
