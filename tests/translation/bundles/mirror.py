"""A client that polls the change feed, and notes after every page of it what it holds."""

import json
import threading
import time
from typing import Any, NamedTuple
from urllib.parse import urlencode
from urllib.request import urlopen

SECONDS_BETWEEN_PAGES = 0.02


class HeldText(NamedTuple):
    """One version of a text as a mirror holds it; days are ISO dates."""

    id: str
    locale: str
    title: str
    state: str
    applies_from: str


class Mirror(threading.Thread):
    """A mirror that starts with a snapshot and applies the feed page by page.

    ``held`` has what it showed after every page, ``seconds`` how long it polled.
    """

    def __init__(self, origin: str) -> None:
        super().__init__(daemon=True)
        self.origin = origin
        self.texts: dict[tuple[str, str, str], HeldText] = {}
        self.held: list[frozenset[HeldText]] = []
        self.seconds = 0.0
        self.failure: BaseException | None = None
        self._stopping = threading.Event()
        lines = self._read("/api/v1/snapshot/").splitlines()
        self.cursor = json.loads(lines[0])["cursor"]
        for line in lines[1:]:
            self._apply(json.loads(line))

    def run(self) -> None:
        start = time.monotonic()
        try:
            while not self._stopping.is_set():
                self._poll()
        except BaseException as failure:
            self.failure = failure
            raise
        finally:
            self.seconds = time.monotonic() - start

    def stop(self) -> None:
        """End it after the page it is reading."""
        self._stopping.set()
        self.join(timeout=30)
        assert self.failure is None, self.failure

    def _poll(self) -> None:
        query = urlencode({"cursor": self.cursor, "limit": 1})
        page = json.loads(self._read(f"/api/v1/changes/?{query}"))
        for change in page["changes"]:
            if change["kind"] == "released":
                self._apply(change["document"])
            else:
                self._drop(change)
        self.cursor = page["cursor"]
        self.held.append(frozenset(self.texts.values()))
        self._stopping.wait(SECONDS_BETWEEN_PAGES)

    def _apply(self, document: dict[str, Any]) -> None:
        self.texts[document["id"], document["locale"], document["applies_from"]] = HeldText(
            document["id"],
            document["locale"],
            document["title"],
            document["translation"]["state"],
            document["applies_from"],
        )

    def _drop(self, change: dict[str, Any]) -> None:
        gone = [key for key in self.texts if key[:2] == (change["id"], change["locale"])]
        assert change["version"] is None or not gone, "a mirror keyed by days does not know single versions"
        for key in gone:
            del self.texts[key]

    def _read(self, path: str) -> str:
        with urlopen(self.origin + path) as answer:
            text: str = answer.read().decode()
            return text


def find_shown(held: frozenset[HeldText], content_id: str, locale: str, day: str) -> HeldText | None:
    """Find the text a mirror shows of a content in a language on a day."""
    begun = [text for text in held if (text.id, text.locale) == (content_id, locale) and text.applies_from <= day]
    return max(begun, key=lambda text: text.applies_from, default=None)
