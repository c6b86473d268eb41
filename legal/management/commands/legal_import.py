"""Import acts from NDJSON or LexDania XML."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from legal.intake import act_import


class Command(BaseCommand):
    help = (
        "Import acts: NDJSON with one act a line, or LexDania XML, plain or gzip; zip archives and directories of them. "
        "The same text again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    @translation.override("en")  # the command line speaks one language
    def handle(self, *args: Any, **options: Any) -> None:
        read = {"bytes": 0, "lines": 0, "grouped": 0}

        def on_bytes(file: str, count: int) -> None:
            read["bytes"] += count
            read["lines"] += 1
            counted = {"file": file, "lines": read["lines"], "size": read["bytes"] // 1_000_000}
            self._show(_("%(file)s: %(lines)d acts, %(size)d MB") % counted)

        def on_grouped(count: int) -> None:
            read["grouped"] += count
            self._show(f"{_('Grouping and releasing')}: {read['grouped']} / {read['lines']}")

        report = act_import.import_acts(options["files"], act_import.ImportProgress(on_bytes, on_grouped))
        self._show("")
        self._print(report)
        if report.problems:
            raise CommandError(_("%(count)d refused; everything else is imported.") % {"count": len(report.problems)})

    def _show(self, state: str) -> None:
        """Rewrite the terminal's line; a log file gets none of it."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K{state}", style_func=str, ending="")
            self.stderr.flush()

    def _print(self, report: act_import.ActImportReport) -> None:
        for warning in report.warnings:
            self.stderr.write(_("%(place)s: warning: %(reason)s") % {"place": _name(warning), "reason": warning.reason})
        for problem in report.problems:
            self.stderr.write(f"{_name(problem)}: {problem.reason}")
        for moved in report.moved:
            self.stdout.write(
                _("The source moved, text replaced: %(eli_uri)s (%(stored_hash)s → %(found_hash)s)") % vars(moved)
            )
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.outcomes.items())) or _("nothing")
        self.stdout.write(
            _("Acts: %(counts)s. Provisions stored: %(provisions)d. Releases: %(releases)d.")
            % {"counts": counts, "provisions": report.provisions, "releases": report.released}
        )


def _name(problem: act_import.ImportProblem) -> str:
    return f"{problem.file}:{problem.line}" if problem.line else problem.file
