"""A WSGI application behind an ASGI server: bodies both ways, slow clients, clients that leave, and failures."""

import asyncio
import threading

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from cms.server.request_body import AWAITED_BYTES, BodyTooLargeError, take_body
from cms.server.threads import ThreadedApplication


class Client:
    """The ASGI server's side of one request: what is received, and what was sent."""

    def __init__(self, *chunks, leaves_after=None, stalls_after=None):
        self.messages = [
            {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}
            for number, chunk in enumerate(chunks, 1)
        ]
        self.sent = []
        self.leaves_after = leaves_after
        self.stalls_after = stalls_after
        self.left = asyncio.Event()

    async def receive(self):
        if self.messages:
            return self.messages.pop(0)
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        if self.stalls_after is not None and len(self.sent) > self.stalls_after:
            await asyncio.Event().wait()
        if self.leaves_after is not None and len(self.sent) > self.leaves_after:
            self.left.set()
            await asyncio.sleep(0.01)

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.sent)


def ask(application, client, method="GET", **environ):
    """Let an application answer, and send what it said."""

    async def walk():
        served = ThreadedApplication(application, threads=2)
        asked = {"REQUEST_METHOD": method, **environ}
        answer = await served.answer(asked, is_body_whole=await take_body(asked, client.receive))
        await served.send(answer, client.receive, client.send)

    asyncio.run(walk())
    return client.sent[0]["status"]


def build_application(response):
    """Build an application that gives a response of Django's."""

    def application(environ, start_response):
        start_response(f"{response.status_code} x", list(response.items()))
        return response

    return application


def test_whole_answer_is_sent_in_one_piece():
    client = Client(b"")

    assert ask(build_application(HttpResponse("hej", headers={"X-Own": "ø"})), client) == 200
    assert client.body == b"hej"
    assert len(client.sent) == 2
    assert (b"x-own", "ø".encode("latin-1")) in client.sent[0]["headers"]


def test_answer_made_while_it_is_sent_takes_none_of_the_threads_for_requests():
    names = []

    def write():
        for number in range(3):
            names.append(threading.current_thread().name)
            yield b"%d\n" % number

    response = StreamingHttpResponse(write())
    closed = []
    response._resource_closers.append(lambda: closed.append(threading.current_thread().name))
    client = Client(b"")

    ask(build_application(response), client)

    assert client.body == b"0\n1\n2\n"
    assert client.sent[-1].get("more_body", False) is False
    assert {name.partition("_")[0] for name in (*names, *closed)} == {"transfer"}
    assert closed


@pytest.mark.parametrize(("method", "body"), [("GET", b"0\n1\n2\n"), ("HEAD", b"")])
def test_short_answer_of_known_length_is_read_before_it_is_sent(method, body):
    response = StreamingHttpResponse(iter([b"0\n", b"1\n", b"2\n"]), headers={"Content-Length": "6"})
    closed = []
    response._resource_closers.append(lambda: closed.append(threading.current_thread().name))
    client = Client(b"")

    ask(build_application(response), client, method)

    assert (client.body, len(client.sent)) == (body, 2)
    assert (b"content-length", b"6") in client.sent[0]["headers"]
    assert closed[0].startswith("request")


def test_nothing_is_made_for_a_request_that_wants_no_body():
    made = []
    response = StreamingHttpResponse(made.append(number) or b"x" for number in range(3))
    closed = []
    response._resource_closers.append(lambda: closed.append(True))
    client = Client(b"")

    ask(build_application(response), client, "HEAD")

    assert (client.body, made, closed) == (b"", [], [True])


def test_answer_that_fails_while_it_is_sent_is_not_ended_as_if_it_were_whole(caplog):
    def write():
        yield b"begun"
        raise RuntimeError("broken")

    client = Client(b"")

    ask(build_application(StreamingHttpResponse(write())), client)

    assert client.body == b"begun"
    assert client.sent[-1]["more_body"] is True
    assert "broken" in caplog.text


