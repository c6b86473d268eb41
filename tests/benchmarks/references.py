"""Publish and recall one page beside many planned texts and many texts that refer to something else.

Prints statements and time of each, first in a small world, then in the large one. ``BENCH_PLANNED`` and ``BENCH_REFERRERS`` set
its size.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection  # noqa: E402 - after setup
from django.test.utils import CaptureQueriesContext  # noqa: E402

from cms.core.starter_set import load_languages, load_organisations, load_vocabularies  # noqa: E402
from cms.publication.models import ChangedTarget  # noqa: E402
from cms.publication.pages.services import withdrawing  # noqa: E402
from knowledge.models import ContactPointPage  # noqa: E402
from tests.factories.pages import publish  # noqa: E402
from tests.factories.references import make_place, make_referrer, release_world  # noqa: E402

PLANNED = int(os.environ.get("BENCH_PLANNED", "300"))
REFERRERS = int(os.environ.get("BENCH_REFERRERS", "5000"))
ROUNDS = 7


def main() -> int:
    """Measure in both worlds; returns 1 where the number of statements differs or a recall takes more than 0.5 s."""
    load_languages()
    load_vocabularies()
    load_organisations()
    release_world(planned=3, referrers=3)
    small = _measure("3 planned texts, 3 referrers elsewhere")
    release_world(planned=PLANNED, referrers=REFERRERS)
    large = _measure(f"{PLANNED} planned texts, {REFERRERS} referrers elsewhere")
    return int(small[0] != large[0] or small[1] != large[1] or large[2] > 0.5)


def _measure(world: str) -> tuple[int, int, float]:
    publishes, recalls = [], []
    for number in range(ROUNDS):
        place = publish(make_place(f"Sted {number}"))
        publish(make_referrer("contact point", place, title=f"Den der viser sted {number}"))
        publishes.append(_count(lambda place=place, number=number: publish(place, title=f"Nyt navn {number}")))
        recalls.append(_count(lambda place=place: _recall(place)))
        ChangedTarget.objects.all().delete()
    for name, taken in (("publish", publishes), ("recall", recalls)):
        statements, seconds = (statistics.median(values) for values in zip(*taken, strict=True))
        sys.stdout.write(f"{name:8} {statements:5.0f} statements {seconds * 1000:7.0f} ms  {world}\n")
    return (
        round(statistics.median(count for count, _seconds in publishes)),
        round(statistics.median(count for count, _seconds in recalls)),
        statistics.median(seconds for _count, seconds in recalls),
    )


def _recall(place: ContactPointPage) -> None:
    with withdrawing(reason="recalled"):
        ContactPointPage.objects.get(pk=place.pk).unpublish()


def _count(work: Callable[[], object]) -> tuple[int, float]:
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        work()
        seconds = time.perf_counter() - started
    return len(queries), seconds


if __name__ == "__main__":
    sys.exit(main())
