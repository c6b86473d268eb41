"""Callers who wait for changes keep nobody waiting, and are told of what they may see."""

import asyncio
import signal
import time

import pytest

from tests.faults.stores import Database

pytestmark = pytest.mark.slow

WAITERS = 300
CONNECTIONS = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
STATES = f"SELECT DISTINCT state FROM {CONNECTIONS}"
MOST_HELD = 5


@pytest.fixture(params=["served", pytest.param("served_on_postgresql", marks=pytest.mark.postgresql)])
def site(request):
    """A site on either database."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def small_site(served):
    """A site that holds few requests."""
    site = served.serve_again(SERVE_MOST_HELD=str(MOST_HELD))
    yield site
    site.end_server()


async def hold(site, count, path, **options):
    """Let callers wait; returns them once documents are answered, which is after all of them have been heard."""
    waiters = [asyncio.create_task(site.request(path, **options)) for _number in range(count)]
    for _number in range(5):
        await site.request("/api/v1/documents/")
    await asyncio.sleep(1)
    return waiters


def changes(cursor, wait):
    return f"/api/v1/changes/?cursor={cursor}&wait={wait}"


def test_readers_are_answered_while_hundreds_wait_and_news_reaches_them_all(site):
    document = site.tell(title="Før")
    cursor = site.take_cursor()

    async def walk():
        waiters = await hold(site, WAITERS, changes(cursor, 25))
        paths = [
            "/livez",
            f"/api/v1/documents/{document}/",
            "/api/v1/documents/?limit=1",
            "/da/",
            "/api/v1/search/?q=a",
        ]
        read = [(await site.request(path)).status for path in paths * 20]
        waiting = sum(not waiter.done() for waiter in waiters)
        newest = await asyncio.to_thread(site.tell, title="Efter")
        return read, waiting, newest, await asyncio.gather(*waiters)

    read, waiting, newest, answers = asyncio.run(walk())

    assert set(read[::5] + read[1::5] + read[2::5] + read[4::5]) == {200}
    assert waiting == WAITERS
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert [change["id"] for change in answers[0].value["changes"]] == [newest]
    assert all("retry-after" not in answer.headers for answer in answers)


def test_only_what_a_caller_sees_ends_its_wait(site):
    key = site.tell(scopes=["read:network"])
    cursors = site.take_cursor(), site.take_cursor(key=key)

    async def walk():
        anyone = await hold(site, 3, changes(cursors[0], 20))
        member = await hold(site, 3, changes(cursors[1], 20), key=key)
        guides = await hold(site, 1, changes((await asyncio.to_thread(take_guide_cursor, site)), 20))
        hidden = await asyncio.to_thread(site.tell, title="Internt", visibility="network")
        told = await asyncio.gather(*member)
        await asyncio.sleep(1)
        undisturbed = [not waiter.done() for waiter in (*anyone, *guides)]
        shown = await asyncio.to_thread(site.tell, title="Åbent")
        seen = await asyncio.gather(*anyone)
        guide = await asyncio.to_thread(site.tell, title="Guide", type="guide")
        return hidden, told, undisturbed, shown, seen, guide, await guides[0]

    hidden, told, undisturbed, shown, seen, guide, read = asyncio.run(walk())

    assert [[change["id"] for change in answer.value["changes"]] for answer in told] == [[hidden]] * 3
    assert undisturbed == [True] * 4
    assert [[change["id"] for change in answer.value["changes"]] for answer in seen] == [[shown]] * 3
    assert [change["id"] for change in read.value["changes"]] == [guide]


def take_guide_cursor(site):
    answer = site.ask("/api/v1/snapshot/?type=guide")
    return answer.body.split(b'"cursor":"')[1].split(b'"')[0].decode()


def test_wait_ends_without_news_when_its_time_is_up(site):
    cursor = site.take_cursor()
    began = time.monotonic()

    answer = site.ask(changes(cursor, 1))

    assert time.monotonic() - began >= 1
    assert (answer.status, answer.value["changes"], "retry-after" in answer.headers) == (200, [], False)
    tag = answer.headers["etag"]
    again = site.ask(changes(cursor, 1), headers=[f"If-None-Match: {tag}"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize(
    ("query", "key", "status"),
    [
        ("wait=25", None, 400),
        ("cursor=x&wait=25", None, 400),
        ("cursor={cursor}&wait=26", None, 400),
        ("cursor={cursor}&wait=25&wait=25", None, 400),
        ("cursor={cursor}&wait=25&locale=da", None, 400),
        ("cursor={cursor}&wait=25&limit=0", None, 400),
        ("cursor={cursor}&wait=25&api_key=1", None, 400),
        ("cursor={cursor}&wait=25", "vbk_00000000_" + "A" * 43, 401),
    ],
)
def test_what_is_wrong_is_told_at_once(served, query, key, status):
    began = time.monotonic()

    answer = served.ask(f"/api/v1/changes/?{query.format(cursor=served.take_cursor())}", key=key)

    assert answer.status == status
    assert time.monotonic() - began < 20


def test_what_there_is_already_is_not_waited_for(served):
    cursor = served.take_cursor()
    newest = served.tell(title="Allerede")
    began = time.monotonic()

    assert [change["id"] for change in served.ask(changes(cursor, 25)).value["changes"]] == [newest]
    assert time.monotonic() - began < 20


def test_past_the_bound_callers_are_answered_at_once_until_others_have_gone(small_site):
    site = small_site
    cursor = site.take_cursor()

    async def walk():
        held = [await site.connect(changes(cursor, 25)) for _number in range(MOST_HELD)]
        await asyncio.sleep(2)
        refused = await site.request(changes(cursor, 25))
        for _reader, writer in held:
            writer.close()
        await asyncio.sleep(1)
        taken = await hold(site, MOST_HELD, changes(cursor, 25))
        waiting = [not waiter.done() for waiter in taken]
        newest = await asyncio.to_thread(site.tell, title="Nyt")
        return refused, waiting, newest, await asyncio.gather(*taken)

    refused, waiting, newest, answers = asyncio.run(walk())

    assert (refused.status, refused.value["changes"], refused.headers["retry-after"]) == (200, [], "5")
    assert refused.value["cursor"] == cursor
    assert waiting == [True] * MOST_HELD
    assert [[change["id"] for change in answer.value["changes"]] for answer in answers] == [[newest]] * MOST_HELD


@pytest.mark.postgresql
def test_who_waits_is_told_though_the_database_was_restarted_meanwhile(served_on_postgresql):
    site = served_on_postgresql
    database = Database(site.environment["DATABASE_URL"])
    cursor = site.take_cursor()

    async def walk():
        waiters = await hold(site, 3, changes(cursor, 25))
        states = await asyncio.to_thread(database.query, STATES)
        await asyncio.to_thread(database.query, f"SELECT pg_terminate_backend(pid) FROM {CONNECTIONS}")
        await asyncio.sleep(1)
        newest = await asyncio.to_thread(site.tell, title="Bagefter")
        return states, newest, await asyncio.gather(*waiters)

    states, newest, answers = asyncio.run(walk())

    # The watcher may be asking just now; nobody waits inside a transaction.
    assert ("idle",) in states
    assert {state for (state,) in states} <= {"idle", "active"}
    assert [[change["id"] for change in answer.value["changes"]] for answer in answers] == [[newest]] * 3
    assert site.ask(f"/api/v1/documents/{newest}/").status == 200
    assert len(site.take_cursor()) == len(cursor)


def test_server_that_is_to_end_answers_who_waits(small_site):
    site = small_site
    cursor = site.take_cursor()

    async def walk():
        waiters = await hold(site, 3, changes(cursor, 25))
        site.server.send_signal(signal.SIGTERM)
        return await asyncio.gather(*waiters)

    began = time.monotonic()
    answers = asyncio.run(walk())
    site.server.communicate(timeout=20)

    assert [(answer.status, answer.value["changes"]) for answer in answers] == [(200, [])] * 3
    assert time.monotonic() - began < 20
