"""Bundles in a random history of edits, plans, recalls and undos: log, pages and bundles always agree.

``VIDENBRO_BUNDLE_STEPS`` sets how many steps are taken.
"""

import itertools
import os
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.enums import Significance
from cms.publication.editor.withdrawals import withdraw_as_user
from cms.publication.models import JointRelease, LogHead, Release
from cms.publication.pages.agreement import list_differences
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.bundle_enums import PENDING, BundleState, IfMissing, Timing
from cms.translation.bundles.contents import BundleRefusedError, add_texts, cancel_bundle, remove_text
from cms.translation.bundles.going_live import release_due_bundles, reopen_bundle, schedule_bundle
from cms.translation.bundles.undoing import undo_bundle
from cms.translation.models import BundleEntry, ReleaseBundle
from tests.factories.pages import make_page, publish
from tests.translation.bundles.conftest import draft, draft_translation

STEPS = int(os.environ.get("VIDENBRO_BUNDLE_STEPS", "40"))
LOCALES = ("da", "pl", "uk")

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("english")]


class Walk:
    """Somebody who does at random what the editor allows; what is refused is left."""

    def __init__(self, owner: Any, seed: int) -> None:
        self.owner = owner
        self.dice = random.Random(seed)
        self.keys = [make_page(title=f"Tekst {number}").translation_key for number in range(3)]
        self.written = 0
        self.done: set[str] = set()
        self.weights: dict[Callable[[], None], int] = {
            self.edit: 3,
            self.bundle: 3,
            self.schedule: 4,
            self.undo: 4,
            self.release: 1,
            self.withdraw: 1,
            self.look_after: 1,
            self.reopen: 1,
            self.cancel: 1,
            self.take_out: 1,
            self.make_language: 1,
        }

    def step(self) -> None:
        action: Callable[[], None] = self.dice.choices(list(self.weights), list(self.weights.values()))[0]
        try:
            # What is refused half way leaves nothing behind.
            with transaction.atomic():
                action()
        except (BundleRefusedError, ReleaseRefusedError):
            return
        self.done.add(action.__name__)

    def edit(self) -> None:
        self.written += 1
        draft(self._choose_page(), title=f"Tekst {self.written}")

    def make_language(self) -> None:
        key, locale = self.dice.choice(self.keys), self.dice.choice(LOCALES[1:])
        if not Page.objects.filter(translation_key=key, locale__language_code=locale).exists():
            draft_translation(Page.objects.get(translation_key=key, locale__language_code="da").specific, locale)

    def bundle(self) -> None:
        bundle = ReleaseBundle.objects.create(
            name="Pakke",
            owner=self.owner,
            timing=Timing.DAY,
            day=today() + timedelta(days=self.dice.choice([0, 0, 20])),
            required_locales=self.dice.sample(LOCALES[1:], self.dice.randrange(3)),
            if_missing=self.dice.choice(IfMissing.values),
        )
        locales = ["da", *self.dice.sample(LOCALES[1:], self.dice.randrange(3))]
        add_texts(bundle, self.dice.choice(self.keys), locales)
        bundle.entries.update(significance=self.dice.choice(Significance.values), change_note="Ændret")

    def schedule(self) -> None:
        schedule_bundle(self._choose_bundle(BundleState.OPEN), self.owner)

    def look_after(self) -> None:
        release_due_bundles()

    def release(self) -> None:
        publish(self._choose_page())

    def withdraw(self) -> None:
        page = self._choose_page()
        if page.live:
            withdraw_as_user(page, self.owner, reason=self.dice.choice(["gone", "recalled"]), explanation="Forkert")

    def undo(self) -> None:
        undo_bundle(self._choose_bundle(BundleState.LIVE), self.owner)

    def reopen(self) -> None:
        reopen_bundle(self._choose_bundle(BundleState.SCHEDULED))

    def cancel(self) -> None:
        cancel_bundle(self._choose_bundle(*PENDING))

    def take_out(self) -> None:
        bundle = self._choose_bundle(*PENDING)
        if entry := bundle.entries.first():
            remove_text(bundle, entry.pk)

    def _choose_page(self) -> Any:
        pages = Page.objects.filter(translation_key__in=self.keys).order_by("pk")
        return self.dice.choice(list(pages)).specific

    def _choose_bundle(self, *states: BundleState) -> ReleaseBundle:
        found = list(ReleaseBundle.objects.filter(state__in=states, undoes=None).order_by("pk"))
        if not found:
            raise BundleRefusedError
        return self.dice.choice(found)


def check() -> None:
    """Hold bundles, log and pages against each other."""
    assert list(list_differences()) == []
    positions = list(Release.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
    assert not positions or LogHead.objects.get().position == positions[-1]
    ranges = list(JointRelease.objects.order_by("first_position").values_list("first_position", "last_position"))
    assert all(first <= last for first, last in ranges)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ranges))
    out = ReleaseBundle.objects.filter(first_position__isnull=False)
    assert sorted(out.values_list("first_position", "last_position")) == ranges
    for entry in BundleEntry.objects.exclude(version="").select_related("bundle"):
        row = Release.objects.get(version=entry.version, kind="released")
        assert entry.bundle.first_position <= row.position <= entry.bundle.last_position
    assert not BundleEntry.objects.filter(is_pending=True).exclude(bundle__state__in=PENDING).exists()
    for first, last in ranges:
        assert Release.objects.filter(position__range=(first, last)).values("released_at").distinct().count() == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_log_pages_and_bundles_agree_after_every_step(owner: Any, seed: int) -> None:
    walk = Walk(owner, seed)

    for _number in range(STEPS):
        walk.step()
        check()

    # A history that ends early in refusals goes on until everything has happened in it once.
    wanted = {"schedule", "undo", "withdraw", "release"}
    for _number in range(10 * STEPS):
        if walk.done >= wanted:
            break
        walk.step()
    check()
    assert walk.done >= wanted
