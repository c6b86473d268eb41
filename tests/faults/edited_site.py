"""A site that is edited through pages, with the oracle told of every act: what the state machines stand on."""

from contextlib import ExitStack
from datetime import date, timedelta
from itertools import count

import time_machine
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.test import Client, TestCase
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from cms.api.keys import create_key
from cms.core.calendar import today
from cms.core.models import Consortium
from cms.publication.access.access_scope import PUBLIC_ACCESS, AccessScope
from cms.publication.following import followers
from cms.publication.log.publication_log import publication_log
from cms.publication.models import FollowerPosition, Release, Window
from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.models import TranslationTask
from cms.translation.states.state_table import StepRefusedError
from cms.translation.states.work import dismiss
from knowledge.models import ArticlePage, ContactPointPage, GuidePage
from legal.notes.law_note_page import LawNotePage
from search.followers import DatabaseFollower
from tests.factories.figures import make_figure, set_amounts
from tests.factories.pages import publish
from tests.factories.references import make_block, write_link
from tests.faults.mirror import Mirror
from tests.faults.oracle import Oracle
from tests.faults.reference_agreement import read_references
from tests.faults.site_files import SiteFiles

START = "2026-03-01T12:00:00+01:00"
MODELS = (ArticlePage, LawNotePage, LawNotePage, GuidePage, ContactPointPage)
WORD = "vidensbro"
# Without an "a", two of which are one letter in Danish.
LETTERS = str.maketrans("0123456789", "bcdefghjkm")


