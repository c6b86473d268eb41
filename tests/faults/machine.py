"""Random histories of a site: editors at work, days that pass, mirrors and followers that read when they please."""

from collections import Counter
from datetime import timedelta
from functools import wraps

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, Revision, WorkflowState

from cms.core.calendar import today
from cms.exchange.sites import get_home
from cms.publication.following.followers import catch_up, get_head_position
from cms.publication.models import Window
from cms.publication.pages.services import withdrawing
from cms.publication.pages.transactions import SCHEDULED
from knowledge.models import ArticlePage
from legal.notes.law_note_page import LawNotePage
from search.database.database_search import search_database
from search.followers import DatabaseFollower
from tests.factories.figures import build_body
from tests.factories.pages import make_page
from tests.faults import agreement, desk_agreement
from tests.faults.edited_site import MODELS, WORD, EditedSite, get_follower_position
from tests.faults.oracle import Content
from tests.faults.reference_agreement import check_references

TARGETS = ("en", "ar")
DEEPEST = 5
MOST_PAGES = 14

picks = st.integers(0, 9_999)
first_days = st.sampled_from([None, None, -30, -3, -1, 0, 1, 2, 10, 40])
lengths = st.sampled_from([None, None, None, 0, 1, 12, 60])
amount_days = st.sampled_from([-400, -400, -20, -1, 0, 1, 5, 15, 40])
significances = st.sampled_from(["typo", "minor", "substantive"])


# How often each step was taken in this process.
TAKEN: Counter[str] = Counter()


def step(**strategies):
    """Make a rule of a method, and count how often it runs."""

    def decorate(method):
        @wraps(method)
        def run(self, **values):
            TAKEN[method.__name__] += 1
            self.last_step = method.__name__
            return method(self, **values)

        return rule(**strategies)(run)

    return decorate


