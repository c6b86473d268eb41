"""Files, uploads and slow clients go through the web server as they should, and keep nobody else waiting."""

import asyncio
import re
import secrets

import pytest

pytestmark = pytest.mark.slow

TOKEN = "a" * 32
BOUNDARY = "skillelinje"
CHUNK_BYTES = 100_000
# More than the buffers of both ends of a connection take.
LARGE_BYTES = 24 * 1024 * 1024
SMALL_BYTES = 30_000
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module")
def editor(served):
    """Headers and cookies that the requests of a signed-in editor carry."""
    session = served.tell(editor="redaktør")
    return [f"Cookie: sessionid={session}; csrftoken={TOKEN}", f"X-CSRFToken: {TOKEN}"]


def build_form(title, filename, content):
    fields = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {"title": title, "collection": "1"}.items()
    )
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
    return fields + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def cut_into_chunks(body):
    parts = [body[start : start + CHUNK_BYTES] for start in range(0, len(body), CHUNK_BYTES)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in [*parts, b""])


def upload(served, editor, filename, content, *, is_chunked=False):
    """Store a file as the editor does; returns the headers under which it is read again."""
    body = build_form(filename, filename, content)
    headers = [*editor, f"Content-Type: multipart/form-data; boundary={BOUNDARY}"]
    if is_chunked:
        headers, body = [*headers, "Transfer-Encoding: chunked"], cut_into_chunks(body)
    answer = served.ask("/admin/documents/add/", method="POST", headers=headers, body=body)
    assert (answer.status, answer.headers["location"]) == (302, "/admin/documents/")


@pytest.mark.parametrize("is_chunked", [True, False])
@pytest.mark.parametrize("size", [SMALL_BYTES, 3_000_000])
def test_uploaded_file_comes_back_whole_and_in_part(served, editor, is_chunked, size):
    name, content = f"fil-{size}-{is_chunked}.txt", secrets.token_bytes(size)

    upload(served, editor, name, content, is_chunked=is_chunked)

    path = f"/media/documents/{name}"
    whole = served.ask(path, headers=editor)
    assert (whole.status, whole.body) == (200, content)
    part = served.ask(path, headers=[*editor, "Range: bytes=1000-20999"])
    assert (part.status, part.body) == (206, content[1000:21000])
    assert part.headers["content-range"] == f"bytes 1000-20999/{size}"
    end = served.ask(path, headers=[*editor, "Range: bytes=-5"])
    assert (end.status, end.body) == (206, content[-5:])
    head = served.ask(path, method="HEAD", headers=editor)
    assert (head.status, head.headers["content-length"], head.body) == (200, str(size), b"")
    again = served.ask(path, headers=[*editor, f"If-None-Match: {whole.headers['etag']}"])
    assert (again.status, again.body) == (304, b"")


def test_static_files_are_served(served):
    page = served.ask("/da/").body.decode()
    path = re.search(r'href="(/static/[^"]+\.css)"', page)[1]

    whole, head = served.ask(path), served.ask(path, method="HEAD")

    assert (whole.status, head.status, head.body) == (200, 200, b"")
    assert whole.headers["content-length"] == head.headers["content-length"] == str(len(whole.body))


def test_clients_that_stop_in_the_middle_keep_no_reader_waiting(served, editor):
    upload(served, editor, "stor.txt", secrets.token_bytes(LARGE_BYTES))
    form = build_form("lille", "lille.txt", b"x" * SMALL_BYTES)
    head = [*editor, f"Content-Type: multipart/form-data; boundary={BOUNDARY}"]

    async def walk():
        stopped = [
            await served.connect("/admin/documents/add/", method="POST", headers=head, body=form, sent=1000)
            for _number in range(20)
        ] + [await served.connect("/media/documents/stor.txt", headers=editor) for _number in range(20)]
        try:
            paths = ["/livez", "/da/", "/api/v1/documents/", "/api/v1/search/?q=a"] * 5
            answers = [await asyncio.wait_for(served.request(path), PATIENCE_SECONDS) for path in paths]
        finally:
            for _reader, writer in stopped:
                writer.transport.abort()
        return [answer.status for answer in answers]

    statuses = asyncio.run(walk())

    assert set(statuses[::4] + statuses[2::4] + statuses[3::4]) == {200}
    assert served.ask("/media/documents/stor.txt", method="HEAD", headers=editor).status == 200


def test_head_of_changes_never_waits(served):
    cursor = served.take_cursor()

    answer = served.ask(f"/api/v1/changes/?cursor={cursor}&wait=25", method="HEAD")

    assert (answer.status, answer.body) == (200, b"")


def test_foreign_host_is_refused(served):
    async def walk():
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(b"GET /api/v1/documents/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        return answer

    assert asyncio.run(walk()).startswith(b"HTTP/1.1 400 ")
