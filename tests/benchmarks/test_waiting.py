"""The short form of what ``make bench`` measures beside waiting callers: it holds them, and reads meanwhile."""

import pytest

from tests.benchmarks.waiting import KINDS, hold_callers, measure_beside_waiters
from tests.server.site import open_site

pytestmark = pytest.mark.slow

WAITERS = 20


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A served site that holds no more callers than are wanted."""
    with open_site(tmp_path_factory.mktemp("waiting"), SERVE_MOST_HELD=str(WAITERS)) as site:
        yield site


def test_benchmark_of_waiting_measures_reads_beside_all_its_callers(site):
    path = f"/api/v1/documents/{site.tell(title='Læst')}/"

    measured = measure_beside_waiters(site.url, path, waiters=WAITERS, rounds=2, seconds=0.3)

    assert measured.keys() == {(kind, count) for kind in KINDS for count in (0, WAITERS)}
    assert all(reads.count > 2 and 0 < reads.p50 <= reads.p99 for reads in measured.values())


def test_benchmark_of_waiting_tells_when_callers_are_not_held(site):
    with pytest.raises(SystemExit, match=f"1 of {WAITERS + 1} callers"), hold_callers(site.url, WAITERS + 1):
        pass
