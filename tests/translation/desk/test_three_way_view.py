"""The three-way view: source then, source now, and the translation; what is saved there and what is refused."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db.models import F
from django.test import Client
from wagtail_localize.models import StringTranslation, TranslationLog

from cms.core.calendar import today
from cms.core.enums import Visibility
from cms.core.models import Consortium
from cms.exchange.sites import get_home
from cms.publication.models import Release
from cms.translation.desk.three_way_view import build_view_url
from cms.translation.enums import WorkEvent, WorkState
from cms.translation.models import PassageApproval, TranslationStep
from tests.factories.pages import publish, translate
from tests.translation.desk.translated_pages import (
    change_source,
    find_page,
    make_source,
    make_task,
    make_translator,
    translate_whole,
)

pytestmark = pytest.mark.django_db

PRICE, CARD = "Kortet koster 100 kr.", "Du skal have et kort."


@pytest.fixture
def source(site: Any) -> Any:
    """An article that was translated into Polish, and of which one paragraph has changed in substance since."""
    page = make_source()
    translate_whole(page)
    make_task(page, state=WorkState.OUTDATED)
    return change_source(page, CARD, "Kortet koster 200 kr.")


def open_view(desk: Client, page: Any, **query: str) -> Any:
    response = desk.get(build_view_url(page.translation_key, "pl"), query)
    assert response.status_code == 200
    return response


def list_texts(response: Any, part: str) -> list[str]:
    return [field.passage.pair.now.text for field in response.context[part]]


def fill(response: Any, **texts: str) -> dict[str, str]:
    """Build what a form sends as it was loaded, with other words for the passages whose source begins so."""
    data = {}
    for part in ("asked", "done", "unchanged"):
        for field in response.context[part]:
            passage = field.passage
            typed = [text for start, text in texts.items() if passage.pair.now.text.startswith(start)]
            data[f"text-{passage.key}"] = (typed or [passage.offered])[0].replace("\n", "\r\n")
            data[f"token-{passage.key}"] = passage.token
            data[f"loaded-{passage.key}"] = passage.loaded
    return data


def send(desk: Client, page: Any, action: str, data: dict[str, str], **query: str) -> Any:
    return desk.post(build_view_url(page.translation_key, "pl"), {**data, **query, "action": action})


def read_messages(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def list_words(locale: str = "pl") -> list[str]:
    return sorted(StringTranslation.objects.filter(locale__language_code=locale).values_list("data", flat=True))


def test_only_the_changed_passage_asks_for_words_and_the_others_keep_theirs(desk: Client, source: Any) -> None:
    response = open_view(desk, source)

    (field,) = response.context["asked"]
    marks = [(mark["op"], mark["text"]) for mark in field.passage.pair.marks]
    assert marks == [("equal", "Kortet koster "), ("delete", "100"), ("insert", "200"), ("equal", " kr.")]
    assert field.text == "Karta kosztuje 100 koron."
    assert list_texts(response, "unchanged") == ["Må jeg arbejde?", CARD, "Ja, fra den første dag."]
    assert response.context["is_taken_over"] is False


def test_saved_passage_makes_a_draft_with_the_words_of_the_others_and_readers_see_nothing_of_it(
    desk: Client, source: Any, translator: User
) -> None:
    released = Release.objects.filter(locale="pl").count()

    response = send(desk, source, "save", fill(open_view(desk, source), Kortet="Karta kosztuje 200 koron."))

    assert response.status_code == 302
    shown = open_view(desk, source)
    polish = find_page(source)
    draft = polish.get_latest_revision()
    assert (list_texts(shown, "asked"), list_texts(shown, "done")) == ([], ["Kortet koster 200 kr."])
    assert [str(block.value) for block in draft.as_object().body] == [
        "<p>Musisz mieć kartę.</p>",
        "<p>Karta kosztuje 200 koron.</p>",
    ]
    assert "100 koron" in str(polish.body)
    assert TranslationLog.objects.filter(revision=draft, locale=polish.locale).exists()
    assert (draft.user, Release.objects.filter(locale="pl").count()) == (translator, released)
    assert StringTranslation.objects.get(data="Karta kosztuje 200 koron.").last_translated_by == translator


def test_whole_text_is_published_and_is_no_longer_outdated(desk: Client, source: Any) -> None:
    stands_before = Release.objects.filter(locale="pl").latest("position").state

    response = send(desk, source, "publish", fill(open_view(desk, source), Kortet="Karta kosztuje 200 koron."))

    assert "has been published" in read_messages(response)
    newest = Release.objects.filter(locale="pl").latest("position")
    of_source = Release.objects.filter(locale="da", type="article", text_position=F("position")).latest("position")
    assert (stands_before, newest.state, newest.source_version) == ("outdated", "current", of_source.version)
    assert "200 koron" in str(find_page(source).body)


def test_text_with_an_open_passage_is_not_published(desk: Client, source: Any) -> None:
    released = Release.objects.filter(locale="pl").count()

    response = send(desk, source, "publish", fill(open_view(desk, source)))

    assert "passages that are not translated yet: 1" in read_messages(response)
    assert Release.objects.filter(locale="pl").count() == released


def test_words_that_stand_are_stored_for_the_new_passage(desk: Client, source: Any) -> None:
    source = change_source(source, CARD, "Kortet koster dog 100 kr.")
    shown = open_view(desk, source)
    data = fill(shown) | {f"stands-{shown.context['asked'][0].passage.key}": "on"}

    send(desk, source, "save", data)

    assert list_texts(open_view(desk, source), "asked") == []
    assert list_words().count("Karta kosztuje 100 koron.") == 2


def test_second_translator_is_told_and_overwrites_nothing(desk: Client, source: Any, admin_client: Client) -> None:
    mine, other = open_view(desk, source), open_view(admin_client, source)
    send(admin_client, source, "save", fill(other, Kortet="Karta: 200 koron."))

    response = send(desk, source, "save", fill(mine, Kortet="Koszt karty to 200 koron.", Du="Karta jest potrzebna."))

    assert response.status_code == 200
    html = response.content.decode()
    assert "admin has changed this passage since you opened it" in html
    assert "Koszt karty to 200 koron." in html
    assert {"Karta: 200 koron.", "Karta jest potrzebna."} <= set(list_words())
    assert "Koszt karty to 200 koron." not in list_words()

    again = send(desk, source, "save", fill(response, Kortet="Koszt karty to 200 koron."))

    assert again.status_code == 302
    assert "Koszt karty to 200 koron." in list_words()


def test_words_that_were_not_touched_do_not_undo_what_another_saved(
    desk: Client, source: Any, admin_client: Client
) -> None:
    mine, other = open_view(desk, source), open_view(admin_client, source)
    send(admin_client, source, "save", fill(other, Du="Karta jest potrzebna."))

    response = send(desk, source, "save", fill(mine, Kortet="Karta kosztuje 200 koron."))

    assert response.status_code == 302
    assert {"Karta jest potrzebna.", "Karta kosztuje 200 koron."} <= set(list_words())


def test_words_for_a_passage_that_changed_meanwhile_are_given_back(desk: Client, source: Any) -> None:
    shown = open_view(desk, source)
    change_source(source, CARD, "Kortet koster 300 kr.")

    response = send(desk, source, "save", fill(shown, Kortet="Karta kosztuje 200 koron."))

    assert response.context["lost"] == ["Karta kosztuje 200 koron."]
    assert list_texts(response, "asked") == ["Kortet koster 300 kr."]
    assert "Karta kosztuje 200 koron." not in list_words()


def test_words_that_no_page_may_hold_are_refused_and_stay_in_the_form(desk: Client, source: Any) -> None:
    words = list_words()

    response = send(
        desk, source, "save", fill(open_view(desk, source), Kortet="Karta kosztuje 200 koron.", Må="010190-1234")
    )

    assert "looks like a CPR number" in read_messages(response)
    assert ("010190-1234" in response.content.decode(), list_words()) == (True, words)


def test_markup_typed_into_plain_text_stays_text(desk: Client, source: Any) -> None:
    send(desk, source, "save", fill(open_view(desk, source), Kortet="<b>200</b> & więcej"))

    (field,) = open_view(desk, source).context["asked"]
    assert "&lt;b&gt;200&lt;/b&gt; &amp; więcej" in list_words()
    assert [finding.message for finding in field.passage.checked.blocking] == [
        "Markup: “</b>” is not in the source like this",
        "Markup: “<b>” is not in the source like this",
    ]


def test_new_source_is_taken_over_without_losing_words(desk: Client, source: Any) -> None:
    send(desk, source, "take-over", {})

    shown = open_view(desk, source)
    assert (shown.context["is_taken_over"], list_texts(shown, "asked")) == (True, ["Kortet koster 200 kr."])
    assert list_words().count("Musisz mieć kartę.") == 1


def test_planned_text_of_the_source_is_translated_for_its_day(desk: Client, source: Any) -> None:
    from datetime import timedelta

    day = today() + timedelta(days=30)
    change_source(source, CARD, "Kortet koster 250 kr.", applies_from=day)
    planned = open_view(desk, source)
    version = {text.is_planned: text.version for text in planned.context["texts"]}
    of_today = open_view(desk, source, source=version[False])

    send(desk, source, "publish", fill(planned, Kortet="Karta kosztuje 250 koron."), source=version[True])

    assert (list_texts(planned, "asked"), list_texts(of_today, "asked")) == (
        ["Kortet koster 250 kr."],
        ["Kortet koster 200 kr."],
    )
    newest = Release.objects.filter(locale="pl", revision_id__isnull=False).latest("position")
    assert (newest.applies_from, newest.source_version) == (day, version[True])


def test_translation_that_is_still_right_is_dismissed_with_a_reason(
    desk: Client, source: Any, translator: User
) -> None:
    change_source(source, CARD, "Kortet koster dog 100 kr.")

    without = send(desk, source, "dismiss", {"reason": " "})
    send(desk, source, "dismiss", {"reason": "Only the Danish wording changed."})

    step = TranslationStep.objects.filter(event=WorkEvent.DISMISSED).get()
    assert (without.status_code, step.user, step.reason, step.task.state) == (
        200,
        translator,
        "Only the Danish wording changed.",
        WorkState.CURRENT,
    )


def test_text_nobody_has_translated_is_begun_as_a_draft(desk: Client, site: Any) -> None:
    page = make_source()
    get_home("pl")

    before = open_view(desk, page)
    send(desk, page, "start", {})

    shown = open_view(desk, page)
    assert (before.context["is_edited_here"], shown.context["is_edited_here"]) == (False, True)
    assert len(shown.context["asked"]) == 4
    assert (find_page(page).live, Release.objects.filter(locale="pl").count()) == (False, 0)


def test_page_that_stands_by_itself_is_shown_with_the_way_to_its_editor(desk: Client, site: Any) -> None:
    page = make_source()
    own = translate(page, "pl", title="Praca", answer="Tak.")

    shown = open_view(desk, page)

    offered = {field.passage.pair.now.text: field.text for field in shown.context["unchanged"]}
    assert (offered["Må jeg arbejde?"], offered["Ja, fra den første dag."]) == ("Praca", "Tak.")
    assert (shown.context["is_edited_here"], f"/admin/pages/{own.pk}/edit/" in shown.content.decode()) == (False, True)


def test_locked_page_is_not_saved(desk: Client, source: Any, admin_user: Any) -> None:
    from django.utils import timezone

    polish = find_page(source)
    polish.locked, polish.locked_by, polish.locked_at = True, admin_user, timezone.now()
    polish.save(update_fields=["locked", "locked_by", "locked_at"])

    response = send(desk, source, "save", fill(open_view(desk, source), Kortet="Karta kosztuje 200 koron."))

    assert "locked" in read_messages(response)
    assert "Karta kosztuje 200 koron." not in list_words()


@pytest.mark.parametrize(("locale", "status"), [("de", 403), ("pl", 200)])
def test_translator_of_another_language_may_not_work_on_it(source: Any, locale: str, status: int) -> None:
    client = Client()
    client.force_login(make_translator("anden", locale))

    response = client.get(build_view_url(source.translation_key, "pl"))

    assert response.status_code in (status, 302 if status == 403 else status)


def test_unshared_text_of_a_consortium_is_not_there_for_another_translator(source: Any, site: Any) -> None:
    consortium = Consortium.objects.first()
    publish(source, visibility=Visibility.CONSORTIUM, consortium=consortium)
    client = Client()
    client.force_login(make_translator("anden", "de"))

    assert client.get(build_view_url(source.translation_key, "de")).status_code == 404


def test_words_that_a_check_blocks_stay_to_be_corrected_with_the_finding_beside_them(desk: Client, source: Any) -> None:
    response = send(desk, source, "save", fill(open_view(desk, source), Kortet="Karta kosztuje 300 koron."))

    shown = open_view(desk, source)
    (field,) = shown.context["asked"]
    assert "passages that differ from their source: 1" in read_messages(response)
    assert [finding.message for finding in field.passage.checked.findings] == [
        "Number or amount: “200” of the source has become “300”"
    ]
    assert "“200” of the source has become “300”" in shown.content.decode()
    assert shown.context["task"].state == WorkState.IN_WORK


def test_passage_that_is_let_stand_with_a_reason_asks_no_more_and_the_text_is_ready(
    desk: Client, source: Any, translator: User
) -> None:
    send(desk, source, "save", fill(open_view(desk, source), Kortet="Karta kosztuje 300 koron."))
    (passage,) = open_view(desk, source).context["approvable"]

    without = send(desk, source, "approve", {"digest": passage.checked.digest, "reason": ""})
    kept = open_view(desk, source)
    send(desk, source, "approve", {"digest": passage.checked.digest, "reason": "The price in Poland."})

    shown = open_view(desk, source)
    assert "Say why" in read_messages(without)
    assert (len(kept.context["asked"]), len(shown.context["asked"])) == (1, 0)
    assert "Approved" in shown.content.decode()
    assert PassageApproval.objects.get().user == translator
    assert shown.context["task"].state == WorkState.READY


def test_translation_that_says_another_amount_is_not_still_right(desk: Client, source: Any) -> None:
    released = Release.objects.filter(locale="pl").count()

    response = send(desk, source, "dismiss", {"reason": "I did not look."})

    shown = open_view(desk, source)
    assert "“Karta kosztuje 100 koron.” – Number or amount: “200” of the source has become “100”" in read_messages(
        response
    )
    assert "#three-way-asked" in read_messages(response)
    assert (shown.context["task"].state_on_day, Release.objects.filter(locale="pl").count()) == (
        WorkState.OUTDATED,
        released,
    )


def test_translation_whose_differences_were_let_stand_is_still_right(desk: Client, source: Any) -> None:
    (passage,) = open_view(desk, source).context["approvable"]
    send(desk, source, "approve", {"digest": passage.checked.digest, "reason": "The price in Poland."})

    send(desk, source, "dismiss", {"reason": "The price in Poland."})

    assert Release.objects.filter(locale="pl").latest("position").state == "current"


def test_words_called_still_right_are_not_asked_for_again_and_show_what_they_were_made_from(
    desk: Client, source: Any
) -> None:
    source = change_source(source, CARD, "Kortet koster dog 100 kr.")

    send(desk, source, "dismiss", {"reason": "Only the Danish wording changed."})

    shown = open_view(desk, source)
    (field,) = shown.context["done"]
    assert (list_texts(shown, "asked"), field.passage.words) == ([], "Karta kosztuje 100 koron.")
    assert (field.passage.pair.before.text, field.passage.pair.now.text) == (PRICE, "Kortet koster dog 100 kr.")

    publish(source, title="Må jeg tage arbejde?", significance="substantive")

    assert list_texts(open_view(desk, source), "asked") == ["Må jeg tage arbejde?"]


def test_page_that_stands_by_itself_is_not_still_right_where_the_change_made_it_wrong(desk: Client, site: Any) -> None:
    page = make_source()
    translate(page, "pl", title="Praca od 2 dni", answer="Tak, od 1 dnia, § 9.")
    make_task(page)
    publish(page, answer="Ja, fra den første dag, § 8.", significance="substantive")

    response = send(desk, page, "dismiss", {"reason": "I did not look."})

    assert "“Tak, od 1 dnia, § 9.”" in read_messages(response)
    assert "passages that differ from their source: 1." in read_messages(response)
    assert list_texts(open_view(desk, page), "asked") == ["Ja, fra den første dag, § 8."]


def test_withdrawn_source_is_said_on_top_with_what_it_means(desk: Client, source: Any) -> None:
    there = open_view(desk, source).content.decode()
    source.unpublish()

    gone = open_view(desk, source).content.decode()

    assert ["The source has been withdrawn." in html for html in (there, gone)] == [False, True]


def test_text_nobody_began_says_so_at_each_passage(desk: Client, site: Any) -> None:
    page = make_source()
    get_home("pl")

    html = open_view(desk, page).content.decode()

    assert ("unchanged in the source" in html, html.count("not translated yet"), html.count(CARD)) == (False, 4, 1)
