"""The log's rules of time, translation and withdrawal, on texts without pages."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction

from cms.publication.access.access_scope import PUBLIC_ACCESS
from cms.publication.log.publication_log import UnknownVersionError, publication_log
from cms.publication.models import LogHead, Release, Window
from tests.factories.releases import make_draft, read_document, read_windows

TODAY = date(2026, 3, 1)
NEW_YEAR = date(2027, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first_of_march():
    with time_machine.travel("2026-03-01T12:00:00+01:00", tick=False):
        yield


def get_version(content_id, locale="da", day=TODAY):
    return Window.objects.applying(day).get(content_id=content_id, locale=locale).version


def test_text_without_first_day_applies_from_the_day_of_release():
    draft = make_draft("Nu")

    publication_log.release_contents([draft])

    assert read_windows(draft.content_id) == [(TODAY, None, "Nu", "source")]


def test_day_of_release_is_the_day_in_copenhagen():
    draft = make_draft("Sent om aftenen")

    with time_machine.travel("2026-06-30T22:30:00+00:00", tick=False):
        publication_log.release_contents([draft])

    assert read_windows(draft.content_id) == [(date(2026, 7, 1), None, "Sent om aftenen", "source")]


def test_planned_text_ends_the_present_one_on_its_first_day():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Nu", content_id=content_id)])

    publication_log.release_contents([make_draft("Til januar", content_id=content_id, applies_from=NEW_YEAR)])

    assert read_windows(content_id) == [(TODAY, NEW_YEAR, "Nu", "source"), (NEW_YEAR, None, "Til januar", "source")]


def test_correction_of_today_leaves_the_planned_text_alone():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Nu", content_id=content_id)])
    publication_log.release_contents([make_draft("Til januar", content_id=content_id, applies_from=NEW_YEAR)])

    publication_log.release_contents([make_draft("Rettet", content_id=content_id)])

    assert read_windows(content_id) == [(TODAY, NEW_YEAR, "Rettet", "source"), (NEW_YEAR, None, "Til januar", "source")]


def test_after_the_last_day_no_older_text_returns():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Altid", content_id=content_id)])

    publication_log.release_contents(
        [make_draft("Juni", content_id=content_id, applies_from=date(2026, 6, 1), applies_until=date(2026, 6, 30))]
    )

    assert read_windows(content_id) == [
        (TODAY, date(2026, 6, 1), "Altid", "source"),
        (date(2026, 6, 1), date(2026, 7, 1), "Juni", "source"),
    ]


def test_text_that_turns_out_to_have_ended_leaves_nothing_of_the_one_before():
    content_id = uuid4()
    with time_machine.travel("2026-01-01T12:00:00+01:00", tick=False):
        publication_log.release_contents([make_draft("Altid", content_id=content_id)])
        later = make_draft("Always", content_id=content_id, locale="en", applies_from=date(2026, 2, 1))
        publication_log.release_contents([later])

    publication_log.release_contents(
        [make_draft("Januar", content_id=content_id, applies_from=date(2026, 1, 1), applies_until=date(2026, 1, 31))]
    )

    assert read_windows(content_id) == [(date(2026, 1, 1), date(2026, 2, 1), "Januar", "source")]


def test_unchanged_text_is_not_released_again():
    draft = make_draft("Nu")
    publication_log.release_contents([draft])

    appended = publication_log.release_contents([draft])

    assert appended == 0


def test_cancelled_plan_gives_the_days_back():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Nu", content_id=content_id)])
    publication_log.release_contents([make_draft("Til januar", content_id=content_id, applies_from=NEW_YEAR)])

    publication_log.withdraw(content_id=content_id, version=get_version(content_id, day=NEW_YEAR))

    assert read_windows(content_id) == [(TODAY, None, "Nu", "source")]


def test_recalled_text_leaves_a_hole_and_what_it_superseded_stays_away():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Gammel", content_id=content_id, applies_from=date(2026, 1, 1))])
    publication_log.release_contents([make_draft("Forkert", content_id=content_id)])

    publication_log.withdraw(content_id=content_id, version=get_version(content_id), reason="recalled")

    assert read_windows(content_id) == [(date(2026, 1, 1), TODAY, "Gammel", "source")]


def test_superseded_plan_does_not_come_back_when_its_successor_is_cancelled():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Nu", content_id=content_id)])
    for title in ("Plan 1", "Plan 2"):
        publication_log.release_contents([make_draft(title, content_id=content_id, applies_from=NEW_YEAR)])

    publication_log.withdraw(content_id=content_id, version=get_version(content_id, day=NEW_YEAR))

    assert read_windows(content_id) == [(TODAY, None, "Nu", "source")]


def test_unknown_version_is_refused_and_nothing_is_appended():
    draft = make_draft()
    publication_log.release_contents([draft])

    with pytest.raises(UnknownVersionError):
        publication_log.withdraw(content_id=draft.content_id, version="f" * 16)

    assert Release.objects.count() == 1


def test_sibling_is_released_again_with_the_new_language():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])
    first = get_version(content_id)

    publication_log.release_contents([make_draft("English", content_id=content_id, locale="en", source_version=first)])

    document = read_document(content_id, TODAY)
    assert (document["version"] != first, document["title"], document["translations"]) == (
        True,
        "Dansk",
        [{"locale": "en", "state": "current", "url": f"http://testserver/en/{content_id}/"}],
    )


@pytest.mark.parametrize(
    ("significance", "state"), [("typo", "current"), ("minor", "current"), ("substantive", "outdated")]
)
def test_only_a_substantive_change_makes_a_translation_outdated(significance, state):
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])
    translated = make_draft("English", content_id=content_id, locale="en", source_version=get_version(content_id))
    publication_log.release_contents([translated])

    publication_log.release_contents([make_draft("Ændret", content_id=content_id, significance=significance)])

    assert read_windows(content_id, "en") == [(TODAY, None, "English", state)]


def test_planned_substantive_text_makes_the_translation_outdated_from_that_day_only():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])
    translated = make_draft("English", content_id=content_id, locale="en", source_version=get_version(content_id))
    publication_log.release_contents([translated])

    publication_log.release_contents(
        [make_draft("Til januar", content_id=content_id, applies_from=NEW_YEAR, significance="substantive")]
    )

    assert read_windows(content_id, "en") == [
        (TODAY, NEW_YEAR, "English", "current"),
        (NEW_YEAR, None, "English", "outdated"),
    ]


def test_planned_translation_is_current_for_its_own_source_and_the_present_one_stays():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])
    translated = make_draft("English", content_id=content_id, locale="en", source_version=get_version(content_id))
    publication_log.release_contents([translated])
    planned = make_draft("Til januar", content_id=content_id, applies_from=NEW_YEAR, significance="substantive")
    publication_log.release_contents([planned])
    version = get_version(content_id, day=NEW_YEAR)

    publication_log.release_contents(
        [make_draft("From January", content_id=content_id, locale="en", applies_from=NEW_YEAR, source_version=version)]
    )

    assert read_windows(content_id, "en") == [
        (TODAY, NEW_YEAR, "English", "current"),
        (NEW_YEAR, None, "From January", "current"),
    ]


def test_tomorrows_law_told_today_is_outdated():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])
    planned = make_draft("Til januar", content_id=content_id, applies_from=NEW_YEAR, significance="substantive")
    publication_log.release_contents([planned])
    version = get_version(content_id, day=NEW_YEAR)

    publication_log.release_contents(
        [make_draft("Too early", content_id=content_id, locale="en", source_version=version)]
    )

    assert read_windows(content_id, "en") == [
        (TODAY, NEW_YEAR, "Too early", "outdated"),
        (NEW_YEAR, None, "Too early", "current"),
    ]


def test_language_that_begins_later_is_named_from_that_day():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])

    publication_log.release_contents(
        [make_draft("Deutsch", content_id=content_id, locale="de", applies_from=NEW_YEAR, source_version="")]
    )

    languages = [
        [link["locale"] for link in read_document(content_id, day)["translations"]] for day in (TODAY, NEW_YEAR)
    ]
    assert languages == [[], ["de"]]


def test_withdrawn_source_takes_its_translations_along():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])
    publication_log.release_contents([make_draft("English", content_id=content_id, locale="en")])

    publication_log.withdraw(content_id=content_id, locale="da", reason="recalled")

    rows = Release.objects.filter(kind="withdrawn").values_list("locale", "reason", "version")
    assert (sorted(rows), Window.objects.count()) == ([("da", "recalled", ""), ("en", "recalled", "")], 0)


def test_recalled_source_version_recalls_the_translations_of_that_text():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Forkert", content_id=content_id)])
    translated = make_draft("Wrong", content_id=content_id, locale="en", source_version=get_version(content_id))
    publication_log.release_contents([translated])

    publication_log.withdraw(content_id=content_id, version=get_version(content_id), reason="recalled")

    assert Window.objects.count() == 0


def test_withdrawn_translation_leaves_the_source_and_is_no_longer_named():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])
    publication_log.release_contents([make_draft("English", content_id=content_id, locale="en")])

    publication_log.withdraw(content_id=content_id, locale="en")

    assert (read_windows(content_id, "en"), read_document(content_id, TODAY)["translations"]) == ([], [])


def test_classification_of_the_source_holds_for_every_language_at_once():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Dansk", content_id=content_id)])
    publication_log.release_contents([make_draft("English", content_id=content_id, locale="en")])

    publication_log.release_contents([make_draft("Dansk", content_id=content_id, visibility="network", topics=["tax"])])

    document = read_document(content_id, TODAY, "en")
    assert (document["visibility"], document["topics"]) == ("network", ["tax"])


def test_text_of_days_past_is_hidden_with_its_content():
    content_id = uuid4()
    publication_log.release_contents([make_draft("Før", content_id=content_id, applies_from=date(2026, 1, 1))])

    publication_log.release_contents([make_draft("Nu", content_id=content_id, visibility="network")])

    past = Window.objects.filter(content_id=content_id).applying(date(2026, 2, 1))
    assert (past.count(), past.visible_to(PUBLIC_ACCESS).count()) == (1, 0)


def test_rolled_back_release_leaves_nothing_and_no_gap():
    draft = make_draft()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publication_log.release_contents([draft])
        1 / 0  # noqa: B018

    publication_log.release_contents([draft])
    assert (list(Release.objects.values_list("position", flat=True)), LogHead.objects.get().position) == ([1], 1)


def test_explanation_of_a_withdrawal_stands_on_every_row_it_appends():
    source = make_draft("Kilde")
    publication_log.release_contents([source])
    publication_log.release_contents([make_draft("Source", content_id=source.content_id, locale="en")])

    publication_log.withdraw(content_id=source.content_id, locale="da", reason="recalled", explanation="Var forkert.")

    rows = Release.objects.filter(kind="withdrawn").order_by("locale")
    assert [(row.locale, row.reason, row.change_note) for row in rows] == [
        ("da", "recalled", "Var forkert."),
        ("en", "recalled", "Var forkert."),
    ]
