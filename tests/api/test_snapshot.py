"""Snapshots: complete, compressed, and silent about what the caller may not see."""

import fcntl
import gzip
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings

from cms.api.v1.selection import Selection
from cms.api.v1.snapshots import list_ready_selections, open_ready_file, take_snapshot
from cms.core.languages import LANGUAGES
from cms.publication.access.access_scope import PUBLIC_ACCESS
from tests.api.contents import day, find_newest, release, withdraw


def read_lines(response):
    body = b"".join(response.streaming_content)
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return [json.loads(line) for line in body.splitlines()]


def test_snapshot_holds_present_and_future_in_all_languages(call):
    row = release(applies_from=day("2026-01-01"))
    release(row.content_id, locale="ar")
    release(row.content_id, title="Januar", applies_from=day("2999-01-01"))
    release(applies_from=day("2026-01-01"), applies_until=day("2026-02-01"))
    withdraw(release().content_id)
    release(type="act")

    response = call("/snapshot/")
    heading, *documents = read_lines(response)

    assert response.headers["Content-Type"] == "application/x-ndjson"
    assert heading["count"] == len(documents) == 3
    assert set(heading) == {"cursor", "count", "generated_at"}
    assert sorted((entry["locale"], entry["applies_from"]) for entry in documents)[-1] == ("da", "2999-01-01")


def test_lines_are_the_stored_bytes(call):
    row = find_newest(release(title="Æble").content_id)

    assert b"".join(call("/snapshot/").streaming_content).splitlines()[1] == bytes(row.stored_body.body)


def test_selection(call, vocabularies):
    kept = release(type="guide", audiences=["student"], municipalities=["0751"])
    release(kept.content_id, type="guide", locale="en", audiences=["student"], municipalities=["0751"])
    release(type="guide", audiences=["student"], municipalities=["0561"])
    release(type="guide", municipalities=["0751"])
    release(audiences=["student"])

    found = call("/snapshot/", locale="da", type="guide", audience="student", municipality="0751")

    assert [entry["id"] for entry in read_lines(found)[1:]] == [str(kept.content_id)]


def test_acts_come_when_asked_for(call):
    release(type="act")
    release()

    assert [entry["type"] for entry in read_lines(call("/snapshot/", type="act"))[1:]] == ["act"]


def test_ready_file_is_made_once_and_replaced(call):
    release()
    compressed = {"Accept-Encoding": "gzip, br"}
    first = read_lines(call("/snapshot/", headers=compressed))
    again = read_lines(call("/snapshot/", headers=compressed))
    plain = read_lines(call("/snapshot/"))
    release()
    newer = read_lines(call("/snapshot/", headers=compressed))

    assert first == again == plain
    assert newer[0]["count"] == 2
    assert len(list((settings.DATA_DIR / "snapshots").iterdir())) == 1


def test_hidden_activity_changes_no_byte(call):
    release()
    before = call("/snapshot/", headers={"Accept-Encoding": "gzip"})
    body = b"".join(before.streaming_content)
    release(visibility="network")
    after = call("/snapshot/", headers={"Accept-Encoding": "gzip"})

    assert b"".join(after.streaming_content) == body
    assert after.headers["ETag"] == before.headers["ETag"]


