"""Cursors of the change feed, and conditional reads of it."""

import base64

import pytest
import time_machine

from tests.api.contents import day, find_newest_text, release, withdraw
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


def test_cursors_of_callers_with_keys_never_look_alike(call, network_key):
    cursor = take_cursor(call, key=network_key)

    assert len({tell(call, cursor, key=network_key)["cursor"] for _number in range(5)}) == 5


def test_cursor_without_a_key_is_the_same_for_all_who_have_seen_the_same(call):
    with time_machine.travel("2026-11-23T08:00:00Z") as clock:
        first = take_cursor(call)
        row = release(visibility="network")
        release(row.content_id, title="Åbent")
        followed = tell(call, first)["cursor"]
        release(visibility="network")
        release(visibility="consortium", consortium="west")
        clock.move_to("2026-11-23T20:00:00Z")

        assert take_cursor(call) == followed == tell(call, followed)["cursor"] == tell(call, first)["cursor"]
        assert followed != first
        clock.move_to("2026-11-24T08:00:00Z")
        next_day = tell(call, followed)["cursor"]

    assert len(next_day) == len(followed)
    assert next_day != followed


def test_cursor_without_a_key_moves_with_every_kind_of_change_it_is_told_of(call):
    cursor, seen = take_cursor(call), set()
    row = release()
    for change in (
        lambda: None,
        lambda: release(row.content_id, title="Rettet"),
        lambda: release(row.content_id, title="Januar", applies_from=day("2999-01-01")),
        lambda: withdraw(row.content_id, version=find_newest_text(row.content_id).version),
        lambda: release(row.content_id, title="Skjult", visibility="network"),
        lambda: release(row.content_id, title="Vist"),
        lambda: withdraw(row.content_id, reason="recalled"),
    ):
        change()
        page = tell(call, cursor)
        assert page["changes"]
        seen.add(page["cursor"])
        assert take_cursor(call) == page["cursor"]
        cursor = page["cursor"]
        assert tell(call, cursor) == {"recalls": [], "changes": [], "cursor": cursor, "more": False}

    assert len(seen) == 7


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_pages_of_equal_callers_are_equal(call, limit):
    cursor = take_cursor(call)
    for _number in range(3):
        release()

    first, second = (call("/changes/", cursor=cursor, limit=limit) for _number in range(2))

    assert (first.content, first.headers["ETag"]) == (second.content, second.headers["ETag"])


def test_page_that_tells_something_may_be_kept_and_an_empty_one_not(call, network_key):
    cursor, theirs = take_cursor(call), take_cursor(call, key=network_key)
    empty = call("/changes/", cursor=cursor)
    release()

    assert empty.headers["Cache-Control"] == "no-cache"
    assert call("/changes/", cursor=cursor).headers["Cache-Control"].startswith("public, max-age=")
    assert call("/changes/", cursor=theirs, key=network_key).headers["Cache-Control"] == "private, no-cache"


def test_unchanged_feed_is_304(call):
    cursor = take_cursor(call)
    first = call("/changes/", cursor=cursor)

    again = call("/changes/", cursor=cursor, headers={"If-None-Match": first.headers["ETag"]})
    release()
    changed = call("/changes/", cursor=cursor, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, changed.status_code) == (304, 200)


def test_unchanged_feed_of_a_caller_with_a_key_is_304_though_its_cursor_is_another(call, network_key):
    cursor = take_cursor(call, key=network_key)
    first = call("/changes/", cursor=cursor, key=network_key)

    again = call("/changes/", cursor=cursor, key=network_key, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["ETag"].startswith('W/"')
    assert again.status_code == 304


def test_wait_is_advised_for_later_where_no_request_can_be_held(call):
    cursor = take_cursor(call)

    waiting, plain = call("/changes/", cursor=cursor, wait=25), call("/changes/", cursor=cursor)
    release()
    told = call("/changes/", cursor=cursor, wait=25)

    assert (waiting.status_code, waiting.headers["Retry-After"]) == (200, "5")
    assert waiting.content == plain.content
    assert "Retry-After" not in {**plain.headers, **told.headers}
