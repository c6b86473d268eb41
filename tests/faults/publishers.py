"""Publishers that work at once, each with its own connection: ``python -m tests.faults.publishers``.

Without a number of changes they go on until standard input is closed. Prints one JSON object: what was committed, in which
position, when, and what each content should show in the end.
"""

import argparse
import json
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import django


class RolledBackError(Exception):
    """Ends a transaction that is to leave nothing."""


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--publishers", type=int, default=8)
    parser.add_argument("--changes", type=int)
    parser.add_argument("--longest-pause-ms", type=float, default=6.0)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Publisher:
    """One thread: most of what it does is new, some changes what it released before, some is rolled back."""

    def __init__(self, number, changes, longest_pause_ms, seed, ending):
        self.number = number
        self.changes = changes
        self.ending = ending
        self.longest_pause_seconds = longest_pause_ms / 1000
        self.random = random.Random(f"{seed} {number}")
        self.committed = []
        self.expected = {}
        self.rolled_back = 0

    def run(self):
        """Publish until so many changes are committed, or until told to end."""
        from django.db import connection

        while not self.ending.is_set() and (self.changes is None or len(self.committed) < self.changes):
            self.pause()
            self.change()
        connection.close()
        return self

    def pause(self):
        """Wait a moment."""
        time.sleep(self.random.uniform(0, self.longest_pause_seconds))

    def change(self):
        """Do one transaction."""
        from django.db import transaction

        from cms.publication.log.publication_log import publication_log
        from cms.publication.models import LogHead
        from tests.factories.releases import make_draft

        there = [content_id for content_id, title in self.expected.items() if title]
        kind = self.random.choices(["new", "edit", "withdraw", "roll back"], [75, 10, 5, 10])[0]
        content_id = self.random.choice(there) if there and kind in ("edit", "withdraw") else uuid4()
        title = f"{self.number}-{len(self.committed)}"
        try:
            with transaction.atomic():
                if kind == "withdraw" and there:
                    title = None
                    publication_log.withdraw(content_id=content_id)
                else:
                    publication_log.release_contents([make_draft(title, content_id=content_id)])
                position = LogHead.objects.get().position
                appended_at = time.monotonic()
                self.pause()
                if kind == "roll back":
                    raise RolledBackError
                commits_at = time.monotonic()
        except RolledBackError:
            self.rolled_back += 1
            return
        self.expected[content_id] = title
        self.committed.append((position, appended_at, commits_at))


def main():
    """Run the publishers and print what they did."""
    asked = parse()
    django.setup()
    share = asked.changes // asked.publishers if asked.changes else None
    ending = threading.Event()
    workers = [
        Publisher(number, share, asked.longest_pause_ms, asked.seed, ending) for number in range(asked.publishers)
    ]
    with ThreadPoolExecutor(asked.publishers) as pool:
        running = [pool.submit(worker.run) for worker in workers]
        if share is None:
            sys.stdin.read()
            ending.set()
        done = [future.result() for future in running]
    report = {
        "committed": sorted(entry for worker in done for entry in worker.committed),
        "rolled_back": sum(worker.rolled_back for worker in done),
        "expected": {str(key): title for worker in done for key, title in worker.expected.items()},
    }
    print(json.dumps(report))  # noqa: T201


if __name__ == "__main__":
    main()
