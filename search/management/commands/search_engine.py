"""``search_engine start|stop|status``: the local Elasticsearch of this data directory."""

import signal
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

# An installation for production may leave deploy/ out.
HAS_LOCAL_ENGINE = find_spec("deploy") is not None
if HAS_LOCAL_ENGINE:
    from deploy.local.elasticsearch import (
        ConsoleReport,
        EngineError,
        find_engine,
        list_node_states,
        start_engine,
        stop_engine,
    )

POLL_SECONDS = 1.0


class Command(BaseCommand):
    """Get, start, stop and show the local Elasticsearch."""

    help = "Get and start a local Elasticsearch for this data directory, stop it, or show its state (exit 1 if it is down)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the action and its options."""
        parser.add_argument("action", choices=["start", "stop", "status"])
        parser.add_argument(
            "--nodes", type=int, choices=[1, 3], default=1, help="one node (default) or a cluster of three"
        )
        parser.add_argument("--data-dir", type=Path, default=settings.DATA_DIR, help="default: DATA_DIR")
        parser.add_argument("--heap-megabytes", type=int, default=512, help="Java heap of each node (default 512)")
        parser.add_argument(
            "--port", type=int, help="HTTP port of the first node (default: a free one, kept from then on)"
        )
        parser.add_argument(
            "--foreground", action="store_true", help="stay until told to end (SIGTERM, Ctrl-C), and stop it then"
        )
        parser.add_argument(
            "--disk-watermarks", action="store_true", help="let Elasticsearch refuse writes on a disk that fills up"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Run the action that was asked for."""
        if not HAS_LOCAL_ENGINE:
            raise CommandError(
                "The local Elasticsearch belongs to the folder deploy/, which is not part of this installation. "
                "Set ELASTICSEARCH_URL to an Elasticsearch of your own."
            )
        data_dir = Path(str(options["data_dir"]))
        try:
            if options["action"] == "start":
                self._start(data_dir, options)
            elif options["action"] == "stop":
                is_stopped = stop_engine(data_dir)
                self.stdout.write("Elasticsearch is stopped." if is_stopped else "No Elasticsearch was running.")
            else:
                self._show_status(data_dir)
        except EngineError as error:
            raise CommandError(str(error)) from error

    def _start(self, data_dir: Path, options: dict[str, object]) -> None:
        # An interrupted start has to end the download and the nodes it has launched.
        signal.signal(signal.SIGTERM, _end)
        engine = start_engine(
            data_dir,
            int(str(options["nodes"])),
            int(str(options["heap_megabytes"])),
            port=int(str(options["port"])) if options["port"] else None,
            has_disk_watermarks=bool(options["disk_watermarks"]),
            is_detached=not options["foreground"],
            report=ConsoleReport(),
        )
        self.stdout.write(f"Elasticsearch answers at {', '.join(engine.urls)}")
        if options["foreground"]:
            self._stay(data_dir)

    def _stay(self, data_dir: Path) -> None:
        try:
            while find_engine(data_dir):
                time.sleep(POLL_SECONDS)
            raise CommandError("Elasticsearch has ended.")
        finally:
            stop_engine(data_dir)

    def _show_status(self, data_dir: Path) -> None:
        states = list_node_states(data_dir)
        if not states:
            raise CommandError(f"No Elasticsearch was started for {data_dir}.")
        for state in states:
            node = state.node
            if state.is_answering:
                text = f"{node.name} answers at {node.url} (process {node.pid})"
            elif state.is_running:
                text = f"{node.name} is running (process {node.pid}) but does not answer at {node.url}"
            else:
                text = f"{node.name} is not running (was process {node.pid} at {node.url})"
            self.stdout.write(text)
        if not all(state.is_answering for state in states):
            raise CommandError("Not every node answers.")


def _end(*_: object) -> None:
    # Whoever asks twice does not interrupt the stopping.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + signal.SIGTERM)
