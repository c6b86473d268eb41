"""A mail server that keeps what it is sent, for tests: as much of RFC 5321 as Django's client speaks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer


class MailServer(ThreadingTCPServer):
    """Takes every message, or refuses recipients whose address begins with one of ``refused``."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, refused: tuple[str, ...] = ()) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.refused = refused
        self.messages: list[EmailMessage] = []

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])


class _Conversation(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline():
            command = line.decode().strip()
            verb = command[:4].upper()
            if verb == "DATA":
                self._say("354 go on")
                self.server.messages.append(self._read_message())
                self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            elif verb == "RCPT" and command.partition("<")[2].startswith(self.server.refused or ("\0",)):
                self._say("550 nobody here")
            else:
                self._say("250 yes")

    def _read_message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def running_mail_server(*refused: str) -> Iterator[MailServer]:
    """Run a mail server until the end of the block."""
    with MailServer(refused) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
