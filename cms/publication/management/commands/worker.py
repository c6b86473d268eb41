"""Run the worker."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from cms.publication.following.worker import Worker


class Command(BaseCommand):
    """Follow the log, run queued tasks, publish and expire by the minute, until told to stop."""

    help = "Runs the worker: followers of the log, queued tasks, scheduled publishing."

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        self.stdout.write("Worker started.")
        worker.run()
        self.stdout.write("Worker stopped.")
