"""Run the web server."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Replaces itself with granian serving ``cms.wsgi``."""

    help = "Serves the site with granian."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--threads", default="4", help="threads that run Python code in the one worker process")

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings.SETTINGS_MODULE
        # The development settings answer to the host that is listened on.
        os.environ["HOST"] = options["host"]
        arguments = [
            *(
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                options["host"],
                "--port",
                options["port"],
            ),
            *("--workers", "1", "--blocking-threads", options["threads"], "--no-ws", "--respawn-failed-workers"),
            "cms.wsgi:application",
        ]
        os.execv(sys.executable, arguments)  # noqa: S606
