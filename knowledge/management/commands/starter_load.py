"""Load the starter content."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cms.core.editor_index import rebuild_editor_index
from cms.exchange.bundle_import import BundleRefusedError
from knowledge.starter_content import ensure_administrator, load_starter_content

ADMINISTRATOR = "admin"


class Command(BaseCommand):
    """Idempotent. With ``--admin`` also makes the first account, with the password in ``ADMIN_PASSWORD``."""

    help = "Loads the starter content: vocabularies, organisations, acts' metadata, guide, notes, practices."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--admin", action="store_true", help="make the account admin with the password in ADMIN_PASSWORD"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["admin"]:
            password = os.environ.get("ADMIN_PASSWORD", "")
            if not password:
                self.stderr.write("ADMIN_PASSWORD is not set; no account was made.")
                sys.exit(1)
            ensure_administrator(ADMINISTRATOR, password)
        started = timezone.now()
        try:
            for name, report in load_starter_content():
                self.stdout.write(f"{name}: {report}")
        except BundleRefusedError as error:
            for problem in error.report.errors:
                self.stderr.write(str(problem))
            sys.exit(1)
        rebuild_editor_index(started)