class SiteMachine(EditedSite, RuleBasedStateMachine):
    """The site and its oracle. Every history begins with the same site and ends with everything in agreement."""

    def teardown(self):
        try:
            self.settle(limit=3)
            agreement.check_rebuilt_windows()
            agreement.check_pending(self.scheduled, self.handed_in)
        finally:
            self.stack.close()

    # What editors do

    @initialize()
    def begin(self):
        """Begin with a note and an article, in two languages each."""
        for number, model in enumerate((LawNotePage, ArticlePage)):
            self.create(pick=number, model=model, visibility="public")
            self.translate(pick=number, locale="en", first=None, length=None)

    @precondition(lambda self: len(self.oracle.contents) < MOST_PAGES)
    @step(pick=picks, model=st.sampled_from(MODELS), visibility=st.sampled_from(["public", "public", "network"]))
    def create(self, pick, model, visibility):
        parents = [
            get_home("da"),
            *[page for page in self.list_pages() if page.depth < DEEPEST - 1 and is_danish(page)],
        ]
        parent = parents[pick % len(parents)]
        self.tick()
        page = make_page(
            model, title=self.write_title(), parent=parent, visibility=visibility, consortium=self.owners[pick % 2]
        )
        self.oracle.contents[page.translation_key] = Content(type=page.content_type_name)
        self.publish(page)

    @precondition(lambda self: self.list_pages())
    @step(
        pick=picks,
        first=first_days,
        length=lengths,
        significance=significances,
        shown=st.sampled_from([0, 0, 1, 2]),
        referred=st.lists(picks, max_size=3),
    )
    def edit(self, *, pick, first, length, significance, shown, referred):
        page = self.pick_page(pick)
        first_day = None if first is None else today() + timedelta(days=first)
        last_day = None if length is None else (first_day or today()) + timedelta(days=length)
        blocks, related = self.build_references(referred)
        self.publish(
            page,
            title=self.write_title(),
            applies_from=first_day,
            applies_until=last_day,
            significance=significance,
            body=build_body(page, *self.figures[:shown], more=blocks),
            related=type(page)._meta.get_field("related").to_python(related),
        )

    @precondition(lambda self: self.list_pages())
    @step(number=st.integers(0, 1), pick=picks, is_live=st.sampled_from([True, True, False]))
    def change_block(self, number, pick, is_live):
        super().change_block(number, self.pick_page(pick), is_live=is_live)

    @step(number=st.integers(0, 1), amounts=st.dictionaries(amount_days, st.integers(1, 9), min_size=1, max_size=4))
    def change_figure(self, number, amounts):
        """Give a figure other amounts: coming ones, ones gone by, or one from today on."""
        super().change_figure(number, {today() + timedelta(days=day): str(amount) for day, amount in amounts.items()})

    @step(
        kind=st.sampled_from(["image", "document"]), change=st.sampled_from(["replace", "replace", "delete", "close"])
    )
    def change_file(self, kind, change):
        super().change_file(kind, change)

    @precondition(lambda self: self.list_pages())
    @step(pick=picks)
    def publish_unchanged(self, pick):
        self.publish(self.pick_page(pick))

    @precondition(lambda self: self.list_pages())
    @step(pick=picks, visibility=st.sampled_from(["public", "network", "consortium"]), owner=st.integers(0, 1))
    def change_visibility(self, pick, visibility, owner):
        page = self.pick_page(pick)
        source = page.list_source_first()[0]
        self.publish(source, visibility=visibility, consortium=self.owners[owner], significance="minor")

    @precondition(lambda self: self.list_live())
    @step(pick=picks, reason=st.sampled_from(["gone", "moved", "recalled"]))
    def unpublish(self, pick, reason):
        pages = self.list_live()
        page, other = pages[pick % len(pages)], pages[(pick + 1) % len(pages)]
        self.tick()
        moved_to = other.translation_key if reason == "moved" else None
        with withdrawing(reason=reason, moved_to=moved_to), self.committing():
            page.unpublish()
        self.oracle_withdraw(page)

    @precondition(lambda self: self.list_pages())
    @step(pick=picks, place=picks)
    def move(self, pick, place):
        page = self.pick_page(pick)
        locale = page.locale.language_code
        below = {other.pk for other in page.get_descendants(inclusive=True)}
        height = max(other.depth for other in page.get_descendants(inclusive=True)) - page.depth
        targets = [get_home(locale)] + [
            other
            for other in self.list_pages()
            if other.locale_id == page.locale_id and other.pk not in below and other.depth + 1 + height <= DEEPEST
        ]
        self.tick()
        with self.committing():
            page.move(Page.objects.get(pk=targets[place % len(targets)].pk), pos="last-child")

    @precondition(lambda self: self.list_pages())
    @step(pick=picks)
    def rename(self, pick):
        page = self.pick_page(pick)
        self.publish(page, slug=f"omdoebt-{next(self.titles)}")

    @precondition(lambda self: len(self.oracle.contents) > 3 and self.list_pages())
    @step(pick=picks)
    def delete(self, pick):
        page = self.pick_page(pick)
        gone = [other for other in page.get_descendants(inclusive=True).specific() if other.alias_of_id is None]
        self.tick()
        sources = {other.pk for other in gone if other.list_source_first()[0].pk == other.pk}
        with self.committing():
            page.delete()
        for other in gone:
            if other.translation_key in self.oracle.contents:
                self.oracle_withdraw(other, is_source=other.pk in sources)

    @precondition(lambda self: self.list_pages())
    @step(pick=picks, locale=st.sampled_from(TARGETS), first=first_days, length=lengths)
    def translate(self, pick, locale, first, length):
        """Translate or, where the language is there, edit the translation."""
        page = self.pick_page(pick)
        source = page.list_source_first()[0]
        if source.locale.language_code == locale:
            return
        get_home(locale)
        target = type(get_home(locale)).objects.get(pk=get_home(locale).pk).locale
        there = type(source).objects.filter(translation_key=source.translation_key, locale=target).first()
        self.tick()
        with self.committing():
            if there is None:
                there = source.copy_for_translation(target, copy_parents=True)
            elif there.alias_of_id is not None:
                ConvertAliasPageAction(there).execute(skip_permission_checks=True)
                there = type(source).objects.get(pk=there.pk)
        first_day = None if first is None else today() + timedelta(days=first)
        last_day = None if length is None else (first_day or today()) + timedelta(days=length)
        self.publish(there, title=self.write_title(), applies_from=first_day, applies_until=last_day)

    @precondition(lambda self: self.list_outdated())
    @step(pick=picks)
    def call_still_right(self, pick):
        outdated = self.list_outdated()
        self.dismiss(*outdated[pick % len(outdated)])

    @invariant()
    def desk_says_what_readers_are_told(self):
        desk_agreement.check_today(today())

    # What comes out later

    @precondition(lambda self: self.list_pages())
    @step(pick=picks, days=st.integers(1, 20))
    def schedule(self, pick, days):
        page = self.pick_page(pick)
        if page.pk in self.handed_in:
            return
        self.tick()
        draft = page.get_latest_revision_as_object()
        draft.title, draft.go_live_at = self.write_title(), timezone.now() + timedelta(days=days)
        if self.is_carried_out(page, lambda: draft.save_revision().publish()):
            self.scheduled[page.pk] = draft.go_live_at

    @precondition(lambda self: self.scheduled)
    @step()
    def publish_scheduled(self):
        """Publish what is due, one after the other as Wagtail's command does."""
        self.tick()
        due = list(Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at"))
        assert {int(revision.object_id) for revision in due} == {
            key for key, moment in self.scheduled.items() if moment < timezone.now()
        }
        for revision in due:
            page = Page.objects.get(pk=revision.object_id).specific
            is_orphaned = self.is_orphaned(page)
            with self.committing():
                revision.publish(log_action=SCHEDULED)
            if is_orphaned:
                del self.scheduled[page.pk]
            else:
                self.oracle_publish(type(page).objects.get(pk=page.pk))
        assert not Revision.objects.filter(approved_go_live_at__lt=timezone.now()).exists()

    @precondition(lambda self: self.list_pages())
    @step(pick=picks)
    def hand_in(self, pick):
        """Hand a draft in for approval."""
        page = self.pick_page(pick)
        if page.pk in self.handed_in:
            return
        self.tick()
        draft = page.get_latest_revision_as_object()
        draft.title, draft.go_live_at = self.write_title(), None
        draft.save_revision()
        self.handed_in[page.pk] = self.workflow.start(type(page).objects.get(pk=page.pk), None)

    @precondition(lambda self: self.handed_in)
    @step(pick=picks)
    def approve(self, pick):
        self.tick()
        key = sorted(self.handed_in)[pick % len(self.handed_in)]
        page = Page.objects.get(pk=key).specific
        state = WorkflowState.objects.active().get(pk=self.handed_in[key].pk).current_task_state.specific
        if self.is_carried_out(page, lambda: state.approve(user=None)):
            self.oracle_publish(type(page).objects.get(pk=key))

    # What the log is told directly

    @precondition(lambda self: Window.objects.exists())
    @step(pick=picks)
    def recall_version(self, pick):
        windows = list(Window.objects.order_by("pk"))
        self.withdraw_version(windows[pick % len(windows)], "recalled")

    @precondition(lambda self: Window.objects.filter(starts__gt=today()).exists())
    @step(pick=picks)
    def cancel_planned(self, pick):
        windows = list(Window.objects.filter(starts__gt=today()).order_by("pk"))
        self.withdraw_version(windows[pick % len(windows)], "gone")

    # What goes on meanwhile

    @precondition(lambda self: self.last_step != "pass_days")
    @step(days=st.sampled_from([1, 1, 2, 10, 30]))
    def pass_days(self, days):
        self.clock.shift(timedelta(days=days))

    @step(who=st.integers(0, 2), pages=st.integers(1, 3), limit=st.integers(1, 5))
    def follow_changes(self, who, pages, limit):
        for _ in range(pages):
            self.mirrors[who][1].follow(limit=limit, today=today())

    @precondition(lambda self: get_follower_position(DatabaseFollower.name) < get_head_position())
    @step(rows=st.integers(1, 4))
    def follow_log(self, rows):
        self.follow(self.follower, rows)

    @step(limit=st.sampled_from([1, 3, 100]))
    def settle(self, limit):
        """Let everybody catch up, and compare."""
        self.tick()
        day = today()
        agreement.check_log()
        agreement.check_windows(self.oracle, day)
        desk_agreement.check_days(self.oracle, day)
        desk_agreement.check_steps()
        agreement.check_figures(self.figures, self.shown, self.oracle, day)
        check_references(self.oracle, self.references, self.files, day)
        agreement.check_pages()
        agreement.check_pending(self.scheduled, self.handed_in)
        for access, mirror in self.mirrors:
            while mirror.follow(limit=limit, today=day):
                pass
            agreement.check_mirror(mirror, access, self.oracle, day)
        agreement.check_lists(self.client, self.oracle, self.callers, day, limit=max(limit, 3))
        agreement.check_documents(self.client, self.oracle, self.callers[:2], day, list(self.oracle.contents)[-6:])
        self.check_search(day)

    def check_search(self, day):
        catch_up(self.follower, "machine")
        agreement.check_text_table()
        agreement.check_search(search_database, self.oracle, self.callers, day, word=WORD)


def is_danish(page):
    return page.locale.language_code == "da"
