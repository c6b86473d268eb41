"""Cursors of the change feed, conditional reads of it and waiting for it."""

import base64
import threading
import time

import pytest
import time_machine
from django.db import connections
from django.test import Client

from tests.api.contents import release
from tests.api.feeds import take_cursor, tell


def test_cursor_of_another_sight_is_refused(call, network_key, east_key):
    cursor = take_cursor(call)
    theirs = take_cursor(call, key=east_key)

    for given, key in ((cursor, network_key), (theirs, None), (theirs, network_key)):
        response = call("/changes/", cursor=given, key=key)
        assert response.status_code == 400
        assert "snapshot" in response.json()["detail"]


def test_missing_and_forged_cursors_are_refused(call):
    cursor = take_cursor(call)
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    forgeries = []
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        forgeries.append(base64.urlsafe_b64encode(changed).rstrip(b"=").decode())

    for forged in [*forgeries, cursor[:-1], "A" * 60, "A", "Ø", "", "x" * 5000, [cursor, cursor]]:
        assert_snapshot_is_advised(call("/changes/", cursor=forged, wait=5))
    assert_snapshot_is_advised(call("/changes/"))


def assert_snapshot_is_advised(response):
    problem = response.json()
    assert response.status_code == 400
    assert "Take a snapshot" in problem["detail"]
    assert [error["parameter"] for error in problem["errors"]] == ["cursor"]


def test_old_cursor_is_gone(call, settings):
    with time_machine.travel("2026-01-01T12:00:00Z"):
        cursor = take_cursor(call)
    with time_machine.travel("2026-06-29T12:00:00Z"):
        assert call("/changes/", cursor=cursor).status_code == 200
    with time_machine.travel("2026-06-30T12:00:01Z"):
        response = call("/changes/", cursor=cursor)

    assert response.status_code == 410
    assert "snapshot" in response.json()["detail"]


def test_cursors_never_look_alike(call):
    cursor = take_cursor(call)

    assert len({tell(call, cursor)["cursor"] for _number in range(5)}) == 5


def test_unchanged_feed_is_304(call):
    cursor = take_cursor(call)
    first = call("/changes/", cursor=cursor)

    again = call("/changes/", cursor=cursor, headers={"If-None-Match": first.headers["ETag"]})
    release()
    changed = call("/changes/", cursor=cursor, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["ETag"].startswith('W/"')
    assert (again.status_code, changed.status_code) == (304, 200)


def test_wait_ends_without_a_change(call):
    cursor = take_cursor(call)
    began = time.monotonic()

    assert tell(call, cursor, wait=1)["changes"] == []
    assert 1 <= time.monotonic() - began < 2.5


def test_wait_ends_with_the_first_change_in_sight(call, monkeypatch):
    cursor = take_cursor(call)
    paused = []

    def publish_meanwhile(seconds):
        paused.append(seconds)
        release(visibility="network" if len(paused) < 3 else "public")

    monkeypatch.setattr("cms.api.v1.views.changes.time.sleep", publish_meanwhile)
    page = tell(call, cursor, wait=10)

    assert len(page["changes"]) == 1
    assert len(paused) == 3


@pytest.mark.django_db(transaction=True)
def test_no_more_than_two_callers_are_held(call):
    cursor = take_cursor(call)
    answers = []

    def wait():
        began = time.monotonic()
        response = Client().get("/api/v1/changes/", {"cursor": cursor, "wait": 2})
        answers.append((response.status_code, time.monotonic() - began >= 2, response.headers.get("Retry-After")))
        connections.close_all()

    callers = [threading.Thread(target=wait) for _number in range(5)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    turned_away, held = (200, False, "5"), (200, True, None)
    assert sorted(answers, key=str) == [turned_away] * 3 + [held] * 2
    assert "Retry-After" not in call("/changes/", cursor=cursor, wait=1).headers
