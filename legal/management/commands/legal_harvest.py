"""Follow the official source of the law, or fetch texts by name."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from legal.harvest.harvest_queue import HarvestReport
from legal.harvest.opening_hours import DAYS_BACK
from legal.harvest.pace import TurnTakenError
from legal.harvest.services import ClosedError, build_client, harvest_changes, harvest_named, list_starter
from legal.harvest.source_addresses import AddressError, parse_eli_uri


class Command(BaseCommand):
    help = (
        "Follow Retsinformation: ask what changed and fetch it, one call in ten seconds, going on where the last harvest "
        "stopped. With --eli or --starter: fetch those texts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--eli", nargs="+", default=[], metavar="TEXT", help="Texts by name, such as lta/2025/1183."
        )
        parser.add_argument(
            "--starter", action="store_true", help="The texts of the starter list that are not here yet."
        )
        parser.add_argument(
            "--days", type=int, default=DAYS_BACK, metavar="N", help=f"Days back from today, at most {DAYS_BACK}."
        )
        parser.add_argument(
            "--pace",
            type=float,
            default=0.0,
            metavar="SECONDS",
            help="A longer pause between calls than the settings'.",
        )

    @translation.override("en")  # the command line speaks one language
    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["days"] <= DAYS_BACK:
            raise CommandError(_("--days: the source goes back %(limit)d days at most.") % {"limit": DAYS_BACK})
        client = build_client(options["pace"])
        try:
            named = [parse_eli_uri(text) for text in options["eli"]] + (list_starter() if options["starter"] else [])
            if options["eli"] or options["starter"]:
                report = harvest_named(client, named)
            else:
                report = harvest_changes(client, options["days"])
        except (AddressError, ClosedError) as error:
            raise CommandError(str(error)) from error
        except TurnTakenError as error:
            raise CommandError(_("Another harvest is running.")) from error
        self._print(report)
        if report.problems:
            raise CommandError(
                _("%(count)d problems; %(waiting)d documents wait for the next harvest.")
                % {"count": len(report.problems), "waiting": report.waiting}
            )

    def _print(self, report: HarvestReport) -> None:
        for note in report.notes:
            self.stderr.write(_("note: %(note)s") % {"note": note})
        for warning in report.imports.warnings:
            self.stderr.write(_("%(place)s: warning: %(reason)s") % {"place": warning.file, "reason": warning.reason})
        for problem in report.problems:
            self.stderr.write(problem)
        for moved in report.imports.moved:
            self.stdout.write(
                _("The source moved, text replaced: %(eli_uri)s (%(stored_hash)s → %(found_hash)s)") % vars(moved)
            )
        for eli_uri in report.removed:
            self.stdout.write(_("Removed by the source, text kept: %(eli_uri)s") % {"eli_uri": eli_uri})
        outcomes = sorted(report.imports.outcomes.items())
        self.stdout.write(
            _(
                "Days asked for: %(days)d, documents told of: %(told)d, fetched: %(fetched)d (%(counts)s), snapshots kept: "
                "%(snapshots)d, releases: %(releases)d."
            )
            % {
                "days": len(report.days),
                "told": report.told,
                "fetched": report.fetched,
                "counts": ", ".join(f"{count} {outcome}" for outcome, count in outcomes) or _("nothing"),
                "snapshots": report.snapshots,
                "releases": report.imports.released,
            }
        )
