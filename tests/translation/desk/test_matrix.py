"""The matrix of texts and languages: what is shown, to whom, in how many queries, and what is done with several at once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.enums import Visibility
from cms.core.languages import LANGUAGES
from cms.core.models import Consortium
from cms.publication.models import Release
from cms.translation.desk.actions import ACTIONS, ActionValues, MatrixAction, Outcome, register_action
from cms.translation.enums import WorkEvent, WorkState
from cms.translation.models import LanguageTeam, TranslationStep, TranslationTask
from knowledge.models import ArticlePage
from legal.notes.law_note_page import LawNotePage
from tests.factories.pages import make_page, publish
from tests.translation.desk.translated_pages import (
    change_source,
    make_source,
    make_task,
    make_translator,
    translate_whole,
)

pytestmark = pytest.mark.django_db

MATRIX = reverse("translation_matrix")


def open_matrix(desk: Client, **query: Any) -> Any:
    response = desk.get(MATRIX, query)
    assert response.status_code == 200
    return response


def list_titles(desk: Client, **query: Any) -> list[str]:
    return [row.page.draft_title for row in open_matrix(desk, **query).context["rows"]]


def act(desk: Client, action: str, *tasks: TranslationTask, **values: str) -> Any:
    cells = [f"{task.content_id}:{task.locale}" for task in tasks]
    return desk.post(MATRIX, {"action": action, "cell": cells, **values})


def list_outcomes(response: Any) -> list[tuple[str, bool, str]]:
    return [(title, outcome.is_done, outcome.message) for outcome, title, _language in response.context["lines"]]


def ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def test_cell_tells_state_age_owner_and_due_day(desk: Client, translator: User) -> None:
    page = make_source()
    make_task(page, state=WorkState.OUTDATED, since=ago(3), owner=translator, due=today() - timedelta(days=1))

    (row,) = open_matrix(desk).context["rows"]

    cells = {cell.locale: cell for cell in row.cells}
    assert (row.type_label, list(cells)) == ("Article", list(LANGUAGES))
    assert (cells["da"].is_source, cells["pl"].label, cells["pl"].age) == (True, "Outdated", "3 days")
    assert (cells["pl"].task.owner, cells["pl"].is_overdue, cells["pl"].may_act) == (translator, True, True)


def test_state_is_told_by_words_and_a_sign_and_not_by_colour_alone(desk: Client) -> None:
    make_task(make_source(), state=WorkState.OUTDATED)

    html = open_matrix(desk).content.decode()

    assert 'class="desk-state desk-state-outdated"' in html
    assert '<span class="desk-state-symbol" aria-hidden="true"></span>Outdated</span>' in html


def test_planned_change_of_the_source_shows_on_its_day(desk: Client) -> None:
    page = make_source()
    translate_whole(page)
    publish(page, summary="Nu er alt anderledes.", significance="substantive", applies_from=today() + timedelta(days=2))
    make_task(page, outdated_from=today() + timedelta(days=2))
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        desk.force_login(User.objects.get(username="tłumacz"))
        (row,) = open_matrix(desk, locale="pl").context["rows"]
        shown = (row.cells[0].state, row.cells[0].age)

    assert shown == ("outdated", "1 day")


def test_law_notes_stand_first_then_what_has_waited_longest(desk: Client) -> None:
    waits = {"Ny": 1, "Gammel": 30, "Ældre": 60}
    for title, days in waits.items():
        make_task(publish(make_page(title=title)), state=WorkState.OUTDATED, since=ago(days))
    make_task(publish(make_page(title="Færdig")), state=WorkState.CURRENT, since=ago(90))
    make_task(publish(make_page(LawNotePage, title="Lov")), state=WorkState.READY)

    assert list_titles(desk) == ["Lov", "Ældre", "Gammel", "Ny", "Færdig"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"state": "outdated"}, ["Bolig"]),
        ({"locale": "de"}, ["Arbejde"]),
        ({"locale": "pl", "state": "current"}, []),
        ({"type": "law-note"}, ["Lov"]),
        ({"owner": "mine"}, ["Bolig"]),
        ({"owner": "team"}, ["Lov"]),
        ({"owner": "nobody", "type": "article"}, ["Arbejde"]),
        ({"overdue": "on"}, ["Bolig"]),
        ({"consortium": "nord"}, ["Arbejde"]),
        ({"q": "arb"}, ["Arbejde"]),
        ({"q": "ÆGTE"}, ["Lov"]),
        ({"state": "nonsense", "type": "nothing"}, ["Lov", "Bolig", "Arbejde"]),
    ],
)
def test_filters_keep_what_they_say(desk: Client, translator: User, query: dict[str, str], titles: list[str]) -> None:
    nord = Consortium.objects.create(name="Nord", slug="nord", valid_from=today())
    due = today() - timedelta(days=2)
    tasks = [
        make_task(publish(make_page(title="Bolig")), state=WorkState.OUTDATED, since=ago(5), owner=translator, due=due),
        make_task(publish(make_page(title="Arbejde", consortium=nord)), "de", state=WorkState.READY, since=ago(4)),
        make_task(publish(make_page(LawNotePage, title="Lov")), state=WorkState.IN_WORK),
    ]
    # Of the other languages nothing is asked here.
    TranslationTask.objects.exclude(pk__in=[task.pk for task in tasks]).delete()
    Page.objects.filter(title="Lov").update(title="Lov om ægtefæller")
    LanguageTeam.objects.create(locale="pl").members.add(translator)

    assert list_titles(desk, **query) == titles


def test_unshared_text_of_a_consortium_is_shown_to_nobody_else(desk: Client, admin_client: Client) -> None:
    nord = Consortium.objects.create(name="Nord", slug="nord", valid_from=today())
    hidden = publish(make_page(title="Kun os", visibility=Visibility.CONSORTIUM, consortium=nord))
    task = make_task(hidden, "pl", state=WorkState.OUTDATED)
    make_task(publish(make_page(title="Alle")), state=WorkState.OUTDATED)

    refused = act(desk, "request", task)

    assert (list_titles(desk), sorted(list_titles(admin_client))) == (["Alle"], ["Alle", "Kun os"])
    assert [(outcome.is_done, title) for outcome, title, _language in refused.context["lines"]] == [(False, "")]
    assert not TranslationStep.objects.exists()


def test_person_without_pages_to_edit_has_no_matrix(site: Any) -> None:
    client = Client()
    client.force_login(make_translator("læser"))

    assert client.get(MATRIX).status_code in (302, 403)


def test_number_of_queries_is_the_same_for_five_and_sixty_texts(desk: Client, translator: User) -> None:
    def make_texts(count: int) -> None:
        for number in range(count):
            page = publish(make_page(title=f"Tekst {number}"))
            for locale in list(LANGUAGES)[1:]:
                make_task(page, locale, state=WorkState.OUTDATED, owner=translator, due=today())

    def count_queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = open_matrix(desk)
        assert len(response.context["rows"]) == min(50, ArticlePage.objects.count())
        return len(queries)

    make_texts(5)
    open_matrix(desk)
    few = count_queries()
    make_texts(55)

    assert count_queries() == few
    assert few < 30


def test_second_page_has_the_rest_and_keeps_the_filters(desk: Client) -> None:
    pages = [make_page(title=f"Tekst {number:02}") for number in range(51)]
    for page in pages:
        publish(page)
        make_task(page, state=WorkState.OUTDATED)

    response = open_matrix(desk, state="outdated", p=2)

    assert len(response.context["rows"]) == 1
    assert "?state=outdated&amp;p=1" in response.content.decode()


def test_several_translations_are_asked_for_at_once(desk: Client, translator: User) -> None:
    LanguageTeam.objects.create(locale="pl").members.add(translator)
    tasks = [make_task(publish(make_page(title=title)), state=WorkState.UNTRANSLATED) for title in ("Et", "To")]
    day = today() + timedelta(days=7)

    response = act(desk, "request", *tasks, owner=str(translator.pk), due=day.isoformat(), reason="Til januar")

    assert list_outcomes(response) == [("Et", True, "Asked of tłumacz."), ("To", True, "Asked of tłumacz.")]
    stored = TranslationTask.objects.filter(locale="pl", owner=translator, due=day)
    steps = TranslationStep.objects.filter(event=WorkEvent.REQUESTED, user=translator, reason="Til januar")
    assert (stored.count(), steps.count()) == (2, 2)


@pytest.mark.parametrize(
    ("action", "values", "message"),
    [
        ("dismiss", {}, "Say why the translations are still right."),
        ("nonsense", {}, "Choose what is to be done."),
        ("request", {"due": "2001-01-01"}, "This day has passed."),
    ],
)
def test_action_that_says_too_little_is_refused_and_keeps_the_choice(
    desk: Client, action: str, values: dict[str, str], message: str
) -> None:
    task = make_task(make_source(), state=WorkState.OUTDATED)

    html = act(desk, action, task, **values).content.decode()

    assert message in html
    assert html.index(message) < html.index("data-desk-matrix")
    assert f'value="{task.content_id}:pl" checked' in html


def test_nothing_chosen_is_said(desk: Client) -> None:
    make_task(make_source(), state=WorkState.OUTDATED)

    assert "Choose at least one text in one language." in act(desk, "request").content.decode()


def test_what_is_ready_is_published_and_the_rest_is_told_why_not(desk: Client) -> None:
    whole, part = make_source(), publish(make_page(title="Uden ord"))
    translate_whole(whole).get_target_instance().unpublish()
    tasks = [make_task(whole, state=WorkState.READY), make_task(part, state=WorkState.UNTRANSLATED)]
    released = Release.objects.filter(locale="pl", kind="released").count()

    response = act(desk, "publish", *tasks)

    assert list_outcomes(response) == [
        ("Må jeg arbejde?", True, "Published."),
        ("Uden ord", False, "It is not ready: not translated."),
    ]
    assert Release.objects.filter(locale="pl", kind="released").count() == released + 1


def test_translator_of_another_language_does_nothing(site: Any) -> None:
    task = make_task(make_source(), state=WorkState.OUTDATED)
    client = Client()
    client.force_login(make_translator("übersetzer", "de"))

    response = act(client, "request", task)

    assert [outcome.is_done for outcome, _title, _language in response.context["lines"]] == [False]
    assert not TranslationStep.objects.filter(event=WorkEvent.REQUESTED).exists()


def test_action_of_another_room_is_offered_while_its_service_is_there(desk: Client) -> None:
    task = make_task(make_source(), state=WorkState.UNTRANSLATED)
    offered = {"is": False}

    def run(tasks: Any, values: ActionValues, user: Any) -> list[Outcome]:
        return [Outcome(task, True, f"{user} {values.reason}") for task in tasks]

    register_action(MatrixAction("elsewhere", "Elsewhere", run, is_offered=lambda: offered["is"]))
    try:
        before = [action.name for action in open_matrix(desk).context["actions"]]
        offered["is"] = True
        response = act(desk, "elsewhere", task, reason="hurry")
    finally:
        del ACTIONS["elsewhere"]

    assert "elsewhere" not in before
    assert list_outcomes(response) == [("Må jeg arbejde?", True, "tłumacz hurry")]


def test_menu_leads_to_the_matrix_and_no_longer_to_the_other_report(admin_client: Client) -> None:
    html = admin_client.get(reverse("wagtailadmin_home")).content.decode()

    assert f'"{MATRIX}"' in html
    assert reverse("wagtail_localize:translations_report") not in html


def test_still_right_is_refused_for_words_that_a_check_blocks(desk: Client) -> None:
    page = make_source()
    translate_whole(page)
    task = make_task(change_source(page, "Du skal have et kort.", "Kortet koster 200 kr."), state=WorkState.OUTDATED)

    html = act(desk, "dismiss", task, reason="I did not look.").content.decode()

    assert "“200” of the source has become “100”" in html
    assert f"/admin/translations/{task.content_id}/pl/" in html
