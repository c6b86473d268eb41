"""Long random histories: whatever happens to a site, log, API, index and copies say the same.

``VIDENBRO_STEPS`` sets how many steps are run, ``VIDENBRO_SEED`` which; ``VIDENBRO_SHRINK=1`` makes a failing history short.
"""

import os
from itertools import count
from uuid import uuid4

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import get_state_machine_test

from tests.faults.indexed_machine import IndexedSiteMachine
from tests.faults.machine import TAKEN, SiteMachine

STEPS = int(os.environ.get("VIDENBRO_STEPS", "150"))
FIRST_SEED = int(os.environ.get("VIDENBRO_SEED", "1"))
IS_SHRINKING = bool(os.environ.get("VIDENBRO_SHRINK", ""))
STEPS_IN_HISTORY = 50
HISTORIES_IN_ROUND = 3

pytestmark = pytest.mark.django_db


def run_histories(machine, steps):
    """Run histories, a few for each seed, until so many steps are taken."""
    TAKEN.clear()
    round_settings = settings(
        max_examples=HISTORIES_IN_ROUND,
        stateful_step_count=STEPS_IN_HISTORY,
        deadline=None,
        database=None,
        print_blob=False,
        phases=[Phase.generate, Phase.shrink] if IS_SHRINKING else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for number in count(FIRST_SEED):
        print(f"seed {number}, {TAKEN.total()} steps taken")  # noqa: T201
        seed(number)(get_state_machine_test(machine, settings=round_settings))()
        if TAKEN.total() >= steps:
            break
    print(f"{TAKEN.total()} steps: {dict(TAKEN.most_common())}")  # noqa: T201


def test_random_histories_keep_log_api_index_and_mirrors_in_agreement(site):
    run_histories(SiteMachine, STEPS)

    assert TAKEN.total() >= STEPS


@pytest.mark.elasticsearch
def test_random_histories_keep_the_search_engine_in_agreement(site, elasticsearch_url):
    prefix = f"faults-{uuid4().hex[:8]}"

    with override_settings(SEARCH_ELASTICSEARCH_URLS=[elasticsearch_url], SEARCH_INDEX_PREFIX=prefix):
        run_histories(IndexedSiteMachine, STEPS // 3)

    assert TAKEN.total() >= STEPS // 3
