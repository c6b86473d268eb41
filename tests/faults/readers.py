"""Two readers that poll while others publish: ``python -m tests.faults.readers``, until standard input is closed.

One follows the log by position, as followers do; one follows the API as a mirror does. Prints one JSON object with what they met.
"""

import json
import random
import sys
import threading

import django


class LogReader:
    """Reads what stands after the last position it has seen."""

    def __init__(self):
        self.positions = []
        self.read_count = 0

    def read(self):
        """Read once; returns whether there was anything."""
        from cms.publication.models import Release

        last = self.positions[-1] if self.positions else 0
        found = list(Release.objects.filter(position__gt=last).order_by("position").values_list("position", flat=True))
        self.positions += found
        self.read_count += 1
        return bool(found)


class ApiReader:
    """Reads the change feed in pages of changing size."""

    def __init__(self):
        from django.test import Client

        from tests.faults.mirror import Mirror

        self.mirror = Mirror(Client(headers={"host": "127.0.0.1"}), {})
        self.random = random.Random(1)
        self.read_count = 0

    def read(self):
        """Read once; returns whether there is more."""
        from cms.core.calendar import today

        self.read_count += 1
        return self.mirror.follow(limit=self.random.choice([1, 7, 30, 100]), today=today())


def poll(reader, ending):
    """Read until told to end, and then what is left."""
    from django.db import connection

    while not ending.is_set():
        if not reader.read():
            ending.wait(0.005)
    while reader.read():
        pass
    connection.close()


def main():
    """Poll with both readers and print what they met."""
    django.setup()
    from cms.core.calendar import today

    readers = [LogReader(), ApiReader()]
    readers[1].mirror.take_snapshot()
    ending = threading.Event()
    threads = [threading.Thread(target=poll, args=(reader, ending)) for reader in readers]
    for thread in threads:
        thread.start()
    print("reading", flush=True)  # noqa: T201
    sys.stdin.read()
    ending.set()
    for thread in threads:
        thread.join()
    shown = {content_id: document["title"] for (content_id, _), document in readers[1].mirror.show(today()).items()}
    told = [entry[4] for entry in readers[1].mirror.trace if entry[0] == "released"]
    report = {
        "positions": readers[0].positions,
        "reads": [reader.read_count for reader in readers],
        "shown": shown,
        "told_versions": told,
    }
    print(json.dumps(report))  # noqa: T201


if __name__ == "__main__":
    main()
