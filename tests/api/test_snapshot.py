"""Snapshots: complete, compressed, and silent about what the caller may not see."""

import gzip
import json

import pytest
from django.conf import settings

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

    with django_assert_max_num_queries(4):
        read_lines(call("/snapshot/"))
