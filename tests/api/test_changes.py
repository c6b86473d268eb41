"""The change feed: what a mirror is told, and what it is never told."""

import json
from uuid import uuid4

import pytest

from cms.publication.log.publication_log import publication_log
from cms.publication.models import JointRelease, Release
from tests.api.contents import day, find_newest, release, withdraw
from tests.api.feeds import shorten, take_cursor, tell


def test_release_is_told_with_its_document(call):
    cursor = take_cursor(call)
    row = find_newest(release().content_id)

    page = tell(call, cursor)

    assert page["changes"] == [
        {
            "kind": "released",
            "reason": None,
            "moved_to": None,
            "id": str(row.content_id),
            "locale": "da",
            "version": row.version,
            "document": json.loads(bytes(row.stored_body.body)),
        }
    ]
    assert (page["recalls"], page["more"]) == ([], False)
    assert tell(call, page["cursor"])["changes"] == []


def test_superseded_release_is_not_told(call):
    cursor = take_cursor(call)
    row = release()
    last = release(row.content_id, title="Rettet")

    assert shorten(tell(call, cursor)) == [("released", None, str(row.content_id), last.version)]


def test_planned_release_is_told_ahead(call):
    cursor = take_cursor(call)
    row = release(applies_from=day("2999-01-01"))

    assert shorten(tell(call, cursor)) == [("released", None, str(row.content_id), row.version)]


def test_ended_text_is_told_since_nothing_may_come_back(call):
    row = release(applies_from=day("2026-01-01"))
    cursor = take_cursor(call)
    last = release(row.content_id, title="Til påske", applies_from=day("2026-02-01"), applies_until=day("2026-03-01"))

    assert shorten(tell(call, cursor)) == [("released", None, str(row.content_id), last.version)]


def test_withdrawal_is_told_for_all_versions(call):
    row, target = release(), uuid4()
    cursor = take_cursor(call)
    withdraw(row.content_id, reason="moved", moved_to=target)

    page = tell(call, cursor)

    assert shorten(page) == [("withdrawn", "moved", str(row.content_id), None)]
    assert page["changes"][0]["moved_to"] == str(target)


def test_withdrawal_is_told_with_its_explanation(call):
    row = release(change_note="Ny frist")
    cursor = take_cursor(call)
    withdraw(row.content_id, reason="recalled", explanation="Fristen var forkert.")

    page = tell(call, cursor)

    assert [change["explanation"] for change in page["changes"]] == ["Fristen var forkert."]


def test_hidden_text_is_told_without_its_change_note(call):
    row = release()
    cursor = take_cursor(call)
    release(row.content_id, visibility="network", change_note="Kun for netværket")

    page = tell(call, cursor)

    assert [(change["reason"], change["explanation"]) for change in page["changes"]] == [("hidden", None)]


def test_cancelled_plan_is_told_by_version(call):
    row = release()
    planned = release(row.content_id, title="Januar", applies_from=day("2999-01-01"))
    cursor = take_cursor(call)
    withdraw(row.content_id, version=planned.version)

    assert shorten(tell(call, cursor)) == [("withdrawn", "gone", str(row.content_id), planned.version)]


def test_recall_of_what_the_mirror_never_had_takes_what_it_superseded(call):
    row = release(applies_from=day("2026-01-01"))
    planned = release(row.content_id, title="Januar", applies_from=day("2999-01-01"))
    cursor = take_cursor(call)
    wrong = release(row.content_id, title="Forkert", applies_from=day("2026-02-01"))
    withdraw(row.content_id, version=wrong.version, reason="recalled")

    page = tell(call, cursor)

    assert shorten(page) == [
        ("withdrawn", "recalled", str(row.content_id), None),
        ("released", None, str(row.content_id), planned.version),
    ]
    assert page["recalls"] == [{"id": str(row.content_id), "locale": "da", "version": wrong.version}]


def test_recalls_name_versions_beyond_the_page(call):
    row = release()
    again = release(row.content_id, title="Rettet")
    cursor = take_cursor(call)
    for _number in range(3):
        release()
    withdraw(row.content_id, reason="recalled")

    page = tell(call, cursor, limit=1)

    assert page["more"]
    assert {entry["version"] for entry in page["recalls"]} == {row.version, again.version}


def test_pages_in_commit_order_hold_everything_once(call):
    cursor = take_cursor(call)
    ids = [str(release().content_id) for _number in range(7)]
    seen, sizes = [], []
    while True:
        page = tell(call, cursor, limit=3)
        seen += [entry["id"] for entry in page["changes"]]
        sizes.append(len(page["changes"]))
        cursor = page["cursor"]
        if not page["more"]:
            break

    assert seen == ids
    assert sizes == [3, 3, 1]


def test_what_leaves_sight_is_hidden_once_and_then_silent(call, network_key):
    row = release()
    cursor = take_cursor(call)
    members_cursor = take_cursor(call, key=network_key)
    release(row.content_id, visibility="network", title="Internt")
    release(row.content_id, visibility="network", title="Internt igen")

    page = tell(call, cursor)

    assert shorten(page) == [("withdrawn", "hidden", str(row.content_id), None)]
    assert [entry["kind"] for entry in tell(call, members_cursor, key=network_key)["changes"]] == ["released"]
    release(row.content_id, visibility="network", title="Stadig internt")
    withdraw(row.content_id)
    assert tell(call, page["cursor"])["changes"] == []


