"""Run the web server."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cms.server.open_files import raise_limit

MOST_CONNECTIONS = 8192
# Longer than anything but a slow download takes; ``make run`` waits longer still.
END_SECONDS = 15


class Command(BaseCommand):
    """Replaces itself with granian serving ``cms.asgi``."""

    help = "Serves the site with granian."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument(
            "--threads",
            default=str(settings.SERVE_THREADS),
            help="threads that run Python code in the one worker process",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings.SETTINGS_MODULE
        # The development settings answer to the host that is listened on.
        os.environ["HOST"] = options["host"]
        os.environ["SERVE_THREADS"] = options["threads"]
        connections = min(MOST_CONNECTIONS, raise_limit())
        arguments = [
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"),
            *("--host", options["host"], "--port", options["port"]),
            *("--workers", "1", "--respawn-failed-workers", "--workers-kill-timeout", str(END_SECONDS)),
            *("--backpressure", str(connections)),
            # A line below that stands for every client that goes away.
            *("--log-level", "warning"),
            "cms.asgi:application",
        ]
        self.stdout.write(f"Serving at http://{options['host']}:{options['port']}")
        self.stdout.flush()
        os.execv(sys.executable, arguments)  # noqa: S606
