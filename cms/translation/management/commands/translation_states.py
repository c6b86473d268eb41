"""Print the table of states of a translation, as docs/languages.md has it."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from cms.translation.states.state_table import write_table


class Command(BaseCommand):
    """Prints the table in Markdown."""

    help = "Print the table of states and events of a translation, in Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the table to standard output."""
        with translation.override("en"):
            self.stdout.write(write_table())
