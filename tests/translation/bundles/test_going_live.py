"""Bundles go live together, when their gate is open, or not at all."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from time_machine import travel
from wagtail.models import Page

from cms.core.calendar import COPENHAGEN, today
from cms.core.enums import Significance
from cms.publication.editor.undoing import UndoRefusedError, undo_as_user
from cms.publication.editor.withdrawals import withdraw_as_user
from cms.publication.log.history import load_histories
from cms.publication.models import JointRelease, Release, Window
from cms.publication.pages.agreement import list_differences
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.publication.registry import registry
from cms.translation.bundle_enums import BundleState, IfMissing, Timing
from cms.translation.bundles.contents import BundleRefusedError, add_texts, cancel_bundle, remove_text
from cms.translation.bundles.gate import CellStatus, build_gate
from cms.translation.bundles.going_live import release_due_bundles, reopen_bundle, schedule_bundle
from cms.translation.bundles.undoing import undo_bundle
from cms.translation.models import ReleaseBundle
from tests.factories.pages import make_page, publish, translate
from tests.translation.bundles.conftest import draft, draft_translation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
MONTH = timedelta(days=30)


def make_bundle(owner: Any, *pages: Any, locales: tuple[str, ...] = ("da",), **values: Any) -> ReleaseBundle:
    values = {"timing": Timing.DAY, "day": today(), **values}
    bundle = ReleaseBundle.objects.create(name="Loven om CPR", owner=owner, **values)
    for page in pages:
        add_texts(bundle, page.translation_key, locales)
    return bundle


def answer(bundle: ReleaseBundle, significance: str = Significance.SUBSTANTIVE) -> None:
    bundle.entries.filter(locale="da").update(significance=significance, change_note="Nye regler")


def get_state(bundle: ReleaseBundle) -> str:
    return ReleaseBundle.objects.get(pk=bundle.pk).state


def list_released(*pages: Any) -> set[tuple[str, str, str]]:
    windows = Window.objects.filter(content_id__in=[page.translation_key for page in pages]).present_and_future(today())
    return {(window.locale, window.title, window.state) for window in windows}


def test_texts_and_languages_come_out_in_one_range_of_the_log(owner: Any) -> None:
    first, second = draft(make_page(title="Et")), draft(make_page(title="To"))
    for page in (first, second):
        draft_translation(page, "pl", title=f"{page.title} pl")
    bundle = make_bundle(owner, first, second, locales=("da", "pl"))

    bundle = schedule_bundle(bundle, owner)

    joint = JointRelease.objects.get()
    rows = Release.objects.filter(position__range=(joint.first_position, joint.last_position))
    assert bundle.state == BundleState.LIVE
    assert (bundle.first_position, bundle.last_position) == (joint.first_position, joint.last_position)
    assert rows.count() == Release.objects.count()
    assert {row.released_at for row in rows} == {rows[0].released_at}
    assert list_released(first, second) == {
        ("da", "Et", "source"),
        ("pl", "Et pl", "current"),
        ("da", "To", "source"),
        ("pl", "To pl", "current"),
    }
    assert list(list_differences()) == []


def test_required_language_is_waited_for(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    bundle = make_bundle(owner, page, locales=("da", "pl"), required_locales=["pl"], day=today() + MONTH)
    bundle = schedule_bundle(bundle, owner)
    waiting = (bundle.state, bundle.obstacle, Release.objects.count())

    draft_translation(page, "pl", title="Jeden")
    went = release_due_bundles()

    assert waiting == (BundleState.SCHEDULED, "", 0)
    assert (went, get_state(bundle)) == (1, BundleState.LIVE)
    assert set(Window.objects.values_list("locale", "starts")) == {("da", today() + MONTH), ("pl", today() + MONTH)}


def test_language_that_is_late_is_said_to_the_owner_once(owner: Any, django_capture_on_commit_callbacks: Any) -> None:
    bundle = make_bundle(owner, draft(make_page(title="Et")), locales=("da", "pl"), required_locales=["pl"])
    with django_capture_on_commit_callbacks(execute=True):
        bundle = schedule_bundle(bundle, owner)
        release_due_bundles()

    assert bundle.obstacle == "“Et” (Polski): There is no translation yet."
    assert [(message.to, bundle.obstacle in message.body) for message in mail.outbox] == [([owner.email], True)]


def test_bundle_goes_without_a_language_at_noon_of_the_day_before(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    day = today() + MONTH
    bundle = make_bundle(
        owner, page, locales=("da", "pl"), required_locales=["pl"], day=day, if_missing=IfMissing.FALLBACK
    )
    schedule_bundle(bundle, owner)
    noon = datetime.combine(day - timedelta(days=1), datetime.min.time(), COPENHAGEN) + timedelta(hours=12)

    with travel(noon - timedelta(minutes=1), tick=False):
        before = release_due_bundles()
    with travel(noon, tick=False):
        after = release_due_bundles()

    assert (before, after) == (0, 1)
    assert list(Window.objects.values_list("locale", "starts")) == [("da", day)]


def test_gate_shows_what_readers_get_instead(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    draft_translation(page, "en", title="One")
    bundle = make_bundle(owner, page, locales=("da", "en"), required_locales=["pl"])

    row = build_gate(bundle, owner).rows[0]

    assert [(cell.locale, cell.status, cell.fallback) for cell in row.cells] == [
        ("da", CellStatus.READY, ""),
        ("en", CellStatus.READY, ""),
        ("pl", CellStatus.ABSENT, "English"),
    ]


@pytest.mark.parametrize(
    ("is_hidden", "instead"),
    [(False, [("", True), ("", True), ("English", False)]), (True, [("", True), ("Dansk", False), ("Dansk", False)])],
)
def test_gate_names_no_language_that_readers_do_not_get_either(
    owner: Any, monkeypatch: pytest.MonkeyPatch, is_hidden: bool, instead: list[tuple[str, bool]]
) -> None:
    hidden = replace(registry.types["article"], is_hidden_when_outdated=is_hidden)
    monkeypatch.setitem(registry.types, "article", hidden)
    page = publish(make_page(title="Et"))
    translate(page, "en", title="One")
    page = draft(page, title="Et!")
    bundle = make_bundle(owner, page, required_locales=["en", "pl"])
    answer(bundle)
    without = build_gate(bundle, owner).rows[0].cells[1:]
    bundle.entries.filter(locale="da").update(significance="")

    source = build_gate(bundle, owner).rows[0].cells[0]

    assert [(cell.fallback, cell.is_kept) for cell in (source, *without)] == instead


def test_language_that_stays_right_need_not_be_in_the_bundle(owner: Any) -> None:
    page = publish(make_page(title="Et"))
    translate(page, "pl", title="Jeden")
    page = draft(page, title="Et!")
    bundle = make_bundle(owner, page, required_locales=["pl"])
    answer(bundle, Significance.TYPO)
    untouched = build_gate(bundle, owner).rows[0].cells[1].status
    answer(bundle)

    assert (untouched, build_gate(bundle, owner).rows[0].cells[1].status) == (CellStatus.UNTOUCHED, CellStatus.ABSENT)


def test_moment_is_waited_for(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    moment = datetime.now(COPENHAGEN) + timedelta(hours=2)
    bundle = schedule_bundle(make_bundle(owner, page, timing=Timing.MOMENT, moment=moment), owner)
    waiting = bundle.state

    with travel(moment, tick=False):
        release_due_bundles()

    assert (waiting, get_state(bundle)) == (BundleState.SCHEDULED, BundleState.LIVE)


def test_text_recalled_in_between_keeps_everything_back(owner: Any, django_capture_on_commit_callbacks: Any) -> None:
    first, second = publish(make_page(title="Et")), publish(make_page(title="To"))
    moment = datetime.now(COPENHAGEN) + timedelta(hours=2)
    bundle = make_bundle(
        owner, draft(first, title="Et!"), draft(second, title="To!"), timing=Timing.MOMENT, moment=moment
    )
    answer(bundle)
    schedule_bundle(bundle, owner)
    withdraw_as_user(Page.objects.get(pk=second.pk).specific, owner, reason="recalled", explanation="Forkert")
    head = Release.objects.count()

    with travel(moment, tick=False), django_capture_on_commit_callbacks(execute=True):
        release_due_bundles()

    bundle.refresh_from_db()
    assert (bundle.state, Release.objects.count()) == (BundleState.SCHEDULED, head)
    assert bundle.obstacle == "“To!” (Dansk): It has been withdrawn since it was put into the bundle."
    assert bundle.obstacle in mail.outbox[0].body
    assert Page.objects.get(pk=first.pk).specific.get_latest_revision_as_object().title == "Et!"


def test_text_that_fails_half_way_takes_back_those_before_it(owner: Any, monkeypatch: Any) -> None:
    pages = [draft(make_page(title=title)) for title in ("Et", "To")]
    bundle = make_bundle(owner, *pages)

    def refuse(instance: Any) -> str | None:
        return "Nej." if instance.title == "To" and Release.objects.exists() else None

    monkeypatch.setattr("cms.publication.registry.registry.obstacle_finders", [refuse])
    bundle = schedule_bundle(bundle, owner)

    assert (bundle.state, bundle.obstacle) == (BundleState.SCHEDULED, "“To”: Nej.")
    assert (
        Release.objects.count(),
        JointRelease.objects.count(),
        Page.objects.filter(live=True, title="Et").count(),
    ) == (
        0,
        0,
        0,
    )


def test_deleted_text_is_said(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    bundle = make_bundle(owner, page)
    Page.objects.get(pk=page.pk).delete()

    with pytest.raises(BundleRefusedError, match="The page has been deleted"):
        schedule_bundle(bundle, owner)


def test_text_is_in_one_bundle_at_most(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    first = make_bundle(owner, page)

    with pytest.raises(BundleRefusedError, match="already"):
        make_bundle(owner, page)

    cancel_bundle(first)
    assert make_bundle(owner, page).entries.count() == 1


def test_scheduled_text_is_locked_and_free_when_it_is_taken_out(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    moment = datetime.now(COPENHAGEN) + timedelta(hours=2)
    other = draft(make_page(title="To"))
    bundle = schedule_bundle(make_bundle(owner, page, other, timing=Timing.MOMENT, moment=moment), owner)
    lock = page.get_lock()

    with pytest.raises(ReleaseRefusedError, match="Take it out of the bundle first"):
        publish(page)
    remove_text(bundle, bundle.entries.get(content_id=page.translation_key).pk)

    assert lock.for_user(owner)
    assert page.get_lock() is None
    assert publish(page).live


def test_draft_that_changed_after_the_scheduling_keeps_the_bundle_back(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    moment = datetime.now(COPENHAGEN) + timedelta(hours=2)
    bundle = schedule_bundle(make_bundle(owner, page, timing=Timing.MOMENT, moment=moment), owner)
    revision = page.get_latest_revision()
    revision.content["title"] = "Andet"
    revision.save()

    release_due_bundles()
    bundle.refresh_from_db()

    assert "The draft has changed since the bundle was scheduled." in bundle.obstacle


def test_opened_bundle_may_be_edited_and_scheduled_again(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    moment = datetime.now(COPENHAGEN) + timedelta(hours=2)
    bundle = schedule_bundle(make_bundle(owner, page, timing=Timing.MOMENT, moment=moment), owner)

    reopen_bundle(bundle)
    draft(page, title="Et nyt")
    schedule_bundle(bundle, owner)
    with travel(moment, tick=False):
        release_due_bundles()

    assert {title for _locale, title, _state in list_released(page)} == {"Et nyt"}


def test_known_source_needs_an_answer(owner: Any) -> None:
    page = draft(publish(make_page(title="Et")), title="Et!")

    with pytest.raises(BundleRefusedError, match="how much has changed"):
        schedule_bundle(make_bundle(owner, page), owner)


def test_planned_text_may_not_be_replaced_past_its_bundle(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    schedule_bundle(make_bundle(owner, page, day=today() + MONTH), owner)

    with pytest.raises(ReleaseRefusedError, match="Undo the bundle first"):
        publish(Page.objects.get(pk=page.pk).specific, applies_from=today() + MONTH)


def test_undo_brings_former_texts_back_and_takes_new_ones_away(owner: Any) -> None:
    known, new = publish(make_page(title="Før")), draft(make_page(title="Ny"))
    translate(known, "pl", title="Przed")
    translated = Page.objects.get(translation_key=known.translation_key, locale__language_code="pl").specific
    draft(translated, title="Po")
    known = draft(known, title="Efter")
    bundle = make_bundle(owner, known, locales=("da", "pl"))
    add_texts(bundle, new.translation_key, ["da"])
    answer(bundle)
    bundle = schedule_bundle(bundle, owner)
    live = list_released(known, new)

    undo = undo_bundle(bundle, owner)

    joint = JointRelease.objects.order_by("-first_position").first()
    assert live == {("da", "Efter", "source"), ("pl", "Po", "current"), ("da", "Ny", "source")}
    assert list_released(known, new) == {("da", "Før", "source"), ("pl", "Przed", "current")}
    assert (get_state(bundle), undo.state, undo.undoes) == (BundleState.UNDONE, BundleState.LIVE, bundle)
    assert joint is not None
    assert (undo.first_position, undo.last_position) == (joint.first_position, joint.last_position)
    assert list(list_differences()) == []


def test_undo_leaves_a_translation_as_outdated_as_it_was(owner: Any) -> None:
    page = publish(make_page(title="Et"))
    translate(page, "pl", title="Jeden")
    publish(page, title="To", significance=Significance.SUBSTANTIVE)
    translated = Page.objects.get(translation_key=page.translation_key, locale__language_code="pl").specific
    draft(translated, title="Trzy")
    page = draft(Page.objects.get(pk=page.pk).specific, title="Tre")
    before = list_released(page)
    bundle = make_bundle(owner, page, locales=("da", "pl"))
    answer(bundle)
    bundle = schedule_bundle(bundle, owner)

    undo_bundle(bundle, owner)

    assert before == {("da", "To", "source"), ("pl", "Jeden", "outdated")}
    assert list_released(page) == before


def test_undo_of_a_plan_cancels_it(owner: Any) -> None:
    page = publish(make_page(title="Nu"))
    bundle = make_bundle(owner, draft(page, title="Siden"), day=today() + MONTH)
    answer(bundle)
    bundle = schedule_bundle(bundle, owner)
    planned = list_released(page)

    undo_bundle(bundle, owner)

    assert {title for _locale, title, _state in planned} == {"Nu", "Siden"}
    assert {title for _locale, title, _state in list_released(page)} == {"Nu"}


def test_undo_is_refused_when_something_newer_was_published(owner: Any) -> None:
    pages = [draft(make_page(title=title)) for title in ("Et", "To")]
    bundle = schedule_bundle(make_bundle(owner, *pages), owner)
    publish(Page.objects.get(pk=pages[1].pk).specific, title="To igen")
    count = Release.objects.count()

    with pytest.raises(BundleRefusedError, match="Published or withdrawn since: “To igen”"):
        undo_bundle(bundle, owner)

    assert (get_state(bundle), Release.objects.count()) == (BundleState.LIVE, count)


def test_law_day_is_read_from_the_texts(owner: Any) -> None:
    from legal.notes.law_note_page import LawNotePage

    day = today() + MONTH
    page = draft(make_page(LawNotePage, title="Lov", applicable_from=day))
    bundle = schedule_bundle(make_bundle(owner, page, timing=Timing.LAW, day=None), owner)

    assert (bundle.state, bundle.first_day) == (BundleState.LIVE, day)
    history = load_histories([page.translation_key])[page.translation_key]
    assert [row.applies_from for row in history.list_rows("da")] == [day]


def test_texts_that_name_different_days_are_refused(owner: Any) -> None:
    from legal.notes.law_note_page import LawNotePage

    pages = [
        draft(make_page(LawNotePage, title=f"Lov {days}", applicable_from=today() + timedelta(days=days)))
        for days in (10, 20)
    ]

    with pytest.raises(BundleRefusedError, match="do not name one day"):
        schedule_bundle(make_bundle(owner, *pages, timing=Timing.LAW, day=None), owner)


def test_text_that_readers_know_already_is_not_undone_with_the_bundle(owner: Any) -> None:
    known, new = publish(make_page(title="Kendt")), draft(make_page(title="Ny"))
    bundle = make_bundle(owner, known, new)
    bundle.entries.filter(content_id=known.translation_key).update(significance=Significance.TYPO)
    bundle = schedule_bundle(bundle, owner)

    undo_bundle(bundle, owner)

    assert list_released(known, new) == {("da", "Kendt", "source")}


def test_single_text_of_a_bundle_is_not_undone_by_itself(owner: Any) -> None:
    page = draft(make_page(title="Et"))
    schedule_bundle(make_bundle(owner, page, draft(make_page(title="To"))), owner)
    row = Release.objects.get(content_id=page.translation_key)

    with pytest.raises(UndoRefusedError, match="Undo the bundle"):
        undo_as_user(page, row.version, owner)


def test_translation_by_hand_that_says_what_it_said_waits_for_new_words(owner: Any) -> None:
    page = publish(make_page(title="Gebyr"))
    polish = translate(page, "pl", title="Opłata")
    draft(page, title="Gebyr nu")
    bundle = make_bundle(owner, page, locales=("da", "pl"), required_locales=["pl"])
    answer(bundle)

    schedule_bundle(bundle, owner)
    waiting = get_state(bundle)
    draft(type(polish).objects.get(pk=polish.pk), title="Opłata teraz")
    release_due_bundles()

    assert (waiting, get_state(bundle)) == (BundleState.SCHEDULED, BundleState.LIVE)
    assert list_released(page) == {("da", "Gebyr nu", "source"), ("pl", "Opłata teraz", "current")}
