"""Leases and positions of followers: who may take the next batch, and where it begins.

A lease keeps a follower in one holder's hands for the length of a batch. A generation keeps a position from being stored by
somebody who took the batch before the follower was set back to the beginning of the log.
"""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cms.publication.models import FollowerPosition

# How long a follower stands still after its holder was killed. A batch that takes longer may be taken twice, which harms nothing.
LEASE = timedelta(seconds=15)
# Longest wait for a lease that somebody else keeps renewing.
WAIT_SECONDS = 60.0
POLL_SECONDS = 0.1


class FollowerBusyError(RuntimeError):
    """Somebody else holds the follower and does not let go of it."""


@dataclass(frozen=True)
class Lease:
    """A follower in one holder's hands, with the position and generation it was taken at."""

    name: str
    holder: str
    position: int
    generation: int

    def renew(self) -> None:
        """Hold it for another full time."""
        self._held().update(leased_until=timezone.now() + LEASE)

    def store_position(self, position: int, *, keep: bool) -> bool:
        """Store how far the log was followed; with ``keep`` the lease goes on. Says whether it still counted."""
        values = {} if keep else {"leased_until": None}
        return bool(self._held().update(position=position, failures=0, last_error="", **values))

    def store_failure(self, error: Exception) -> int:
        """Note a failed batch. Returns how many batches failed one after the other."""
        described = f"{type(error).__name__}: {error}"[:2000]
        self._held().update(failures=F("failures") + 1, last_error=described)
        stored = FollowerPosition.objects.filter(name=self.name).values_list("failures", flat=True).first()
        return stored or 0

    def release(self) -> None:
        """Let another holder take over at once."""
        release_lease(self.name, self.holder)

    def _held(self) -> QuerySet[FollowerPosition]:
        return FollowerPosition.objects.filter(name=self.name, holder=self.holder, generation=self.generation)


def find_lease(name: str, holder: str) -> Lease | None:
    """Take the lease of a follower that is free or ours; ``None`` if somebody else holds it."""
    now = timezone.now()
    with transaction.atomic():
        FollowerPosition.objects.get_or_create(name=name)
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now) | Q(holder=holder)
        if not FollowerPosition.objects.filter(free, name=name).update(holder=holder, leased_until=now + LEASE):
            return None
        stored = FollowerPosition.objects.get(name=name)
    return Lease(name, holder, stored.position, stored.generation)


def take_lease(name: str, holder: str) -> Lease:
    """Take the lease of a follower, waiting for the batch that is under way.

    Raises:
        FollowerBusyError: if it is not let go of within a minute.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while (lease := find_lease(name, holder)) is None:
        if time.monotonic() > deadline:
            held_by = FollowerPosition.objects.filter(name=name).values_list("holder", flat=True).first()
            raise FollowerBusyError(f"{name} is held by {held_by}; try again when that has ended.")
        time.sleep(POLL_SECONDS)
    return lease


def release_lease(name: str, holder: str) -> None:
    """Let another holder take over at once."""
    FollowerPosition.objects.filter(name=name, holder=holder).update(leased_until=None)


def start_over(name: str) -> None:
    """Let a follower begin again at the log's first row, whatever batch is under way."""
    FollowerPosition.objects.filter(name=name).update(
        position=0, generation=F("generation") + 1, failures=0, last_error=""
    )
