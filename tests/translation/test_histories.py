"""Random histories of a source and its translations: after every step desk, log and API agree, and every change has a reason.

``VIDENBRO_STEPS`` sets how many steps are taken, ``VIDENBRO_SEED`` which; ``make faults`` takes 2,000.
"""

import os
import random
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cms.core.calendar import today
from cms.core.starter_set import load_languages
from cms.exchange.sites import get_home, get_locale
from cms.publication.editor.undoing import UndoRefusedError, undo_as_user
from cms.publication.log.history import load_histories
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release, Window
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.models import TranslationStep, TranslationTask
from cms.translation.states.state_table import StepRefusedError
from cms.translation.states.work import confirm_everywhere, dismiss
from tests.factories.pages import make_page, publish
from tests.faults.desk_agreement import check_steps, check_today

pytestmark = pytest.mark.django_db

STEPS = int(os.environ.get("VIDENBRO_STEPS", "60"))
SEED = int(os.environ.get("VIDENBRO_SEED", "1"))
STEPS_IN_HISTORY = 60
TARGETS = ("en", "pl")
# What may make an outdated translation current: new words, somebody's word for it, or a source that takes a change back.
MAKES_CURRENT = {"released", "dismissed", "confirmed", "source_undone"}
MAKES_OUTDATED = {"source_substantive", "source_planned", "source_undone", "released", "withdrawn"}


