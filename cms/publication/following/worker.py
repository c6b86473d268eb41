"""The one worker: a thread for each follower and timed job, one for queued tasks and one for what is due by the minute."""

import logging
import os
import socket
import threading
from collections.abc import Callable

from django.core.management import call_command
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from cms.publication.following.followers import follow_once
from cms.publication.following.leases import release_lease
from cms.publication.registry import Follower, TimedJob, registry

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.15
LONGEST_PAUSE_SECONDS = 30.0
SCHEDULE_SECONDS = 20.0


class Worker:
    """Runs until stopped. A follower that fails waits longer each time and holds up nobody else."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.holder = f"{socket.gethostname()}:{os.getpid()}"[:60]
        self.tasks = TaskWorker(
            queue_names=["*"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.holder,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Start everything and wait for the end."""
        jobs: list[tuple[str, Callable[[], None]]] = [
            (f"follow {follower.name}", lambda follower=follower: self._follow(follower))  # type: ignore[misc]
            for follower in registry.followers.values()
        ]
        jobs += [
            (f"job {job.name}", lambda job=job: self._run_job(job))  # type: ignore[misc]
            for job in registry.jobs.values()
        ]
        jobs += [("tasks", self._run_tasks), ("schedule", self._publish_scheduled)]
        threads = [threading.Thread(target=job, name=name, daemon=True) for name, job in jobs]
        for thread in threads:
            thread.start()
        self.stopping.wait()
        self.tasks.running = False
        for thread in threads:
            thread.join(timeout=10)

    def stop(self) -> None:
        """End after the batches now under way."""
        self.stopping.set()

    def _follow(self, follower: Follower) -> None:
        pause = POLL_SECONDS
        # An engine that is still starting fails ten times with the same words; they are said once, and that it goes on again.
        trouble = ""
        while not self.stopping.is_set():
            close_old_connections()
            try:
                taken = follow_once(follower, self.holder)
                pause = 0.0 if taken else POLL_SECONDS
                if trouble:
                    logger.warning("%s goes on", follower.name)
                    trouble = ""
            except Exception as error:  # noqa: BLE001 - whatever a follower fails with, the others go on
                pause = min(max(pause, POLL_SECONDS) * 2, LONGEST_PAUSE_SECONDS)
                if type(error).__name__ != trouble:
                    logger.warning("%s failed and tries again until it can: %s", follower.name, error)
                    trouble = type(error).__name__
            self.stopping.wait(pause)
        release_lease(follower.name, self.holder)

    def _run_tasks(self) -> None:
        while not self.stopping.is_set():
            try:
                self.tasks.run()
            except Exception:
                logger.exception("the task queue could not be read")
                self.stopping.wait(POLL_SECONDS * 10)

    def _publish_scheduled(self) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            try:
                call_command("publish_scheduled")
            except Exception:
                logger.exception("scheduled publishing failed")
            self.stopping.wait(SCHEDULE_SECONDS)

    def _run_job(self, job: TimedJob) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            try:
                job.run()
            except Exception:
                logger.exception("%s failed", job.name)
            self.stopping.wait(job.every_seconds)
