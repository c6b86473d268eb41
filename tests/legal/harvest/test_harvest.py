"""The harvest against a server that behaves like the source, its rules and its troubles included."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from legal.harvest import source_client as harvest_client
from legal.harvest.harvest_queue import MAX_ATTEMPTS
from legal.harvest.pace import LONGEST_BACKOFF_SECONDS, Pace, TurnTakenError
from legal.harvest.services import (
    ClosedError,
    build_client,
    harvest_changes,
    harvest_daily,
    harvest_named,
    list_starter,
)
from legal.harvest.source_client import SourceClient
from legal.models import (
    Expression,
    HarvestDay,
    HarvestDocument,
    HarvestTurn,
    LawChange,
    Provision,
    SourceDeviation,
    SourceSnapshot,
)
from tests.legal.acts import build_commencement, build_line, build_section, import_lines
from tests.legal.harvest.harvest_server import Source, running_source
from tests.legal.lexdania.lexdania_documents import build_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
PATH = "/eli/lta/2025/1183"
ELI = "https://www.retsinformation.dk/eli/lta/2025/1183"
OTHER = "/eli/lta/2025/1184"


def build_act(number: int = 1183, text: str = "Alle må ånde.", **changes: Any) -> dict[str, Any]:
    sections = [build_section("1", text), build_commencement("2", "1. oktober 1983")]
    return build_line("LBK", number, "2025-09-25", f"Bekendtgørelse af lov om luft {number}", sections, **changes)


def build_xml(number: int = 1183, text: str = "Alle må ånde.", **meta: str | None) -> bytes:
    return build_document(build_act(number, text), **meta)


@dataclass
class World:
    """The source, and the time that only sleeping moves."""

    source: Source
    traveller: Any
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.traveller.shift(seconds)

    def build_client(self, pace: float = 0.0) -> SourceClient:
        return build_client(pace, self.sleep)


@pytest.fixture
def world() -> Iterator[World]:
    with (
        running_source() as source,
        override_settings(
            LEGAL_HARVEST_API_URL=f"{source.url}/v1/Documents",
            LEGAL_HARVEST_SOURCE_URL=source.url,
            LEGAL_HARVEST_HOSTS=["127.0.0.1"],
            LEGAL_HARVEST_PAUSE_SECONDS=10.0,
        ),
        time_machine.travel(NOON, tick=False) as traveller,
    ):
        yield World(source, traveller)


def test_changes_are_listed_day_by_day_and_fetched_at_the_allowed_pace(world: World) -> None:
    world.source.add(TODAY - timedelta(days=3), PATH, build_xml())

    report = harvest_changes(world.build_client())

    days = [TODAY - timedelta(days=back) for back in range(10, -1, -1)]
    assert world.source.asked == [f"/v1/Documents?date={day}" for day in days] + [f"{PATH}/xml"]
    assert (report.days, report.told, report.fetched, report.problems, report.waiting) == (days, 1, 1, [], 0)
    gaps = [later - earlier for earlier, later in zip(world.source.moments, world.source.moments[1:], strict=False)]
    assert set(gaps) == {timedelta(seconds=10)}
    assert Expression.objects.get().work is not None
    assert {entry["User-Agent"] for entry in world.source.headers} == {"Videnbro (+http://testserver)"}


def test_snapshot_is_kept_with_its_hash_and_time_and_only_when_the_bytes_are_new(world: World) -> None:
    for content in (build_xml(), build_xml(), build_xml(Ministry="Luftministeriet")):
        world.source.add(TODAY, PATH, content)
        harvest_named(world.build_client(), [ELI])

    kept = list(SourceSnapshot.objects.order_by("retrieved_at"))
    assert [gzip.decompress(bytes(entry.body)) for entry in kept] == [
        build_xml(),
        build_xml(Ministry="Luftministeriet"),
    ]
    assert {entry.eli_uri for entry in kept} == {ELI}
    assert (kept[0].url, kept[0].media_type) == (f"{world.source.url}{PATH}/xml", "application/xml")
    assert kept[-1].sha256 == Expression.objects.get().source_hash


def test_next_harvest_goes_on_where_the_last_one_stopped(world: World) -> None:
    harvest_changes(world.build_client())
    world.source.asked.clear()
    world.traveller.move_to(NOON + timedelta(days=2))

    report = harvest_changes(world.build_client())

    # The day of the last harvest was not over yet when it was asked for.
    assert report.days == [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2)]


def test_interrupted_harvest_is_completed_by_the_next(world: World) -> None:
    for number, path in ((1183, PATH), (1184, OTHER)):
        world.source.add(TODAY, path, build_xml(number))
    client = world.build_client()

    def stop(seconds: float) -> None:
        world.sleep(seconds)
        if any(entry.endswith("/xml") for entry in world.source.asked):
            raise KeyboardInterrupt

    client.pace.sleep = stop
    with pytest.raises(KeyboardInterrupt):
        harvest_changes(client, days=0)
    assert (Expression.objects.get().number, Expression.objects.filter(is_pending=True).count()) == (1183, 0)
    world.source.asked.clear()

    harvest_changes(world.build_client(), days=0)

    assert world.source.asked == [f"/v1/Documents?date={TODAY}", f"{OTHER}/xml"]
    assert sorted(Expression.objects.values_list("number", flat=True)) == [1183, 1184]


def test_change_that_was_fetched_is_not_fetched_again_and_a_later_one_is(world: World) -> None:
    world.source.add(TODAY, PATH, build_xml(), moment="08:15:00")
    world.source.add(TODAY, OTHER, build_xml(1184))
    harvest_changes(world.build_client(), days=0)
    world.source.asked.clear()

    harvest_changes(world.build_client(), days=0)
    same = list(world.source.asked)
    world.source.add(TODAY, PATH, build_xml(text="Ingen må ånde."), reason="DocumentContentChanged", moment="13:00:00")
    world.traveller.shift(timedelta(hours=2))
    harvest_changes(world.build_client(), days=0)
    changed = world.source.asked[len(same) :]
    world.traveller.move_to(NOON + timedelta(days=1))
    harvest_changes(world.build_client(), days=1)
    next_day = world.source.asked[len(same) + len(changed) :]

    listing = f"/v1/Documents?date={TODAY}"
    assert same == [listing]
    assert changed == [listing, f"{PATH}/xml"]
    # Of the other text only the day is known, so it is fetched once more when the day is over.
    assert next_day == [listing, f"/v1/Documents?date={TODAY + timedelta(days=1)}", f"{OTHER}/xml"]


def test_source_that_moved_is_recorded_and_told(
    world: World, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    import_lines(tmp_path, build_act())
    stored = Expression.objects.get().text_hash
    world.source.add(TODAY, PATH, build_xml(text="Ingen må ånde."), reason="DocumentContentChanged")

    report = harvest_changes(world.build_client(), days=0)

    found = Expression.objects.get().text_hash
    assert [(moved.eli_uri, moved.stored_hash, moved.found_hash) for moved in report.imports.moved] == [
        (ELI, stored, found)
    ]
    deviation = SourceDeviation.objects.get()
    assert (deviation.stored_hash, deviation.found_hash) == (stored, found)
    assert LawChange.objects.get().sections == {"1": "changed"}
    assert Provision.objects.get(section="1").text == "§ 1. Ingen må ånde."


def test_text_imported_from_lines_is_no_move_when_only_blanks_differ(world: World, tmp_path: Any) -> None:
    import_lines(tmp_path, build_act(text="Udledning af CO 2 er fri."))
    world.source.add(TODAY, PATH, build_xml(text="Udledning af CO2 er fri."))

    report = harvest_changes(world.build_client(), days=0)

    assert (dict(report.imports.outcomes), SourceDeviation.objects.count()) == ({"text respelled": 1}, 0)


def test_removed_text_is_kept_and_marked(world: World) -> None:
    world.source.add(TODAY, PATH, build_xml())
    harvest_changes(world.build_client(), days=0)
    world.source.changes.clear()
    world.source.add(TODAY, PATH, None, reason="RemovedDocument")
    world.source.add(TODAY, OTHER, None, reason="RemovedDocument")
    world.source.asked.clear()

    report = harvest_changes(world.build_client(), days=0)

    expression = Expression.objects.get()
    assert (report.removed, report.problems, report.waiting) == ([ELI], [], 0)
    assert (expression.source_status, expression.ended_on, expression.is_pending) == ("removed", TODAY, False)
    assert Provision.objects.count() == 2
    assert world.source.asked == [f"/v1/Documents?date={TODAY}"]


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 11, 24, 22, 45, tzinfo=UTC), "2026-11-25 at 03:00"),
        (datetime(2026, 11, 24, 1, 59, tzinfo=UTC), "2026-11-24 at 03:00"),
        (datetime(2026, 7, 1, 21, 45, tzinfo=UTC), "2026-07-02 at 03:00"),
        (datetime(2026, 7, 1, 0, 59, tzinfo=UTC), "2026-07-01 at 03:00"),
    ],
)
def test_closed_source_is_not_asked_and_its_opening_is_told(world: World, moment: datetime, told: str) -> None:
    world.traveller.move_to(moment)

    with pytest.raises(ClosedError, match=told):
        harvest_changes(world.build_client())

    assert world.source.asked == []


def test_source_that_closes_meanwhile_is_left_alone_and_what_waits_is_fetched(world: World) -> None:
    world.traveller.move_to(datetime(2026, 11, 24, 22, 44, 45, tzinfo=UTC))
    world.source.add(TODAY - timedelta(days=10), PATH, build_xml())

    report = harvest_changes(world.build_client())

    assert len(report.days) == 2
    assert (report.fetched, "it opens 2026-11-25 at 03:00" in report.problems[0]) == (1, True)


def test_pace_holds_from_one_run_to_the_next(world: World) -> None:
    harvest_changes(world.build_client(), days=0)
    harvest_changes(world.build_client(), days=0)

    assert world.source.moments[1] - world.source.moments[0] == timedelta(seconds=10)


def test_pace_may_be_lengthened_only(world: World) -> None:
    assert (world.build_client(25).pace.pause_seconds, world.build_client(1).pace.pause_seconds) == (25, 10)
    with override_settings(
        LEGAL_HARVEST_API_URL="https://api.retsinformation.dk/v1/Documents", LEGAL_HARVEST_PAUSE_SECONDS=1
    ):
        assert world.build_client(2).pace.pause_seconds == 10


def test_second_harvest_at_the_same_time_is_refused(world: World) -> None:
    other = Pace("elsewhere:1", 10, world.sleep)
    other.take_turn()

    with pytest.raises(TurnTakenError):
        harvest_changes(world.build_client())
    world.traveller.shift(timedelta(minutes=16))

    assert harvest_changes(world.build_client(), days=0).problems == []


@pytest.mark.parametrize("trouble", [500, 503, 429, (429, {"Retry_After": "60"}), "break off"])
def test_passing_trouble_is_waited_out(world: World, trouble: Any) -> None:
    world.source.add(TODAY, PATH, build_xml())
    world.source.troubles[f"{PATH}/xml"].extend([trouble, trouble])

    report = harvest_changes(world.build_client(), days=0)

    assert (report.fetched, report.problems) == (1, [])
    waits = [seconds for seconds in world.slept if seconds != 10]
    lowest = 60 if isinstance(trouble, tuple) else 10
    assert lowest <= waits[0] <= lowest * 1.5
    assert max(lowest, 20) <= waits[1] <= max(lowest, 20) * 1.5


def test_stalling_source_is_asked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvest_client, "TIMEOUT_SECONDS", 0.2)
    world.source.add(TODAY, PATH, build_xml())
    world.source.troubles[f"{PATH}/xml"].append("stall")

    report = harvest_changes(world.build_client(), days=0)

    assert (report.fetched, report.problems) == (1, [])


def test_answer_that_never_ends_is_cut_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legal.harvest.harvest_queue.MAX_BYTES", 5_000_000)
    world.source.add(TODAY, PATH, build_xml())
    world.source.troubles[f"{PATH}/xml"].append("endless")

    report = harvest_changes(world.build_client(), days=0)

    assert (report.fetched, "longer than 4 MB" in report.problems[0]) == (0, True)


def test_answer_that_trickles_is_cut_off(world: World) -> None:
    world.source.add(TODAY, PATH, build_xml())
    client = world.build_client()
    ticks = iter(range(0, 100_000, 200))
    client.clock = lambda: float(next(ticks))

    report = harvest_named(client, [ELI])

    assert (report.fetched, "takes too long" in report.problems[0]) == (0, True)


def test_back_off_has_an_end(world: World) -> None:
    HarvestTurn.objects.create(pk=1)
    pace = Pace("here", 10, world.sleep)

    pace.back_off(20)
    pace.back_off(0, asked_seconds=LONGEST_BACKOFF_SECONDS + 100)

    assert world.slept == [LONGEST_BACKOFF_SECONDS, LONGEST_BACKOFF_SECONDS + 100]


def test_source_that_asks_to_be_left_alone_for_long_is_not_asked_again_in_this_run(world: World) -> None:
    world.source.add(TODAY, PATH, build_xml())
    world.source.troubles[f"{PATH}/xml"].append((503, {"Retry_After": "7200"}))

    report = harvest_changes(world.build_client(), days=0)

    assert (report.fetched, "503" in report.problems[0]) == (0, True)
    assert max(world.slept, default=0) <= 10


def test_day_from_which_the_source_may_be_asked_again_is_waited_for(world: World) -> None:
    moment = timezone.now() + timedelta(seconds=90)
    world.source.add(TODAY, PATH, build_xml())
    world.source.troubles[f"{PATH}/xml"].append((503, {"Retry_After": format_datetime(moment, usegmt=True)}))

    report = harvest_changes(world.build_client(), days=0)

    assert (report.fetched, report.problems) == (1, [])
    assert 75 <= max(world.slept) <= 90


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (404, "answers 404: trouble"),
        ("html", "answers text/html"),
        ((302, {"Location": "http://localhost/eli/x"}), "localhost is no host of the source"),
        ((302, {"Location": "file:///etc/hostname"}), "is no host of the source"),
        ((301, {"Location": "https://evil.example/eli/lta/2025/1183/xml"}), "evil.example is no host of the source"),
        ((302, {"Location": "ftp://127.0.0.1/x"}), "only https is"),
    ],
)
def test_failing_document_waits_for_the_next_harvest_and_holds_up_nobody(
    world: World, trouble: Any, reason: str
) -> None:
    world.source.add(TODAY, PATH, build_xml())
    world.source.add(TODAY, OTHER, build_xml(1184))
    world.source.troubles[f"{PATH}/xml"].append(trouble)

    first = harvest_changes(world.build_client(), days=0)
    waiting = HarvestDocument.objects.get(done_at__isnull=True)
    second = harvest_changes(world.build_client(), days=0)

    assert (first.fetched, first.waiting, len(first.problems), reason in first.problems[0]) == (1, 1, 1, True)
    assert (waiting.eli_uri, waiting.attempts, reason in waiting.last_error) == (ELI, 1, True)
    assert (second.waiting, second.problems) == (0, [])
    assert sorted(Expression.objects.values_list("number", flat=True)) == [1183, 1184]


def test_redirect_inside_the_source_is_followed(world: World) -> None:
    world.source.add(TODAY, PATH, build_xml())
    world.source.documents["/eli/moved/xml"] = build_xml()
    world.source.troubles[f"{PATH}/xml"].append((302, {"Location": "/eli/moved/xml"}))

    report = harvest_changes(world.build_client(), days=0)

    assert (report.fetched, SourceSnapshot.objects.get().url) == (1, f"{world.source.url}/eli/moved/xml")


def test_redirects_without_end_are_left(world: World) -> None:
    world.source.add(TODAY, PATH, build_xml())
    world.source.troubles[f"{PATH}/xml"].extend([(302, {"Location": f"{PATH}/xml"})] * 4)

    report = harvest_changes(world.build_client(), days=0)

    assert "more than 3 redirects" in report.problems[0]


@pytest.mark.parametrize(
    "content",
    [
        build_xml()[:1000],
        build_xml(Number="1184"),
        b'<!DOCTYPE Dokument [<!ENTITY a "ha">]><Dokument>&a;</Dokument>',
        build_xml(text="For 010203-1234 gælder."),
    ],
)
def test_document_that_is_refused_leaves_nothing_behind(world: World, content: bytes) -> None:
    world.source.add(TODAY, PATH, content)

    report = harvest_changes(world.build_client(), days=0)

    assert (len(report.problems), report.waiting) == (1, 1)
    assert not Expression.objects.exists()
    assert not SourceSnapshot.objects.exists()


def test_document_that_keeps_failing_is_given_up_and_taken_up_when_it_changes(world: World) -> None:
    world.source.add(TODAY, PATH, build_xml()[:1000])
    harvest_changes(world.build_client(), days=0)
    HarvestDocument.objects.update(attempts=MAX_ATTEMPTS - 1)
    world.source.changes.clear()

    last = harvest_changes(world.build_client(), days=0)
    silent = harvest_changes(world.build_client(), days=0)
    world.source.add(TODAY, PATH, build_xml(), moment="11:30:00")
    changed = harvest_changes(world.build_client(), days=0)

    assert last.problems[0].endswith("(given up)")
    assert (silent.problems, silent.fetched, changed.fetched) == ([], 0, 1)


def test_source_out_of_reach_ends_the_harvest_early(world: World) -> None:
    for number in range(1, 9):
        world.source.add(TODAY, f"/eli/lta/2025/{number}", build_xml(number))
        world.source.troubles[f"/eli/lta/2025/{number}/xml"].extend([503] * 4)

    report = harvest_changes(world.build_client(), days=0)

    assert (report.fetched, report.waiting) == (0, 8)
    assert report.problems[-1] == "the source is out of reach; the rest waits for the next time"
    assert len(world.source.asked) == 1 + 5 * 4


def test_list_that_fails_leaves_the_day_for_the_next_harvest(world: World) -> None:
    world.source.troubles["/v1/Documents"].extend([None, None, 500, 500, 500, 500])

    first = harvest_changes(world.build_client())
    second = harvest_changes(world.build_client())

    assert (len(first.days), len(first.problems)) == (2, 1)
    assert second.days == [TODAY - timedelta(days=back) for back in range(8, -1, -1)]


@pytest.mark.parametrize("body", [b"{}", b"[", b'"x"'])
def test_list_that_is_none_is_told(world: World, body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = harvest_client.SourceAnswer(world.source.url, body, "application/json")
    monkeypatch.setattr(SourceClient, "get", lambda self, url, media_types, max_bytes: answer)

    report = harvest_changes(world.build_client(), days=0)

    assert (report.days, len(report.problems)) == ([], 1)


def test_entry_without_an_address_is_asked_for_by_accession_number_or_told(world: World) -> None:
    world.source.add(
        TODAY, "/eli/accn/A20250118329", build_xml(AccessionNumber="A20250118329"), accession="A20250118329"
    )
    world.source.changes[TODAY][0]["href"] = None
    world.source.changes[TODAY].append({"href": "https://evil.example/eli/lta/2025/1"})

    report = harvest_changes(world.build_client(), days=0)

    assert Expression.objects.get().eli_uri == ELI
    assert len(report.problems) == 1
    assert "evil.example" in report.problems[0]


def test_days_that_lie_too_far_back_are_told(world: World) -> None:
    harvest_changes(world.build_client())
    world.traveller.move_to(NOON + timedelta(days=20))

    report = harvest_changes(world.build_client())

    assert report.notes == [
        "changes from 2026-11-24 to 2026-12-03 can no longer be asked for; fetch the texts concerned with --eli"
    ]
    assert (len(report.days), report.problems) == (11, [])


def test_named_texts_are_fetched_whatever_the_hour(world: World) -> None:
    world.traveller.move_to(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    world.source.add(TODAY, PATH, build_xml())

    report = harvest_named(world.build_client(), [ELI])

    assert (report.fetched, world.source.asked) == (1, [f"{PATH}/xml"])


def test_starter_list_names_texts_and_leaves_out_what_is_there(world: World) -> None:
    wanted = list_starter()
    world.source.add(TODAY, PATH, build_xml())
    harvest_named(world.build_client(), [ELI])

    assert len(wanted) == 25
    assert set(wanted) - set(list_starter()) == {ELI}


@pytest.mark.parametrize(
    "text", ["lta/2025/1183", "eli/lta/2025/1183", f"{ELI}/xml", "https://retsinformation.dk/eli/lta/2025/1183"]
)
def test_command_takes_a_text_in_any_spelling(
    world: World, text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.source.add(TODAY, PATH, build_xml())
    monkeypatch.setattr("time.sleep", world.sleep)

    call_command("legal_harvest", "--eli", text)

    assert "fetched: 1 (1 new), snapshots kept: 1, releases: 1." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--eli", "udlændingeloven"], "names no text"),
        (["--eli", "https://evil.example/eli/lta/2025/1183"], "names no text"),
        (["--days", "11"], "10 days at most"),
        (["--days", "-1"], "10 days at most"),
    ],
)
def test_command_refuses_what_the_source_would(world: World, arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command("legal_harvest", *arguments)

    assert world.source.asked == []


def test_command_exits_with_an_error_when_something_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", world.sleep)

    with pytest.raises(CommandError, match="1 problems; 1 documents wait"):
        call_command("legal_harvest", "--eli", "lta/2025/1183")


def test_daily_run_happens_once_a_day_when_enabled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", world.sleep)
    harvest_daily()
    assert world.source.asked == []

    with override_settings(LEGAL_HARVEST_ENABLED=True):
        harvest_daily()
        first = len(world.source.asked)
        harvest_daily()
        world.traveller.move_to(datetime(2026, 11, 25, 6, 0, tzinfo=UTC))
        harvest_daily()

    assert (first, len(world.source.asked)) == (11, 13)


def test_daily_run_tries_again_within_the_hour_after_a_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", world.sleep)
    world.source.troubles["/v1/Documents"].extend([500] * 4)

    with override_settings(LEGAL_HARVEST_ENABLED=True):
        harvest_daily()
        harvest_daily()
        failed = len(world.source.asked)
        world.traveller.shift(timedelta(hours=1, minutes=1))
        harvest_daily()

    assert (failed, HarvestDay.objects.count()) == (4, 11)
