"""Queue of documents to fetch: stores each answer as a snapshot, hands its text to the intake, marks what the source removed."""

import gzip
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.calendar import local_day, today
from legal.harvest.change_list import REMOVED, ListedDocument
from legal.harvest.source_addresses import build_xml_address
from legal.harvest.source_client import SourceAnswer, SourceClient, SourceError
from legal.intake.act_import import store_acts
from legal.intake.import_report import ActImportReport, ImportProblem
from legal.lexdania.guarded_xml import MAX_BYTES
from legal.lexdania.lexdania_document import parse_document
from legal.lines.act_lines import ActLineError
from legal.models import Expression, HarvestDocument, SourceSnapshot

MEDIA_TYPES = ("application/xml", "text/xml")
REMOVED_STATUS = "removed"
MAX_ATTEMPTS = 10
LATELY = timedelta(hours=6)
# So many passing failures in a row are the source's trouble, not a document's: the rest waits for the next harvest.
MAX_FAILURES_IN_A_ROW = 5


@dataclass
class HarvestReport:
    """Counts and findings of a harvest. ``imports`` reports the texts that came, ``waiting`` counts what is left for the next."""

    days: list[date] = field(default_factory=list)
    told: int = 0
    fetched: int = 0
    snapshots: int = 0
    removed: list[str] = field(default_factory=list)
    imports: ActImportReport = field(default_factory=ActImportReport)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    waiting: int = 0


def store_listed(documents: Sequence[ListedDocument]) -> int:
    """Note the documents of a list as waiting, unless the change was noted or fetched before. Returns how many there are."""
    known = HarvestDocument.objects.filter(eli_uri__in=[document.eli_uri for document in documents])
    noted = {document.eli_uri: document for document in known}
    rows = [
        HarvestDocument(
            eli_uri=document.eli_uri,
            accession_number=document.accession_number,
            reason=document.reason,
            changed_at=document.changed_at,
        )
        for document in documents
        if not _is_settled(noted.get(document.eli_uri), document)
    ]
    _upsert(rows, ["accession_number", "reason", "changed_at", "told_at", "attempts", "last_error", "done_at"])
    return len(documents)


def _is_settled(noted: HarvestDocument | None, listed: ListedDocument) -> bool:
    """Say whether a listed change needs nothing more: the text was fetched after it, or it waits already.

    Of a change without a time of day the same list tells all day; what was fetched lately is then not fetched again.
    """
    if noted is None or (noted.reason == REMOVED) != (listed.reason == REMOVED):
        return False
    is_same = (noted.reason, noted.changed_at) == (listed.reason, listed.changed_at)
    if noted.done_at is None:
        return is_same
    return noted.done_at >= listed.changed_at or (is_same and noted.done_at > timezone.now() - LATELY)


def store_named(eli_uris: Collection[str]) -> None:
    """Note texts that somebody asked for as waiting."""
    rows = [HarvestDocument(eli_uri=eli_uri) for eli_uri in eli_uris]
    _upsert(rows, ["reason", "told_at", "attempts", "last_error", "done_at"])


def _upsert(rows: list[HarvestDocument], fields: list[str]) -> None:
    HarvestDocument.objects.bulk_create(rows, update_conflicts=True, unique_fields=["eli_uri"], update_fields=fields)


def fetch_waiting(client: SourceClient, report: HarvestReport, eli_uris: Collection[str] | None = None) -> None:
    """Fetch what waits, or of that only the named texts. A document that fails waits for the next time."""
    waiting = HarvestDocument.objects.filter(done_at__isnull=True, attempts__lt=MAX_ATTEMPTS)
    if eli_uris is not None:
        waiting = waiting.filter(eli_uri__in=eli_uris)
    failures = 0
    for document in list(waiting.order_by("told_at", "pk")):
        try:
            _settle(client, document, report)
            failures = 0
        except (SourceError, ActLineError) as error:
            _note_failure(document, str(error), report)
            failures = failures + 1 if isinstance(error, SourceError) and error.is_passing else 0
        if failures == MAX_FAILURES_IN_A_ROW:
            report.problems.append(_("the source is out of reach; the rest waits for the next time"))
            break
    report.waiting = waiting.count()


def _settle(client: SourceClient, document: HarvestDocument, report: HarvestReport) -> None:
    if document.reason == REMOVED:
        _mark_removed(document, report)
        return
    answer = client.get(build_xml_address(document.eli_uri), MEDIA_TYPES, MAX_BYTES)
    line = parse_document(answer.body, document.eli_uri)
    with transaction.atomic():
        report.snapshots += _keep_snapshot(line.eli_uri, answer)
        store_acts([line], report.imports)
        _mark_done(document)
    report.fetched += 1
    report.imports.warnings += [ImportProblem(line.eli_uri, 0, warning) for warning in line.warnings]


def _keep_snapshot(eli_uri: str, answer: SourceAnswer) -> int:
    """Keep what came, unless the same bytes are kept already. Returns 1 for a new one."""
    _snapshot, is_new = SourceSnapshot.objects.get_or_create(
        eli_uri=eli_uri,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        defaults={
            "url": answer.url[:400],
            "retrieved_at": timezone.now(),
            "media_type": answer.media_type[:80],
            "body": gzip.compress(answer.body, mtime=0),
        },
    )
    return int(is_new)


@transaction.atomic
def _mark_removed(document: HarvestDocument, report: HarvestReport) -> None:
    """Note that the source took a text away. Its words stay, marked: others may cite them."""
    same = Q(eli_uri=document.eli_uri)
    if document.accession_number:
        same |= Q(accession_number=document.accession_number)
    removed_on = min(local_day(document.changed_at), today()) if document.changed_at else today()
    for expression in Expression.objects.filter(same).exclude(source_status=REMOVED_STATUS):
        expression.source_status = REMOVED_STATUS
        expression.ended_on = expression.ended_on or removed_on
        expression.is_pending = True
        expression.save(update_fields=["source_status", "ended_on", "is_pending"])
        report.removed.append(expression.eli_uri)
    _mark_done(document)


def _mark_done(document: HarvestDocument) -> None:
    HarvestDocument.objects.filter(pk=document.pk).update(done_at=timezone.now(), attempts=0, last_error="")


def _note_failure(document: HarvestDocument, reason: str, report: HarvestReport) -> None:
    HarvestDocument.objects.filter(pk=document.pk).update(attempts=F("attempts") + 1, last_error=reason[:2000])
    is_last = document.attempts + 1 >= MAX_ATTEMPTS
    report.problems.append(_("%(reason)s (given up)") % {"reason": reason} if is_last else reason)