def test_client_that_takes_nothing_gives_its_thread_back(monkeypatch):
    monkeypatch.setattr("cms.server.threads.STALL_SECONDS", 0.05)
    client = Client(b"", stalls_after=2)
    response = StreamingHttpResponse(b"x" for _number in range(1000))
    closed = []
    response._resource_closers.append(lambda: closed.append(True))

    ask(build_application(response), client)

    assert len(client.sent) == 3
    assert closed == [True]


def test_client_that_leaves_ends_the_making_of_its_answer():
    made = []

    def write():
        for number in range(1000):
            made.append(number)
            yield b"x"

    response = StreamingHttpResponse(write())
    closed = []
    response._resource_closers.append(lambda: closed.append(True))

    ask(build_application(response), Client(b"", leaves_after=3))

    assert len(made) < 20
    assert closed == [True]


@pytest.mark.parametrize("size", [1, 4, 100])
@pytest.mark.parametrize("environ", [{"CONTENT_LENGTH": "8"}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_body_is_read_piece_by_piece_and_only_as_far_as_wanted(size, environ):
    client = Client(b"abc", b"", b"defgh")

    def application(environ, start_response):
        start_response("200 OK", [])
        return [environ["wsgi.input"].read(size)]

    ask(application, client, **environ)

    assert client.body == b"abcdefgh"[:size]


def test_length_of_a_body_in_chunks_is_told_and_too_long_a_one_is_not_taken(monkeypatch):
    monkeypatch.setattr("cms.server.request_body.MOST_BYTES_IN_MEMORY", 4)
    monkeypatch.setattr("cms.server.request_body.MOST_BYTES_OF_UNKNOWN_LENGTH", 8)
    environ = {"HTTP_TRANSFER_ENCODING": "chunked"}

    assert asyncio.run(take_body(environ, Client(b"abc", b"defgh").receive))
    assert (environ["CONTENT_LENGTH"], environ["wsgi.input"].read()) == ("8", b"abcdefgh")
    assert "HTTP_TRANSFER_ENCODING" not in environ
    with pytest.raises(BodyTooLargeError):
        asyncio.run(take_body({}, Client(b"abc", b"defghi").receive))


@pytest.mark.parametrize(
    ("chunks", "kind"), [([b"abc", b"def"], "request"), ([b"x" * AWAITED_BYTES, b"y"], "transfer")]
)
def test_large_body_that_is_still_coming_takes_none_of_the_threads_for_requests(chunks, kind):
    names = []

    def application(environ, start_response):
        names.append(threading.current_thread().name)
        start_response("200 OK", [])
        return [b"%d" % len(environ["wsgi.input"].read())]

    client = Client(*chunks)

    ask(application, client, CONTENT_LENGTH=str(sum(map(len, chunks))))

    assert client.body == b"%d" % sum(map(len, chunks))
    assert names[0].startswith(kind)


@pytest.mark.parametrize("has_left", [True, False])
def test_client_that_ends_in_the_middle_of_its_body_is_an_error_of_the_connection(has_left, monkeypatch):
    monkeypatch.setattr("cms.server.request_body.STALL_SECONDS", 0.05)
    client = Client(b"x" * AWAITED_BYTES)
    client.messages[0]["more_body"] = True
    if has_left:
        client.left.set()

    def application(environ, start_response):
        start_response("200 OK", [])
        try:
            environ["wsgi.input"].read()
        except ConnectionError:
            return [b"gone"]
        return [b"whole"]

    ask(application, client, CONTENT_LENGTH=str(2 * AWAITED_BYTES))

    assert client.body == b"gone"


def test_client_that_leaves_before_its_body_has_come_is_told_of_at_once():
    client = Client(b"abc")
    client.messages[0]["more_body"] = True
    client.left.set()

    with pytest.raises(ConnectionError):
        asyncio.run(take_body({"CONTENT_LENGTH": "6"}, client.receive))


def test_failing_application_is_an_answer_all_the_same(caplog):
    def application(environ, start_response):
        raise RuntimeError("broken")

    client = Client(b"")

    assert ask(application, client) == 500
    assert client.body == b""
    assert "broken" in caplog.text
