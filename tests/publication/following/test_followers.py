"""Followers: at least once, in order, one holder at a time."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.publication.following import followers, leases
from cms.publication.following.followers import catch_up, follow_once, rebuild
from cms.publication.log.publication_log import publication_log
from cms.publication.models import FollowerPosition, SetAsideContent
from cms.publication.registry import registry
from tests.factories.releases import make_draft

pytestmark = pytest.mark.django_db


class Recorder:
    """A follower that remembers what it got and can be told to fail."""

    name = "recorder"

    def __init__(self):
        self.positions = []
        self.is_broken = False
        self.sick = set()
        self.meanwhile = lambda: None

    def follow(self, batch):
        if self.is_broken:
            raise ConnectionError("out of reach")
        if ill := self.sick & {row.content_id for row in batch}:
            raise ValueError(f"cannot take {ill}")
        self.positions += [row.position for row in batch]
        self.meanwhile()

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


def test_follower_rebuilt_while_a_worker_is_in_the_middle_of_a_batch_loses_nothing():
    recorder = Recorder()
    for _ in range(3):
        publication_log.release_contents([make_draft()])

    def rebuild_beside():
        # The worker holds its lease: it has been killed, or its batch takes longer than the lease.
        recorder.meanwhile = lambda: None
        FollowerPosition.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        recorder.reset()
        leases.start_over(recorder.name)

    recorder.meanwhile = rebuild_beside
    late = follow_once(recorder, "worker")
    behind = FollowerPosition.objects.get().position
    catch_up(recorder, "worker")

    assert (late, behind, recorder.positions, FollowerPosition.objects.get().position) == (0, 0, [1, 2, 3], 3)


def test_rebuild_waits_for_the_batch_that_is_under_way(monkeypatch):
    recorder = Recorder()
    publication_log.release_contents([make_draft()])
    catch_up(recorder)
    FollowerPosition.objects.update(holder="other", leased_until=timezone.now() + timedelta(seconds=30))
    waits = []

    def end_the_batch(seconds):
        waits.append(seconds)
        FollowerPosition.objects.update(leased_until=None)

    monkeypatch.setattr(leases.time, "sleep", end_the_batch)

    taken = rebuild(recorder)

    assert (len(waits), taken, recorder.positions) == (1, 1, [1])


def test_rebuild_of_a_follower_that_is_not_let_go_of_touches_nothing(monkeypatch):
    recorder = Recorder()
    publication_log.release_contents([make_draft()])
    catch_up(recorder)
    FollowerPosition.objects.update(holder="other", leased_until=timezone.now() + timedelta(seconds=30))
    monkeypatch.setattr(leases, "WAIT_SECONDS", 0)

    with pytest.raises(leases.FollowerBusyError, match="recorder is held by other"):
        rebuild(recorder)

    assert (recorder.positions, FollowerPosition.objects.get().position) == ([1], 1)


def test_rebuild_that_is_killed_during_its_reset_is_gone_on_with_by_the_worker():
    recorder = Recorder()
    publication_log.release_contents([make_draft()])
    catch_up(recorder)

    def reset_and_die():
        recorder.positions = []
        raise KeyboardInterrupt

    recorder.reset = reset_and_die
    with pytest.raises(KeyboardInterrupt):
        rebuild(recorder)
    FollowerPosition.objects.update(leased_until=timezone.now() - timedelta(seconds=1))

    catch_up(recorder, "worker")

    assert recorder.positions == [1]


def follow_until_it_passes(recorder, tries=followers.TRIES_BEFORE_ISOLATION):
    for _ in range(tries - 1):
        with pytest.raises(ValueError, match="cannot take"):
            follow_once(recorder, "worker")
    return follow_once(recorder, "worker")


def test_sick_content_is_set_aside_and_the_others_are_followed():
    recorder = Recorder()
    sick, others = uuid4(), [uuid4() for _ in range(6)]
    for content_id in (*others[:3], sick, *others[3:], sick):
        publication_log.release_contents([make_draft(content_id=content_id, document={"title": str(uuid4())})])
    recorder.sick = {sick}

    taken = follow_until_it_passes(recorder)

    set_aside = SetAsideContent.objects.get()
    assert (taken, FollowerPosition.objects.get().position) == (8, 8)
    assert {1, 2, 3, 5, 6, 7} <= set(recorder.positions)
    assert not {4, 8} & set(recorder.positions)
    assert (set_aside.follower, set_aside.content_id, set_aside.position) == ("recorder", sick, 8)
    assert "cannot take" in set_aside.error


def test_sick_content_alone_in_its_batch_is_set_aside_when_an_earlier_one_still_passes():
    recorder = Recorder()
    publication_log.release_contents([make_draft()])
    catch_up(recorder, "worker")
    sick = uuid4()
    publication_log.release_contents([make_draft(content_id=sick)])
    recorder.sick = {sick}

    taken = follow_until_it_passes(recorder)

    assert (taken, SetAsideContent.objects.get().content_id) == (1, sick)


def test_follower_that_is_sick_itself_sets_nothing_aside():
    recorder = Recorder()
    for _ in range(4):
        publication_log.release_contents([make_draft()])
    recorder.is_broken = True
    for _ in range(followers.TRIES_BEFORE_ISOLATION + 2):
        with pytest.raises(ConnectionError):
            follow_once(recorder, "worker")
    failures = FollowerPosition.objects.get().failures

    recorder.is_broken = False
    taken = follow_once(recorder, "other worker")

    assert (failures, SetAsideContent.objects.count(), taken) == (followers.TRIES_BEFORE_ISOLATION + 2, 0, 4)


def test_engine_that_goes_away_while_a_batch_is_halved_sets_nothing_aside():
    recorder = Recorder()
    contents = [uuid4() for _ in range(4)]
    for content_id in contents:
        publication_log.release_contents([make_draft(content_id=content_id)])
    recorder.sick = {contents[3]}

    def go_away():
        recorder.is_broken = True

    for _ in range(followers.TRIES_BEFORE_ISOLATION - 1):
        with pytest.raises(ValueError, match="cannot take"):
            follow_once(recorder, "worker")
    recorder.meanwhile = go_away
    with pytest.raises(ConnectionError):
        follow_once(recorder, "worker")

    assert (SetAsideContent.objects.count(), FollowerPosition.objects.get().position) == (0, 0)


def test_content_set_aside_comes_back_with_its_next_row():
    recorder = Recorder()
    sick = uuid4()
    publication_log.release_contents([make_draft()])
    publication_log.release_contents([make_draft(content_id=sick)])
    recorder.sick = {sick}
    follow_until_it_passes(recorder)

    recorder.sick = set()
    publication_log.release_contents([make_draft(content_id=sick, document={"title": "Mended"})])
    follow_once(recorder, "worker")

    assert SetAsideContent.objects.count() == 0


@pytest.fixture
def registered(monkeypatch):
    recorder = Recorder()
    monkeypatch.setitem(registry.followers, recorder.name, recorder)
    return recorder


def test_status_is_a_failure_when_rows_wait_for_more_than_a_minute(registered):
    with time_machine.travel(timezone.now() - timedelta(seconds=70)):
        publication_log.release_contents([make_draft()])
    told, after = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("publication_status", stdout=told)
    for follower in registry.followers.values():
        catch_up(follower)
    call_command("publication_status", stdout=after)

    assert (ended.value.code, "is the worker running?" in told.getvalue()) == (1, True)
    assert "is the worker running?" not in after.getvalue()


def test_status_names_what_was_set_aside_and_a_retry_takes_it_up_again(registered, client):
    sick = uuid4()
    publication_log.release_contents([make_draft()])
    publication_log.release_contents([make_draft(content_id=sick)])
    registered.sick = {sick}
    follow_until_it_passes(registered)
    told = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("publication_status", stdout=told)
    ready = client.get("/readyz").json()
    with pytest.raises(CommandError, match="cannot be followed yet"):
        call_command("publication_rebuild", "recorder", "--only", str(sick), stdout=StringIO())

    registered.sick = set()
    call_command("publication_rebuild", "recorder", "--only", str(sick), stdout=StringIO())
    after = StringIO()
    call_command("publication_status", stdout=after)

    assert ended.value.code == 1
    assert f"recorder: set aside {sick}: ValueError: cannot take" in told.getvalue()
    assert ready["set_aside"] == {"recorder": 1}
    assert (2 in registered.positions, "set aside" in after.getvalue()) == (True, False)


def test_retry_of_an_unknown_content_is_refused(registered):
    with pytest.raises(CommandError, match="The log holds nothing of"):
        call_command("publication_rebuild", "recorder", "--only", str(uuid4()))
