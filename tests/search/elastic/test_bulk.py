"""Bulk writes: what is refused for the moment is sent again, what is refused for good is an error."""

import orjson
import pytest

from search.elastic.bulk import BulkError, BulkWriter
from search.texts.index_documents import IndexDocument


class Answer:
    def __init__(self, body):
        self.body = body


class Engine:
    """Answers bulk requests with prepared statuses, one list for each request."""

    def __init__(self, *statuses):
        self.statuses = list(statuses)
        self.requests = []

    def perform_request(self, method, path, *, headers, body):
        lines = [orjson.loads(action.split(b"\n")[0]) for action in body]
        self.requests.append([next(iter(line.values()))["_id"] for line in lines])
        statuses = self.statuses.pop(0)
        items = [
            {"index": {"status": status, **({"error": {"reason": "why"}} if status >= 300 else {})}}
            for status in statuses
        ]
        return Answer({"errors": any(status >= 300 for status in statuses), "items": items})


def write(engine, *ids, pauses=None):
    writer = BulkWriter(engine, pause=(pauses if pauses is not None else []).append)
    for document_id in ids:
        writer.index("alias", IndexDocument("da", document_id, 7, {"title": document_id}))
    writer.flush()
    return writer


def test_refused_items_alone_are_sent_again_after_growing_pauses():
    engine = Engine([200, 429, 503], [429, 201], [200])
    pauses = []

    writer = write(engine, "a", "b", "c", pauses=pauses)

    assert engine.requests == [["a", "b", "c"], ["b", "c"], ["b"]]
    assert len(pauses) == 2
    assert pauses[0] < pauses[1]
    assert writer.written == 3


def test_items_refused_to_the_end_are_an_error():
    engine = Engine([200, 429], [429], [429], [429])

    with pytest.raises(BulkError, match="1 actions were refused"):
        write(engine, "a", "b")


def test_item_that_can_never_go_in_is_an_error_at_once():
    engine = Engine([200, 400])

    with pytest.raises(BulkError, match="b in alias: 400 why"):
        write(engine, "a", "b")


def test_late_message_is_no_error():
    engine = Engine([409, 200])

    assert write(engine, "a", "b").written == 2


def test_log_position_is_the_external_version_and_the_target_must_be_an_alias():
    sent = []

    class Recorder(Engine):
        def perform_request(self, method, path, *, headers, body):
            sent.extend(orjson.loads(line) for action in body for line in action.splitlines())
            return super().perform_request(method, path, headers=headers, body=body)

    write(Recorder([200]), "a")

    assert sent == [
        {
            "index": {
                "_index": "alias",
                "_id": "a",
                "version": 7,
                "version_type": "external_gte",
                "require_alias": True,
            }
        },
        {"title": "a"},
    ]
