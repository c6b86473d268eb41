"""A served site and plain connections to it."""

import asyncio
import json
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

from tests.faults.stores import build_environment, run, start

START_SECONDS = 90


@dataclass(frozen=True)
class Reply:
    """An answer as it came back on a connection; header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def value(self):
        return json.loads(self.body)


class ServedSite:
    """A site with its database, served by ``manage.py serve``; texts are released into it by another process."""

    def __init__(self, folder, publisher=None, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.environment = build_environment(folder, PUBLIC_URL=self.url, **environment)
        self.server, self.publisher = None, publisher

    def start(self):
        """Make the database, and serve it."""
        for arguments in (["migrate"], ["collectstatic", "--noinput"]):
            run(["manage.py", *arguments, "--verbosity", "0"], self.environment)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.publisher = start(["-m", "tests.server.publisher"], self.environment, **pipes)
        self.serve()

    def serve(self):
        """Start the web server, and wait until it answers."""
        arguments = ["manage.py", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        self.server = start(arguments, self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/livez", timeout=2).read()
            except OSError:
                if self.server.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(self.server.communicate()[1][-3000:]) from None
                time.sleep(0.2)
            else:
                return

    def serve_again(self, **environment):
        """Serve the same database by another process."""
        again = ServedSite(self.folder, self.publisher, **environment)
        again.serve()
        return again

    def end_server(self):
        """End the web server; returns its exit code."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.communicate(timeout=60)
        return self.server and self.server.returncode

    def stop(self):
        """End both processes."""
        self.end_server()
        if self.publisher:
            self.publisher.communicate("", timeout=30)

    def tell(self, **values):
        """Have something released, or a key made, and return what it is called."""
        self.publisher.stdin.write(json.dumps(values) + "\n")
        self.publisher.stdin.flush()
        return self.publisher.stdout.readline().strip()

    def ask(self, path, **options):
        """Ask once, outside of any loop."""
        return asyncio.run(self.request(path, **options))

    def take_cursor(self, key=None):
        """Take the cursor of a snapshot."""
        return re.search(rb'"cursor":"([^"]+)"', self.ask("/api/v1/snapshot/", key=key).body)[1].decode()

    async def connect(self, path, *, method="GET", key=None, headers=(), body=b"", sent=None):
        """Send a request, its body only as far as ``sent``; returns the open connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close", *headers]
        if key:
            lines.append(f"Authorization: Bearer {key}")
        if body and "Transfer-Encoding: chunked" not in headers:
            lines.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body[:sent])
        await writer.drain()
        return reader, writer

    async def request(self, path, **options):
        """Ask, and read the whole answer."""
        reader, writer = await self.connect(path, **options)
        content = await reader.read()
        writer.close()
        return read_reply(content)


@contextmanager
def open_site(folder, **environment):
    """Serve a site, and end it."""
    site = ServedSite(folder, **environment)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def read_reply(content):
    """Read an answer, chunked or not."""
    head, _, body = content.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        body = b"".join(_read_chunks(body))
    return Reply(int(status.split()[1]), headers, body)


def _read_chunks(body):
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        yield rest[:length]
        body = rest[length + 2 :] if length else b""
