"""The calendar: parsed back by the library, and held against the lines of RFC 5545."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from cms.api.v1.calendar_text import CalendarEntry, write_calendar
from cms.core.calendar import COPENHAGEN
from cms.publication.calendar_events import CalendarEvent
from cms.publication.models import Release
from tests.api.contents import Loads, day, release
from tests.api.law import build_commencement

LONG = "Ændring af reglerne om ægtefællesammenføring, børn & ældre; førtidspension\\m.v., " * 4


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        yield


def read_events(response):
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def list_summaries(response):
    return [str(event["SUMMARY"]) for event in read_events(response)]


def note(title="Lov", *commencements, **values):
    return release(title=title, type="law-note", commencements=list(commencements), **values)


def test_event_tells_the_commencement(call, vocabularies):
    row = note("Ny lov", build_commencement("2026-12-01", "9 a", "9 b", note="Dog ikke stk. 2"), topics=["work"])

    event = read_events(call("/calendar.ics"))[0]

    released = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert str(event["SUMMARY"]) == "Træder i kraft: Ny lov, § 9 a, § 9 b"
    assert str(event["DESCRIPTION"]) == "Dog ikke stk. 2\n\nEn sætning."
    assert str(event["URL"]) == f"http://testserver{row.path}"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 12, 1), date(2026, 12, 2))
    assert (event.decoded("DTSTAMP"), event.decoded("LAST-MODIFIED")) == (released, released)
    assert event["CATEGORIES"].cats == ["Arbejde"]
    assert (str(event["TRANSP"]), event["SEQUENCE"]) == ("TRANSPARENT", 217_674_000)


def test_every_line_is_folded_escaped_and_ended_as_the_standard_says(call):
    note(LONG, build_commencement("2026-12-01", note="Første linje\nAnden\x0b \x00linje, med; tegn"), summary="")

    response = call("/calendar.ics")

    text = response.content.decode()
    assert response.content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert r"Første linje\nAnden linje\, med\; tegn" in text.replace("\r\n ", "")
    event = read_events(response)[0]
    assert str(event["SUMMARY"]) == f"Træder i kraft: {LONG}"
    assert str(event["DESCRIPTION"]) == "Første linje\nAnden linje, med; tegn"


def test_calendar_without_events_holds_a_component_as_it_must(call):
    calendar = Calendar.from_ical(call("/calendar.ics").content)

    assert [str(part["TZID"]) for part in calendar.subcomponents] == ["Europe/Copenhagen"]


def test_moments_of_other_types_are_written_with_their_time():
    begins = datetime(2027, 3, 28, 13, tzinfo=COPENHAGEN)
    calendar_event = CalendarEvent("meeting", begins, "Netværksmøde", place="Struer", ends=begins + timedelta(hours=2))
    entry = CalendarEntry("uid", calendar_event, "http://testserver/", (), datetime(2027, 1, 1, tzinfo=UTC))

    event = Calendar.from_ical(write_calendar("Videnbro", [entry], url="http://testserver/")).walk("VEVENT")[0]

    assert event.decoded("DTSTART") == datetime(2027, 3, 28, 11, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2027, 3, 28, 13, tzinfo=UTC)
    assert str(event["LOCATION"]) == "Struer"
    assert "TRANSP" not in event


def test_calendar_has_a_name_and_says_when_to_ask_again(call):
    calendar = Calendar.from_ical(call("/calendar.ics").content)

    assert {name: str(calendar[name]) for name in ("VERSION", "METHOD", "NAME", "X-WR-CALNAME")} == {
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "NAME": "Videnbro · Kalender",
        "X-WR-CALNAME": "Videnbro · Kalender",
    }
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in calendar.to_ical()


def test_undated_and_long_past_commencements_are_left_out(call):
    note(
        "Lov",
        *(build_commencement(day_, "1") for day_ in ("2025-11-23", None)),
        *(build_commencement(day_, "2") for day_ in ("2025-11-24", "2030-01-01")),
    )
    note("Anden", build_commencement(None))

    events = read_events(call("/calendar.ics"))

    assert [event.decoded("DTSTART") for event in events] == [date(2025, 11, 24), date(2030, 1, 1)]


def test_acts_and_law_notes_are_chosen_by_type(call):
    note("Lovnyt", build_commencement("2026-12-01"))
    release(
        title="Udlændingeloven",
        short_title="udlændingeloven",
        type="act",
        commencements=[build_commencement("2027-01-01")],
    )
    release(title="Artikel", commencements=[build_commencement("2027-01-01")])

    assert list_summaries(call("/calendar.ics")) == ["Træder i kraft: Lovnyt", "Træder i kraft: udlændingeloven"]
    assert list_summaries(call("/calendar.ics", type="act")) == ["Træder i kraft: udlændingeloven"]
    assert list_summaries(call("/calendar.ics", type="act,law-note")) == [
        "Træder i kraft: Lovnyt",
        "Træder i kraft: udlændingeloven",
    ]


@pytest.mark.parametrize(
    ("parameters", "summaries"),
    [
        ({}, ["Træder i kraft: Alle", "Træder i kraft: Esbjerg"]),
        ({"topic": "work"}, ["Træder i kraft: Alle"]),
        ({"audience": "student"}, ["Træder i kraft: Esbjerg"]),
        ({"municipality": "0751"}, ["Træder i kraft: Alle"]),
        ({"municipality": "0561"}, ["Træder i kraft: Alle", "Træder i kraft: Esbjerg"]),
        ({"locale": "en"}, ["Takes effect: All", "Træder i kraft: Esbjerg"]),
        ({"locale": "en", "fallback": "false"}, ["Takes effect: All"]),
    ],
)
def test_filters_keep_what_is_asked_for(call, vocabularies, parameters, summaries):
    row = note("Alle", build_commencement("2026-12-01"), topics=["work"])
    release(
        row.content_id,
        locale="en",
        type="law-note",
        title="All",
        topics=["work"],
        commencements=[build_commencement("2026-12-01")],
    )
    note("Esbjerg", build_commencement("2026-12-02"), audiences=["student"], municipalities=["0561"])

    assert list_summaries(call("/calendar.ics", **parameters)) == summaries


def test_calendar_shows_only_what_the_caller_may_see(call, network_key, east_key, west_key):
    note("Netværk", build_commencement("2026-12-01"), visibility="network")
    note("Øst", build_commencement("2026-12-02"), visibility="consortium", consortium="east")
    note("Planlagt", build_commencement("2026-12-03"), applies_from=day("2026-12-01"))

    assert list_summaries(call("/calendar.ics")) == []
    assert list_summaries(call("/calendar.ics", key=network_key)) == ["Træder i kraft: Netværk"]
    assert list_summaries(call("/calendar.ics", key=east_key)) == ["Træder i kraft: Netværk", "Træder i kraft: Øst"]
    assert list_summaries(call("/calendar.ics", key=west_key)) == ["Træder i kraft: Netværk"]


def test_moved_commencement_keeps_its_uid_and_counts_up(call):
    row = note("Lov", build_commencement("2026-12-01", "9 a"))
    before = read_events(call("/calendar.ics"))[0]
    with time_machine.travel("2026-11-25T09:00:00Z", tick=False):
        release(row.content_id, title="Lov", type="law-note", commencements=[build_commencement("2027-01-01", "9 a")])
        after = read_events(call("/calendar.ics"))[0]

    assert str(after["UID"]) == str(before["UID"])
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == date(2027, 1, 1)


def test_stale_law_is_told_in_the_next_language(call):
    row = note("Gammel", build_commencement("2026-12-01"))
    release(
        row.content_id,
        locale="en",
        type="law-note",
        title="Old",
        source_version=row.version,
        commencements=[build_commencement("2026-12-01")],
    )
    release(
        row.content_id,
        type="law-note",
        title="Ny",
        significance="substantive",
        commencements=[build_commencement("2027-01-01")],
    )

    assert list_summaries(call("/calendar.ics", locale="en")) == ["Træder i kraft: Ny"]
    assert list_summaries(call("/calendar.ics", locale="en", allow_outdated="true")) == ["Takes effect: Old"]


def test_calendar_is_conditional(call):
    note("Lov", build_commencement("2026-12-01"))
    response = call("/calendar.ics")

    again = call("/calendar.ics", headers={"If-None-Match": response.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert response.headers["Last-Modified"] == "Tue, 24 Nov 2026 09:00:00 GMT"
    assert Release.objects.count() == 1


@pytest.mark.parametrize("query", ["type=article", "limit=5", "as_of=2026-01-01", "topic=nothing", "locale=xx"])
def test_bad_parameters_are_refused(client, vocabularies, query):
    response = client.get(f"/api/v1/calendar.ics?{query}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]


@pytest.mark.parametrize("many", [20, 60])
def test_work_and_length_do_not_grow_with_the_law(call, monkeypatch, many):
    """The nearest events stay: those to come first, then the latest of the past."""
    monkeypatch.setattr("cms.api.v1.views.calendar.MOST_ENTRIES", 12)
    first = date(2026, 11, 24) - timedelta(days=many // 2)
    for number in range(many):
        kind = ("act", "law-note")[number % 2]
        days = [str(first + timedelta(days=number)), "2024-01-01", None]
        release(title=f"Lov {number}", type=kind, commencements=[build_commencement(each) for each in days])

    with CaptureQueriesContext(connection) as queries, Loads() as loads:
        events = read_events(call("/calendar.ics"))

    begins = [event.decoded("DTSTART") for event in events]
    coming = [date(2026, 11, 24) + timedelta(days=number) for number in range(many // 2)][:12]
    past = [date(2026, 11, 24) - timedelta(days=number) for number in range(1, many // 2)]
    assert begins == sorted([*coming, *past[: 12 - len(coming)]])
    assert (len(queries), loads.count) == (4, 12)


def test_document_with_many_days_does_not_lengthen_the_calendar(call, monkeypatch):
    monkeypatch.setattr("cms.api.v1.views.calendar.MOST_ENTRIES", 5)
    note("Lov", *(build_commencement(f"2027-01-{number:02d}", str(number)) for number in range(1, 29)))

    begins = [event.decoded("DTSTART") for event in read_events(call("/calendar.ics"))]

    assert begins == [date(2027, 1, number) for number in range(1, 6)]