class EditedSite:
    """A site in a transaction that is rolled back in the end, three callers and their mirrors, and a clock to be turned."""

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        self.clock = self.stack.enter_context(time_machine.travel(START, tick=False))
        self.oracle = Oracle()
        self.titles = count(1)
        self.texts = {}
        self.last_step = ""
        self.client = Client()
        self.follower = DatabaseFollower()
        self.figures = [make_figure(slug, amounts={date(2026, 1, 1): "100"}) for slug in ("fee", "pay-limit")]
        self.shown = {}
        self.references = {}
        self.files = SiteFiles()
        self.blocks = [make_block("<p>Tekst</p>") for _ in range(2)]
        task = GroupApprovalTask.objects.create(name="Godkendelse")
        self.workflow = Workflow.objects.create(name="Godkendelse")
        WorkflowTask.objects.create(workflow=self.workflow, task=task)
        # What came out some time, by content and language; what is on its way, by page: when it is due, and who is to approve it.
        self.released = set()
        self.scheduled = {}
        self.handed_in = {}
        self.user = get_user_model().objects.create_superuser("redaktion")
        self.owners = list(Consortium.objects.order_by("slug")[:2])
        network = {"Authorization": f"Bearer {create_key(name='network', scopes=['read:network'])[1]}"}
        scope = f"read:consortium:{self.owners[0].slug}"
        member = {"Authorization": f"Bearer {create_key(name='member', scopes=[scope])[1]}"}
        self.callers = [
            (PUBLIC_ACCESS, {}),
            (AccessScope(network=True), network),
            (AccessScope(network=True, consortia=frozenset([self.owners[0].slug])), member),
        ]
        self.mirrors = [(access, Mirror(self.client, headers)) for access, headers in self.callers]

    def follow(self, follower, rows):
        """Let a follower take a batch of so many rows."""
        size, followers.BATCH_SIZE = followers.BATCH_SIZE, rows
        try:
            followers.follow_once(follower, "machine")
        finally:
            followers.BATCH_SIZE = size

    def tick(self):
        self.clock.shift(timedelta(seconds=7))

    def committing(self):
        """Run what waits for the commit, which never comes inside a test."""
        return TestCase.captureOnCommitCallbacks(execute=True)

    def write_title(self):
        """Write a new title, numbered in letters: another amount than in the source would stand against a translation."""
        number = str(next(self.titles)).translate(LETTERS)
        return f"Titel {number} {WORD}"

    def list_pages(self):
        """List the pages that are no aliases, oldest first."""
        pages = [
            page
            for model in set(MODELS)
            for page in model.objects.filter(alias_of__isnull=True).select_related("locale")
            if page.translation_key in self.oracle.contents
        ]
        return sorted(pages, key=lambda page: page.pk)

    def list_live(self):
        return [page for page in self.list_pages() if page.live]

    def pick_page(self, pick):
        pages = self.list_pages()
        return pages[pick % len(pages)]

    def publish(self, page, **values):
        self.tick()
        if page.list_source_first()[0].pk != page.pk:
            values.pop("visibility", None)
        values.setdefault("go_live_at", None)
        if self.is_carried_out(page, lambda: publish(page, **values)):
            self.oracle_publish(type(page).objects.get(pk=page.pk))

    def is_carried_out(self, page, release):
        """Release something of a page; a translation whose source is withdrawn has to be refused, and nothing else."""
        expected = not self.is_orphaned(page)
        try:
            with self.committing():
                release()
        except ReleaseRefusedError:
            assert not expected, "refused, although nothing stands against it"
            return False
        assert expected, "released, although its source is withdrawn"
        return True

    def is_orphaned(self, page):
        """Say whether a page is a translation of what came out once and is withdrawn."""
        source = page.list_source_first()[0]
        locale = source.locale.language_code
        texts = self.oracle.contents[page.translation_key].texts.get(locale, [])
        was_out = (page.translation_key, locale) in self.released
        return source.pk != page.pk and was_out and all(text.is_hole for text in texts)

    def oracle_publish(self, page):
        self.scheduled.pop(page.pk, None)
        self.handed_in.pop(page.pk, None)
        self.released.add((page.translation_key, page.locale.language_code))
        self.shown[page.title] = [child.value.slug for child in page.body if child.block_type == "figure"]
        self.references[page.title] = read_references(page)
        source = page.list_source_first()[0]
        content = self.oracle.contents[page.translation_key]
        content.visibility = source.visibility
        content.consortium = source.consortium.slug
        there = self.texts.keys()
        fresh = [position for position in list_text_positions(page.translation_key) if position not in there]
        is_backdated = page.applies_from is not None and page.applies_from < today()
        text = self.oracle.publish(
            page.translation_key,
            page.locale.language_code,
            title=page.title,
            applies_from=page.applies_from,
            applies_until=page.applies_until,
            significance=page.significance,
            source_locale=source.locale.language_code,
            today=today(),
            # A backdated text that names others may say something else of days gone by than when it was first published.
            is_new=bool(fresh) and is_backdated and any([*self.shown[page.title], *self.references[page.title]]),
        )
        assert len(fresh) == (text is not None), "released although nothing changed, or not although something did"
        self.texts.update(dict.fromkeys(fresh, text))

    def list_outdated(self):
        """List the translations that the desk calls outdated today, as ``(content id, language)``."""
        tasks = TranslationTask.objects.on_day(today()).filter(state_on_day="outdated").order_by("pk")
        return [(task.content_id, task.locale) for task in tasks if task.content_id in self.oracle.contents]

    def dismiss(self, content_id, locale):
        """Say that a translation is still right; what the desk calls outdated has a text of today."""
        self.tick()
        there = self.texts.keys()
        try:
            with self.committing():
                dismiss(content_id, locale, user=self.user, reason="Stadig rigtig")
        except StepRefusedError:
            assert self.texts.keys() >= set(list_text_positions(content_id))
            return
        fresh = [position for position in list_text_positions(content_id) if position not in there]
        assert len(fresh) == 1
        self.texts[fresh[0]] = self.oracle.confirm(content_id, locale, today())

    def build_references(self, picks):
        """Build raw blocks and related pages that refer to pages in the way the pick says."""
        blocks, related = [], []
        for pick in picks:
            page, way = self.pick_page(pick), pick % 6
            if way == 0:
                related.append({"type": "page", "value": page.pk})
            elif way == 1:
                blocks.append({"type": "reusable", "value": self.blocks[pick % 2].pk})
            elif way in (2, 3):
                blocks.append(self.files.build_block("image" if way == 2 else "document"))
            elif isinstance(page, ContactPointPage):
                blocks.append({"type": "contact_point", "value": page.pk})
            else:
                blocks.append({"type": "paragraph", "value": write_link(page)})
        return blocks, related

    def change_block(self, number, page, *, is_live):
        """Publish a reusable block with a link to a page, or take it back."""
        self.tick()
        block = type(self.blocks[number]).objects.get(pk=self.blocks[number].pk)
        block.body = write_link(page)
        with self.committing():
            block.save_revision().publish()
            if not is_live:
                block.unpublish()

    def change_file(self, kind, change):
        """Replace, delete, close or open a file that texts show."""
        self.tick()
        with self.committing():
            if change == "close":
                self.files.close()
            else:
                getattr(self.files, change)(kind)

    def change_figure(self, number, amounts):
        """Save a figure with amounts by first day; days gone by stay as they were."""
        before = list_past_versions()
        self.tick()
        self.figures[number] = set_amounts(self.figures[number], amounts)
        assert list_past_versions() == before, "a figure that changes rewrites days gone by"

    def oracle_withdraw(self, page, is_source=None):
        if is_source is None:
            is_source = page.list_source_first()[0].pk == page.pk
        content = self.oracle.contents[page.translation_key]
        taken = type(page).objects.filter(translation_key=page.translation_key) if is_source else []
        for key in (page.pk, *[other.pk for other in taken]):
            self.scheduled.pop(key, None)
            self.handed_in.pop(key, None)
        if is_source:
            content.texts.clear()
        else:
            content.texts.pop(page.locale.language_code, None)

    def withdraw_version(self, window, reason):
        self.tick()
        # The text decides: a version may be the same text released again, from another day on.
        text = self.texts[Release.objects.get(pk=window.pk).text_position]
        with self.committing():
            publication_log.withdraw(content_id=window.content_id, version=window.version, reason=reason)
        self.oracle.withdraw_text(window.content_id, window.locale, text, today())


def get_follower_position(name):
    return FollowerPosition.objects.filter(name=name).values_list("position", flat=True).first() or 0


def list_past_versions():
    """List the versions that applied on days gone by, with those days."""
    windows = Window.objects.filter(starts__lt=today()).values_list("content_id", "locale", "starts", "ends", "etag")
    return sorted(
        (str(content_id), locale, starts, min(ends or today(), today()), etag)
        for content_id, locale, starts, ends, etag in windows
    )


def list_text_positions(content_id):
    """List the rows of an item that carry a text of their own, not one released again."""
    rows = Release.objects.filter(content_id=content_id, kind="released", text_position=F("position"))
    return list(rows.values_list("position", flat=True))