class Histories:
    """One site in one history: an article, its translations, and people who work on them."""

    def __init__(self, user, clock, number):
        self.user, self.clock = user, clock
        self.random = random.Random(f"{SEED} {number}")
        self.numbers = count(1)
        self.client = Client()
        self.page = publish(make_page(title=f"Bolig {number}", answer=self.write("Ja")))
        self.key = self.page.translation_key

    def write(self, word):
        return f"{word} {next(self.numbers)}, og det gælder fra den første dag."

    def find(self, locale):
        return type(self.page).objects.filter(translation_key=self.key, locale=get_locale(locale)).first()

    def pick_translation(self):
        return self.find(self.random.choice(TARGETS))

    def change_source(self):
        days = self.random.choice([None, None, None, 1, 3, 6])
        publish(
            self.find("da"),
            answer=self.write("Ja"),
            significance=self.random.choice(["typo", "minor", "substantive", "substantive"]),
            applies_from=today() + timedelta(days=days) if days else None,
        )

    def publish_source_unchanged(self):
        publish(self.find("da"))

    def withdraw_source(self):
        self.find("da").unpublish()

    def edit(self, *, is_published=False):
        locale = self.random.choice(TARGETS)
        page = self.find(locale) or self.find("da").copy_for_translation(get_locale(locale), copy_parents=True)
        draft = page.get_latest_revision_as_object()
        days = self.random.choice([None, None, 2, 5]) if is_published else None
        draft.title, draft.answer = f"Housing {next(self.numbers)}", self.write("Yes")
        draft.applies_from = today() + timedelta(days=days) if days else None
        revision = draft.save_revision(user=self.user)
        if is_published:
            revision.publish()

    def release(self):
        self.edit(is_published=True)

    def release_unchanged(self):
        """Publish the words that are out once more: nothing becomes current by that."""
        page = self.pick_translation()
        if page is None or not page.live:
            return
        before = self.read_told(page.locale.language_code)
        page.live_revision.publish()
        after = self.read_told(page.locale.language_code)
        assert not ("outdated" in before and after == ["current"]), (before, after)

    def withdraw_translation(self):
        page = self.pick_translation()
        if page is not None:
            page.unpublish()

    def dismiss(self):
        page = self.pick_translation()
        if page is not None:
            dismiss(self.key, page.locale.language_code, user=self.user, reason="Still right")

    def confirm_everywhere(self):
        confirm_everywhere(self.key, user=self.user, reason="Still right")

    def undo(self):
        texts = [row for row in load_histories([self.key])[self.key].rows if row.is_text]
        undo_as_user(self.find(texts[-1].locale), texts[-1].version, self.user)

    def withdraw_version(self):
        windows = list(Window.objects.filter(content_id=self.key).order_by("pk"))
        if windows:
            window = self.random.choice(windows)
            publication_log.withdraw(
                content_id=self.key, version=window.version, reason=self.random.choice(["gone", "recalled"])
            )

    def pass_days(self):
        self.clock.shift(timedelta(days=self.random.choice([1, 1, 2, 4])))

    def take_step(self):
        """Take one step; returns its name."""
        acts = [self.change_source] * 5 + [self.release] * 4 + [self.edit] * 2 + [self.release_unchanged] * 3
        acts += [self.dismiss] * 3 + [self.pass_days] * 3 + [self.withdraw_version, self.withdraw_source]
        acts += [
            self.publish_source_unchanged,
            self.withdraw_translation,
            self.confirm_everywhere,
            self.undo,
            self.undo,
        ]
        act = self.random.choice(acts)
        self.clock.shift(timedelta(seconds=7))
        try:
            act()
        except (ReleaseRefusedError, StepRefusedError, UndoRefusedError) as refusal:
            return f"{act.__name__}, refused: {type(refusal).__name__}"
        return act.__name__

    def read_told(self, locale):
        return list(
            Window.objects.filter(content_id=self.key, locale=locale).applying(today()).values_list("state", flat=True)
        )

    def check(self):
        """Desk, log and API agree, today and on every coming day."""
        days = {window.starts for window in Window.objects.filter(content_id=self.key, starts__gt=today())}
        for day in {today(), *days}:
            check_today(day)
        flips = TranslationStep.objects.filter(task__content_id=self.key, event="source_planned", at=timezone.now())
        for step in flips.filter(before="current", after="outdated"):
            # A translation that is planned itself is judged as of its first day.
            assert self.read_told(step.task.locale) == [], str(step)
        tasks = TranslationTask.objects.filter(content_id=self.key, locale__in=TARGETS).on_day(today())
        history = load_histories([self.key])[self.key]
        for task in tasks:
            asked = {"locale": task.locale, "fallback": "false", "allow_outdated": "true"}
            response = self.client.get(f"/api/v1/documents/{self.key}/", asked)
            told = self.read_told(task.locale)
            shown = [response.json()["translation"]["state"]] if response.status_code == 200 else []
            assert shown == told, (task.locale, response.status_code)
            if told:
                span = next(span for span in history.build_text_spans(task.locale) if span.covers(today()))
                assert told == [history.derive_state(span.row, today())]
                assert task.state_on_day in (told[0], "in_work", "ready")


def check_reasons():
    """No translation became current or outdated by anything but what may make it so; what a person said has its reason."""
    check_steps()
    for step in TranslationStep.objects.all():
        if (step.before, step.after) == ("outdated", "current"):
            assert step.event in MAKES_CURRENT, str(step)
        if (step.before, step.after) == ("current", "outdated"):
            assert step.event in MAKES_OUTDATED, str(step)
        if step.event in ("dismissed", "confirmed"):
            assert step.reason
            assert step.user is not None


def test_random_histories_keep_desk_log_and_api_in_agreement(db, english, admin_user):
    load_languages()
    get_home("da")
    taken = Counter()
    with time_machine.travel("2026-03-01T12:00:00+01:00", tick=False) as clock:
        for number in count(1):
            history = Histories(admin_user, clock, number)
            for _ in range(STEPS_IN_HISTORY):
                taken[history.take_step()] += 1
                history.check()
            check_reasons()
            print(f"{taken.total()} steps taken", flush=True)  # noqa: T201
            history.find("da").delete()
            assert not TranslationTask.objects.filter(content_id=history.key).exists()
            if taken.total() >= STEPS:
                break
    print(f"{taken.total()} steps: {dict(taken.most_common())}, {Release.objects.count()} rows")  # noqa: T201

    assert taken.total() >= STEPS
