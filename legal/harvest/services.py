"""Services of the harvest: recent changes, texts asked for by name, and the daily run of the worker."""

import os
import socket
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.calendar import local_day
from legal.grouping.work_groups import release_pending_texts
from legal.harvest.change_list import fetch_list
from legal.harvest.harvest_queue import HarvestReport, fetch_waiting, store_listed, store_named
from legal.harvest.opening_hours import DAYS_BACK, find_opening, is_open, list_days
from legal.harvest.pace import JITTER, Pace, TurnTakenError, find_shortest_pause
from legal.harvest.source_addresses import parse_eli_uri
from legal.harvest.source_client import SourceClient, SourceError
from legal.models import Expression, HarvestDay, HarvestTurn

STARTER_LIST = Path(__file__).parent.parent / "starter" / "harvest.txt"
AFTER_FAILURE = timedelta(hours=1)
# Harvests of many installations need not all begin at the minute of opening.
SPREAD_SECONDS = 3 * 3600


class ClosedError(Exception):
    """The source is closed; the message says when it opens."""


def build_client(pace_seconds: float = 0.0, sleep: Callable[[float], None] | None = None) -> SourceClient:
    """Build the client of one harvest; ``pace_seconds`` can only lengthen the pause of the settings."""
    seconds = max(find_shortest_pause(), settings.LEGAL_HARVEST_PAUSE_SECONDS, pace_seconds)
    pace = Pace(f"{socket.gethostname()}:{os.getpid()}"[:60], seconds)
    if sleep is not None:
        pace.sleep = sleep
    return SourceClient(pace)


def harvest_changes(client: SourceClient, days: int = DAYS_BACK) -> HarvestReport:
    """Follow the source: ask for the days that are not done, then fetch everything that waits.

    A day is done once it was asked for after it was over, so an interrupted harvest goes on where it stopped.

    Raises:
        ClosedError: outside the hours of the source.
        TurnTakenError: if another harvest is running.
    """
    if not is_open(timezone.now()):
        raise ClosedError(_describe_opening(timezone.now()))
    report = HarvestReport()
    with _turn(client, report):
        report.notes += _describe_gap()
        _list_changes(client, days, report)
        fetch_waiting(client, report)
    return report


def harvest_named(client: SourceClient, eli_uris: Collection[str]) -> HarvestReport:
    """Fetch texts by name. Those that fail wait for the next harvest.

    Raises:
        TurnTakenError: if another harvest is running.
    """
    report = HarvestReport()
    with _turn(client, report):
        store_named(eli_uris)
        fetch_waiting(client, report, eli_uris)
    return report


def list_starter() -> list[str]:
    """List the texts of the starter list that have not been read from the source yet."""
    lines = STARTER_LIST.read_text(encoding="utf-8").splitlines()
    wanted = [parse_eli_uri(line) for line in lines if line and not line.startswith("#")]
    fetched = set(
        Expression.objects.filter(eli_uri__in=wanted).exclude(source_hash="").values_list("eli_uri", flat=True)
    )
    return [eli_uri for eli_uri in wanted if eli_uri not in fetched]


def harvest_daily() -> None:
    """Harvest once a day when it is enabled and due; after a failure again within the hour. For the worker."""
    now = timezone.now()
    next_try = HarvestTurn.objects.filter(pk=1).values_list("next_try_at", flat=True).first()
    if not settings.LEGAL_HARVEST_ENABLED or not is_open(now) or (next_try is not None and next_try > now):
        return
    try:
        report = harvest_changes(build_client())
    except TurnTakenError:
        return
    next_opening = find_opening(timezone.now() + timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
    later = next_opening + timedelta(seconds=JITTER.uniform(0, SPREAD_SECONDS))
    HarvestTurn.objects.filter(pk=1).update(next_try_at=timezone.now() + AFTER_FAILURE if report.problems else later)


@contextmanager
def _turn(client: SourceClient, report: HarvestReport) -> Iterator[None]:
    """Hold the turn; whatever came is grouped and released, however the harvest ends."""
    client.pace.take_turn()
    try:
        yield
    finally:
        try:
            report.imports.released = release_pending_texts()
        finally:
            client.pace.give_turn()


def _list_changes(client: SourceClient, days: int, report: HarvestReport) -> None:
    listed = dict(HarvestDay.objects.values_list("day", "listed_at"))
    for day in list_days(days):
        if day in listed and local_day(listed[day]) > day:
            continue
        call_at = timezone.now() + timedelta(seconds=client.pace.pause_seconds)
        if not is_open(call_at):
            report.problems.append(_describe_opening(call_at))
            return
        asked_at = timezone.now()
        try:
            documents = fetch_list(client, day, report.problems)
        except SourceError as error:
            report.problems.append(str(error))
            return
        report.told += store_listed(documents)
        HarvestDay.objects.update_or_create(day=day, defaults={"listed_at": asked_at})
        report.days.append(day)


def _describe_opening(moment: datetime) -> str:
    opening = find_opening(moment)
    return _("the source is closed; it opens %(day)s at %(time)s Danish time") % {
        "day": opening.date(),
        "time": f"{opening:%H:%M}",
    }


def _describe_gap() -> list[str]:
    """Describe the days that were never asked for and now lie too far back."""
    last = HarvestDay.objects.order_by("-day").first()
    if last is None:
        return []
    missed: date = last.day + timedelta(days=1) if local_day(last.listed_at) > last.day else last.day
    oldest = list_days(DAYS_BACK)[0]
    if missed >= oldest:
        return []
    return [
        _("changes from %(first)s to %(last)s can no longer be asked for; fetch the texts concerned with --eli")
        % {"first": missed, "last": oldest - timedelta(days=1)}
    ]
