"""A municipality's mirror: one snapshot, then changes; it switches texts by its own calendar, as the design tells clients to."""

from dataclasses import dataclass, field
from datetime import date

import orjson

SNAPSHOT = "/api/v1/snapshot/"
CHANGES = "/api/v1/changes/"


@dataclass
class Held:
    """One version the mirror holds; one recalled on or after its first day stays as a hole until the changes say what follows."""

    version: str
    applies_from: date
    applies_until: date | None
    document: dict | None


@dataclass
class Mirror:
    """Follows the API with a Django test client and the headers of its key."""

    client: object
    headers: dict
    cursor: str = ""
    held: dict[tuple[str, str], list[Held]] = field(default_factory=dict)
    recalled: set[tuple[str, str, str]] = field(default_factory=set)
    trace: list = field(default_factory=list)

    def take_snapshot(self):
        """Throw everything away and take the whole anew."""
        response = self.client.get(SNAPSHOT, headers=self.headers)
        assert response.status_code == 200, response.getvalue()
        heading, *lines = [orjson.loads(line) for line in response.getvalue().splitlines()]
        assert heading["count"] == len(lines)
        self.held.clear()
        self.cursor = heading["cursor"]
        for document in lines:
            self._hold(document)
        self.trace.append(("snapshot", len(lines)))

    def follow(self, *, limit: int, today: date) -> bool:
        """Take one page of changes; returns whether there are more."""
        if not self.cursor:
            self.take_snapshot()
            return True
        response = self.client.get(CHANGES, {"cursor": self.cursor, "limit": limit}, headers=self.headers)
        if response.status_code == 410:
            self.take_snapshot()
            return True
        assert response.status_code == 200, response.content
        page = response.json()
        for recall in page["recalls"]:
            self.recalled.add((recall["id"], recall["locale"], recall["version"]))
            self._drop(recall["id"], recall["locale"], recall["version"], today)
        for change in page["changes"]:
            self._apply(change, today)
        self.cursor = page["cursor"]
        return page["more"]

    def _apply(self, change, today):
        key = change["id"], change["locale"]
        self.trace.append((change["kind"], change["reason"], *key, change["version"]))
        if change["kind"] == "released":
            self._hold(change["document"])
            if (*key, change["version"]) in self.recalled:
                self._drop(*key, change["version"], today)
        elif change["version"] is None:
            self.held.pop(key, None)
        else:
            self.held[key] = [held for held in self.held.get(key, []) if held.version != change["version"]]

    def _hold(self, document):
        versions = self.held.setdefault((document["id"], document["locale"]), [])
        versions[:] = [held for held in versions if held.version != document["version"]]
        until = document["applies_until"]
        first_day = date.fromisoformat(document["applies_from"])
        versions.append(Held(document["version"], first_day, date.fromisoformat(until) if until else None, document))

    def _drop(self, content_id, locale, version, today):
        versions = self.held.get((content_id, locale), [])
        at = next((at for at, held in enumerate(versions) if held.version == version), None)
        if at is None:
            return
        held = versions[at]
        if held.applies_from <= today:
            held.document = None
        else:
            versions[:] = [
                other for place, other in enumerate(versions) if other.applies_from != held.applies_from or place > at
            ]

    def show(self, day: date) -> dict[tuple[str, str], dict]:
        """Show what applies on a day: the document of each content and language."""
        shown = {}
        for key, versions in self.held.items():
            begun = [(held.applies_from, place) for place, held in enumerate(versions) if held.applies_from <= day]
            if begun:
                held = versions[max(begun)[1]]
                if held.document is not None and (held.applies_until is None or held.applies_until >= day):
                    shown[key] = held.document
        return shown
