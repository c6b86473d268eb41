"""Days turn at midnight in Copenhagen, also when the clocks change, and nothing has to run for it."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from cms.core.calendar import COPENHAGEN, seconds_until_midnight
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release, Window
from tests.factories.releases import make_draft, read_windows

pytestmark = pytest.mark.django_db

# Clocks go forward at 02:00 on 29 March 2026 and back at 03:00 on 25 October 2026.
SPRING, AUTUMN, NEW_YEAR = date(2026, 3, 29), date(2026, 10, 25), date(2027, 1, 1)
TURNS = [day + timedelta(days=shift) for day in (SPRING, AUTUMN) for shift in (0, 1)] + [NEW_YEAR]


def at(day, clock):
    """Travel to a moment of a day, by the clock on the wall in Copenhagen."""
    moment = datetime.combine(day, datetime.strptime(clock, "%H:%M:%S").time(), tzinfo=COPENHAGEN)  # noqa: DTZ007
    return time_machine.travel(moment, tick=False)


def list_titles(client):
    return [document["title"] for document in client.get("/api/v1/documents/").json()["results"]]


@pytest.mark.parametrize("day", TURNS)
def test_release_at_a_minute_to_midnight_applies_from_the_day_that_ends(day):
    draft = make_draft("Sent")
    eve = day - timedelta(days=1)

    with at(eve, "23:59:00"):
        publication_log.release_contents([draft])

    assert read_windows(draft.content_id) == [(eve, None, "Sent", "source")]


@pytest.mark.parametrize("day", TURNS)
def test_release_a_minute_past_midnight_applies_from_the_new_day(day):
    draft = make_draft("Tidligt")

    with at(day, "00:01:00"):
        publication_log.release_contents([draft])

    assert read_windows(draft.content_id) == [(day, None, "Tidligt", "source")]


@pytest.mark.parametrize("day", TURNS)
def test_list_changes_over_at_local_midnight_without_any_job(client, day):
    content_id = uuid4()
    with at(day - timedelta(days=20), "12:00:00"):
        publication_log.release_contents([make_draft("Før", content_id=content_id)])
        publication_log.release_contents([make_draft("Efter", content_id=content_id, applies_from=day)])
    rows = Release.objects.count()

    with at(day - timedelta(days=1), "23:59:59"):
        before = list_titles(client)
    with at(day, "00:00:00"):
        after = list_titles(client)

    assert (before, after, Release.objects.count()) == (["Før"], ["Efter"], rows)


@pytest.mark.parametrize("day", TURNS)
def test_last_day_lasts_until_local_midnight(client, day):
    draft = make_draft("Udløber", applies_until=day)
    with at(day - timedelta(days=20), "12:00:00"):
        publication_log.release_contents([draft])

    with at(day, "23:59:59"):
        before = (list_titles(client), client.get(f"/api/v1/documents/{draft.content_id}/").status_code)
    with at(day + timedelta(days=1), "00:00:00"):
        after = (list_titles(client), client.get(f"/api/v1/documents/{draft.content_id}/").status_code)

    assert (before, after) == ((["Udløber"], 200), ([], 410))


def test_answer_of_one_day_is_not_confirmed_on_the_next(client):
    content_id = uuid4()
    with at(SPRING - timedelta(days=1), "12:00:00"):
        publication_log.release_contents([make_draft("Før", content_id=content_id)])
        publication_log.release_contents([make_draft("Efter", content_id=content_id, applies_from=SPRING)])
        path = f"/api/v1/documents/{content_id}/"
        etag = client.get(path).headers["ETag"]

    with at(SPRING, "00:00:00"):
        response = client.get(path, headers={"If-None-Match": etag})

    assert (response.status_code, response.json()["title"]) == (200, "Efter")


def test_day_on_which_clocks_change_has_23_or_25_hours():
    with at(SPRING, "00:00:00"):
        spring = seconds_until_midnight()
    with at(AUTUMN, "00:00:00"):
        autumn = seconds_until_midnight()

    assert (spring / 3600, autumn / 3600) == (23, 25)


def test_hour_that_comes_twice_keeps_the_order_of_releases():
    content_id = uuid4()
    first = datetime(2026, 10, 25, 2, 30, tzinfo=COPENHAGEN)

    for fold, title in enumerate(("Før skiftet", "Efter skiftet")):
        with time_machine.travel(first.replace(fold=fold), tick=False):
            publication_log.release_contents([make_draft(title, content_id=content_id)])

    moments = list(Release.objects.order_by("position").values_list("released_at", flat=True))
    assert (moments[1] - moments[0], Window.objects.get().title) == (timedelta(hours=1), "Efter skiftet")