@pytest.mark.parametrize(
    ("encoding", "is_zipped"),
    [
        ("gzip", True),
        ("*", True),
        ("br, GZIP;q=0.001", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("*, gzip;q=0.000", False),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
    ],
)
def test_compression_is_what_the_caller_takes(call, encoding, is_zipped):
    release()

    response = call("/snapshot/", headers={"Accept-Encoding": encoding})

    assert ("Content-Encoding" in response.headers) == is_zipped
    assert read_lines(response)[0]["count"] == 1


@pytest.mark.parametrize("encoding", ["gzip", "gzip;q=0", "identity"])
def test_keyed_snapshot_is_streamed_and_private(call, network_key, encoding):
    row = release(visibility="network")

    response = call("/snapshot/", key=network_key, headers={"Accept-Encoding": encoding})

    assert [entry["id"] for entry in read_lines(response)[1:]] == [str(row.content_id)]
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert ("Content-Encoding" in response.headers) == (encoding == "gzip")
    assert not (settings.DATA_DIR / "snapshots").exists()


def test_unchanged_snapshot_is_304(call):
    release()
    etag = call("/snapshot/").headers["ETag"]

    assert call("/snapshot/", headers={"If-None-Match": etag}).status_code == 304
    release()
    assert call("/snapshot/", headers={"If-None-Match": etag}).status_code == 200


def test_ready_file_of_another_database_is_not_used(call):
    release()
    folder = settings.DATA_DIR / "snapshots"
    call("/snapshot/")
    [ready] = folder.iterdir()
    ahead = ready.rename(folder / ready.name.replace("-1.", "-99."))

    read_lines(call("/snapshot/"))

    assert not ahead.exists()
    assert [path.name for path in folder.iterdir()] == [ready.name]


def test_snapshot_is_streamed_where_nothing_can_be_written(call, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.DATA_DIR = tmp_path / "file"
    release()

    assert read_lines(call("/snapshot/"))[0]["count"] == 1


def test_memory_stays_bounded_by_reading_in_chunks(call, django_assert_max_num_queries):
    for _number in range(30):
        release()

    with django_assert_max_num_queries(6):
        read_lines(call("/snapshot/"))


@pytest.mark.parametrize("key_is_sent", [False, True])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_head_says_what_get_says(client, network_key, encoding, key_is_sent):
    release()
    headers = {"Accept-Encoding": encoding, **({"Authorization": f"Bearer {network_key}"} if key_is_sent else {})}
    got = client.get("/api/v1/snapshot/", headers=headers)
    told = client.head("/api/v1/snapshot/", headers=headers)

    assert dict(told.headers) == dict(got.headers)
    assert "Content-Disposition" not in got.headers
    assert told.getvalue() == b""
    assert ("Content-Length" in told.headers) == (encoding == "gzip" and not key_is_sent)
    if "Content-Length" in told.headers:
        assert int(told.headers["Content-Length"]) == len(got.getvalue())


def test_unusual_selections_leave_nothing_on_disk(call, vocabularies):
    release()
    unusual = ({"locale": "da,en"}, {"type": "article"}, {"audience": "student"}, {"municipality": "0751"})

    for selection in unusual:
        read_lines(call("/snapshot/", **selection))
    assert not (settings.DATA_DIR / "snapshots").exists()
    for locale in ("da", "da,da", *LANGUAGES):
        read_lines(call("/snapshot/", locale=locale))
    read_lines(call("/snapshot/"))

    assert len(list((settings.DATA_DIR / "snapshots").iterdir())) == len(LANGUAGES) + 1


def test_what_is_no_ready_file_of_today_is_swept(call):
    folder = settings.DATA_DIR / "snapshots"
    folder.mkdir()
    for name in ("tmpab12.part", "0123456789ab.part", "0123456789ab-feed-3.ndjson.gz"):
        (folder / name).write_bytes(b"left behind")
    release()

    read_lines(call("/snapshot/"))

    assert [path.suffix for path in folder.iterdir()] == [".gz"]


WRITER = """
import fcntl, sys, time
with open(sys.argv[1], "ab") as part:
    fcntl.flock(part, fcntl.LOCK_EX)
    part.write(b"half a snapshot")
    part.flush()
    print("writing", flush=True)
    time.sleep(600)
"""


def find_part(selection: Selection) -> Path:
    """Find where the ready file of a selection is written, by having it made."""
    ready = open_ready_file(take_snapshot(selection, PUBLIC_ACCESS))
    path = Path(ready.name)
    ready.close()
    path.unlink()
    return path.with_name(path.name.partition("-")[0] + ".part")


@pytest.mark.django_db(transaction=True)
def test_killed_writer_is_followed_by_the_next(call):
    release()
    part = find_part(Selection())
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(part)], stdout=subprocess.PIPE)
    writer.stdout.readline()
    ending = threading.Timer(0.5, os.kill, (writer.pid, signal.SIGKILL))
    ending.start()

    lines = read_lines(call("/snapshot/", headers={"Accept-Encoding": "gzip"}))

    assert writer.wait() == -signal.SIGKILL
    assert lines[0]["count"] == 1
    assert not part.exists()


def test_ready_file_waits_for_nobody_and_another_is_made_meanwhile(call):
    release()
    parts = [find_part(selection) for selection in list_ready_selections()[:2]]
    read_lines(call("/snapshot/"))

    with parts[0].open("ab") as part:
        fcntl.flock(part, fcntl.LOCK_EX)
        ready = read_lines(call("/snapshot/"))
        made = read_lines(call("/snapshot/", locale="da"))

    assert (ready[0]["count"], made[0]["count"]) == (1, 1)


def test_ready_file_that_goes_while_it_is_looked_for_is_made_again(call, monkeypatch):
    release()
    read_lines(call("/snapshot/"))
    found = []

    def delete_first(folder, pattern, glob=Path.glob):
        for path in glob(folder, pattern):
            if not found:
                path.unlink()
            found.append(path)
            yield path

    monkeypatch.setattr(Path, "glob", delete_first)

    assert read_lines(call("/snapshot/"))[0]["count"] == 1
    assert len(found) == 1
