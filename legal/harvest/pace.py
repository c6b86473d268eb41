"""Pace of calls to the source: one at a time, never sooner than it allows, also from one run to the next."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import SystemRandom

from django.conf import settings
from django.utils import timezone

from legal.harvest.source_addresses import is_loopback
from legal.models import HarvestTurn

SHORTEST_PAUSE_SECONDS = 10.0
LONGEST_BACKOFF_SECONDS = 300.0
JITTER = SystemRandom()
# Longer than the longest silence of a harvest that is alive: a back-off and a slow answer.
TURN = timedelta(minutes=15)


def find_shortest_pause() -> float:
    """Find the shortest pause allowed, in seconds: the source's own rule, none for a copy of it on this machine."""
    own = is_loopback(settings.LEGAL_HARVEST_API_URL) and is_loopback(settings.LEGAL_HARVEST_SOURCE_URL)
    return 0.0 if own else SHORTEST_PAUSE_SECONDS


class TurnTakenError(Exception):
    """Another harvest is running."""


@dataclass
class Pace:
    """Keeps ``pause_seconds`` between calls and holds the turn meanwhile. ``sleep`` takes seconds."""

    holder: str
    pause_seconds: float
    sleep: Callable[[float], None] = field(default_factory=lambda: time.sleep)

    def take_turn(self) -> None:
        """Take the turn, or renew it.

        Raises:
            TurnTakenError: if another harvest holds it.
        """
        HarvestTurn.objects.get_or_create(pk=1)
        now = timezone.now()
        free = HarvestTurn.objects.filter(pk=1, holder__in=("", self.holder)) | HarvestTurn.objects.filter(
            pk=1, held_until__lt=now
        )
        if not free.update(holder=self.holder, held_until=now + TURN):
            raise TurnTakenError

    def give_turn(self) -> None:
        """Let another harvest run at once."""
        HarvestTurn.objects.filter(pk=1, holder=self.holder).update(holder="", held_until=None)

    def wait(self) -> None:
        """Wait until the next call may be made, and note that it is."""
        last = HarvestTurn.objects.values_list("last_call_at", flat=True).get(pk=1)
        if last is not None:
            ready = last + timedelta(seconds=self.pause_seconds)
            if (seconds := (ready - timezone.now()).total_seconds()) > 0:
                self.sleep(min(seconds, self.pause_seconds))
        HarvestTurn.objects.filter(pk=1).update(last_call_at=timezone.now(), held_until=timezone.now() + TURN)

    def back_off(self, failures: int, asked_seconds: float = 0.0) -> None:
        """Wait longer after each failure in a row, by chance up to half as long again, but never without end.

        ``asked_seconds`` is what the source asks for (``Retry-After``); it is never shortened.
        """
        seconds = min(self.pause_seconds * 2**failures * JITTER.uniform(1.0, 1.5), LONGEST_BACKOFF_SECONDS)
        self.sleep(max(seconds, asked_seconds))
