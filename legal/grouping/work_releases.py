"""Release of works to the publication log."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from cms.core.calendar import today
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Window
from legal.enums import ActKind
from legal.models import Provision, Work
from legal.models.applying_texts import get_first_day
from legal.works.act_documents import build_release_draft
from legal.works.statuses import list_change_days
from legal.works.work_facts import WorkFacts, load_facts


def release_works(works: Sequence[Work]) -> int:
    """Release the works whose document changed and return how many rows the log got. 14 queries for any number.

    What is known of an act is the answer for every day since its first text known here. An older text that comes in later
    moves that day back; the document is then released for the days before and, as it now reads, from where it used to begin.
    A day still to come on which the status changes gets a version of its own, so that nothing needs to happen on that day.
    """
    known = load_facts(works)
    sections: dict[int, list[Provision]] = defaultdict(list)
    newest = [facts.expressions[0].pk for facts in known.values() if facts.expressions]
    served = Provision.objects.served().filter(expression__in=newest).defer("text").order_by("expression_id", "ordinal")
    for provision in served.iterator(chunk_size=2000):
        sections[provision.expression_id].append(provision)
    begun: dict[UUID, set[date]] = defaultdict(set)
    windows = Window.objects.filter(type="act", content_id__in=[work.content_id for work in works])
    for content_id, starts in windows.values_list("content_id", "starts"):
        begun[content_id].add(starts)
    drafts = []
    for facts in known.values():
        if facts.expressions:
            text_sections = sections[facts.expressions[0].pk]
            for starts, day in _list_versions(facts, begun[facts.work.content_id]):
                drafts.append(build_release_draft(facts, text_sections, applies_from=starts, day=day))
    return publication_log.release_contents(drafts)


def _list_versions(facts: WorkFacts, begun: Collection[date]) -> list[tuple[date, date]]:
    """List the first day of each version with the day its status is told for: today, or the nearest to it in the version."""
    now = today()
    first = get_first_day(facts.expressions[-1])
    changes = list_change_days(facts.build_grounds(facts.expressions[0]))
    starts = sorted({first, *begun, *(day for day in changes if day > max(now, first))})
    ends = [*(following - timedelta(days=1) for following in starts[1:]), date.max]
    return [(start, max(start, min(now, end))) for start, end in zip(starts, ends, strict=True)]


def list_namesakes(works: Sequence[Work]) -> list[Work]:
    """List the other works whose newest expression has the same name; a new text may have made them historic."""
    names = {work.current.name_key for work in works if work.current and work.current.kind != ActKind.AMENDING}
    others = Work.objects.filter(current__name_key__in=names).exclude(current__kind=ActKind.AMENDING)
    return list(others.exclude(pk__in=[work.pk for work in works]).select_related("current"))
