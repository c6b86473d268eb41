"""Followers: at least once, in order, one holder at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.publication.following.followers import catch_up, follow_once, rebuild
from cms.publication.log.publication_log import publication_log
from cms.publication.models import FollowerPosition
from tests.factories.releases import make_draft

pytestmark = pytest.mark.django_db


class Recorder:
    """A follower that remembers what it got and can be told to fail."""

    name = "recorder"

    def __init__(self):
        self.positions = []
        self.is_broken = False

    def follow(self, batch):
        if self.is_broken:
            raise ConnectionError("out of reach")
        self.positions += [row.position for row in batch]

    def reset(self):
        self.positions = []


def test_follower_gets_every_row_once_in_order():
    recorder = Recorder()
    for _ in range(3):
        publication_log.release_contents([make_draft()])

    catch_up(recorder)
    catch_up(recorder)

    assert recorder.positions == [1, 2, 3]


def test_failed_batch_comes_again_and_the_error_is_kept():
    recorder = Recorder()
    publication_log.release_contents([make_draft()])
    recorder.is_broken = True
    with pytest.raises(ConnectionError):
        follow_once(recorder, "worker")
    failed = FollowerPosition.objects.get()

    recorder.is_broken = False
    follow_once(recorder, "worker")

    assert (failed.position, failed.failures, "out of reach" in failed.last_error, recorder.positions) == (
        0,
        1,
        True,
        [1],
    )


def test_follower_held_by_another_worker_is_left_alone_until_its_lease_ends():
    recorder = Recorder()
    publication_log.release_contents([make_draft()])
    FollowerPosition.objects.create(
        name="recorder", holder="other", leased_until=timezone.now() + timedelta(seconds=30)
    )
    held = follow_once(recorder, "worker")

    FollowerPosition.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    taken = follow_once(recorder, "worker")

    assert (held, taken) == (0, 1)


def test_rebuilt_follower_gets_the_log_from_zero():
    recorder = Recorder()
    publication_log.release_contents([make_draft()])
    catch_up(recorder)

    rebuild(recorder)

    assert recorder.positions == [1]