def test_what_comes_back_into_sight_is_released(call):
    row = release()
    release(row.content_id, visibility="network", title="Internt")
    cursor = take_cursor(call)
    back = release(row.content_id, title="Åbent")

    assert shorten(tell(call, cursor)) == [("released", None, str(row.content_id), back.version)]


def test_what_leaves_the_selection_is_hidden(call, vocabularies):
    row = release(audiences=["student"])
    cursor = take_cursor(call, audience="student")
    release(row.content_id, audiences=["eu-citizen"])
    release(audiences=["eu-citizen"])

    assert shorten(tell(call, cursor)) == [("withdrawn", "hidden", str(row.content_id), None)]


def test_selection_by_language_type_and_municipality(call, vocabularies):
    cursor = take_cursor(call, locale="da,en", type="article", municipality="0751")
    own = release(municipalities=["0751"])
    everywhere = release()
    release(municipalities=["0561"])
    release(type="guide")
    release(own.content_id, locale="pl", municipalities=["0751"])

    assert {entry["id"] for entry in tell(call, cursor)["changes"]} == {str(own.content_id), str(everywhere.content_id)}
    assert all(entry["locale"] == "da" for entry in tell(call, cursor)["changes"])


def test_acts_are_told_only_when_asked_for(call):
    plain, acts = take_cursor(call), take_cursor(call, type="act")
    release(type="act")

    assert tell(call, plain)["changes"] == []
    assert len(tell(call, acts)["changes"]) == 1


def test_hidden_activity_leaves_no_trace(call, east_key):
    cursor = take_cursor(call)
    for number in range(120):
        row = release(visibility="consortium", consortium="west", title=f"Hemmelig {number}")
    withdraw(row.content_id, reason="recalled")

    for key in (None, east_key):
        mine = take_cursor(call, key=key) if key else cursor
        page = tell(call, mine, key=key, limit=1)
        assert (page["changes"], page["recalls"], page["more"]) == ([], [], False)
        assert len(page["cursor"]) == len(mine)


def test_recall_of_a_version_that_was_never_in_sight_is_not_named(call):
    row = release(visibility="network")
    release(row.content_id, title="Åbent")
    cursor = take_cursor(call)
    withdraw(row.content_id, reason="recalled")

    versions = {entry["version"] for entry in tell(call, cursor)["recalls"]}

    assert row.version not in versions
    assert find_newest(row.content_id).version in versions


@pytest.mark.parametrize("count", [1, 40])
def test_number_of_queries_does_not_grow(call, django_assert_num_queries, count):
    rows = [release() for _number in range(count)]
    cursor = take_cursor(call)
    for row in rows:
        release(row.content_id, title=f"Ny {row.version}")
    withdraw(rows[0].content_id, reason="recalled")
    release()

    with django_assert_num_queries(7):
        tell(call, cursor)
    cursor = tell(call, cursor)["cursor"]
    with django_assert_num_queries(2):
        tell(call, cursor)


def test_replayed_changes_give_what_a_snapshot_holds(call):
    cursor = take_cursor(call)
    first = release(applies_from=day("2026-01-01"))
    release(first.content_id, locale="en")
    release(first.content_id, title="Januar", applies_from=day("2999-01-01"))
    second = release()
    withdraw(second.content_id)
    release(second.content_id, title="Tilbage")
    held = {}
    while True:
        page = tell(call, cursor, limit=2)
        for change in page["changes"]:
            key = (change["id"], change["locale"])
            if change["kind"] == "released":
                held.setdefault(key, {})[change["version"]] = change["document"]
            elif change["version"] is None:
                held.pop(key, None)
            else:
                held.get(key, {}).pop(change["version"], None)
        cursor = page["cursor"]
        if not page["more"]:
            break

    lines = b"".join(call("/snapshot/").streaming_content).splitlines()[1:]
    wanted = {document["version"] for document in map(json.loads, lines)}
    assert wanted <= {version for versions in held.values() for version in versions}
    assert Release.objects.count() > len(wanted)


def test_page_is_never_cut_within_what_came_out_in_one_go(call):
    cursor = take_cursor(call)
    before = release()
    with publication_log.appending_jointly():
        joint = [release() for _index in range(4)]
    after = release()

    pages = [tell(call, cursor, limit=2)]
    while pages[-1]["more"]:
        pages.append(tell(call, pages[-1]["cursor"], limit=2))

    told = [[version for _kind, _reason, _id, version in shorten(page)] for page in pages]
    assert told == [[before.version, *(row.version for row in joint)], [after.version]]


@pytest.mark.django_db
def test_rows_that_came_out_in_one_go_have_one_moment_and_one_range():
    with publication_log.appending_jointly(), publication_log.appending_jointly():
        rows = [release(), release()]

    assert len({row.released_at for row in rows}) == 1
    assert list(JointRelease.objects.values_list("first_position", "last_position")) == [
        (rows[0].position, rows[-1].position)
    ]


@pytest.mark.django_db
def test_nothing_in_one_go_leaves_no_range():
    with publication_log.appending_jointly():
        pass

    assert not JointRelease.objects.exists()
