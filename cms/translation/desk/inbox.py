"""Translations that wait for one person: what is asked of this person, and what the teams of the person's languages have to do."""

from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Value, When
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.permissions import list_working_locales
from cms.translation.desk.access import filter_seen_sources
from cms.translation.enums import NoticeKind, WorkEvent, WorkState
from cms.translation.models import BundleEntry, LanguageTeam, NoticeOccasion, TranslationStep, TranslationTask
from cms.translation.models.task_querysets import TaskQuerySet

# What nobody has translated waits only where somebody asked for it.
BEGUN_STATES = (WorkState.UNTRANSLATED, WorkState.IN_WORK, WorkState.MACHINE, WorkState.WITHDRAWN)


def list_inbox_locales(user: Any) -> list[str]:
    """List the languages a person answers for: those of the person's teams, and those one works in that have no team."""
    teams = LanguageTeam.objects.filter(members__isnull=False).distinct()
    manned = dict(teams.values_list("locale", "pk"))
    own = set(user.language_teams.values_list("locale", flat=True))
    return [code for code in list_working_locales(user) if code in own or code not in manned]


def list_inbox(user: Any) -> TaskQuerySet:
    """List the tasks that wait for a person, the most pressing first.

    Each has ``state_on_day``, ``is_requested``, ``is_blocked`` and ``is_handed_out``: what somebody asked for, what something
    stands against, and what is to come out with a bundle whose drafts translators were given and have not translated since.
    """
    steps = TranslationStep.objects.filter(task=OuterRef("pk"), event=WorkEvent.REQUESTED)
    blocked = NoticeOccasion.objects.filter(task=OuterRef("pk"), kind=NoticeKind.BLOCKED, at__gte=OuterRef("since"))
    whole = TranslationStep.objects.filter(
        task=OuterRef(OuterRef("pk")), event=WorkEvent.COMPLETED, at__gte=OuterRef("handed_out_at")
    )
    handed_out = BundleEntry.objects.filter(
        ~Exists(whole),
        content_id=OuterRef("content_id"),
        locale=OuterRef("locale"),
        is_pending=True,
        handed_out_at__isnull=False,
    )
    seen = filter_seen_sources(Page.objects.filter(translation_key=OuterRef("content_id")), user)
    tasks: TaskQuerySet = TranslationTask.objects.on_day(today()).annotate(
        is_requested=Case(
            When(Q(owner__isnull=False) | Q(due__isnull=False), then=Value(True)),
            default=Exists(steps),
            output_field=BooleanField(),
        ),
        is_blocked=Exists(blocked),
        is_handed_out=Exists(handed_out),
    )
    waiting = (
        Q(state_on_day__in=(WorkState.OUTDATED, WorkState.READY))
        | Q(state_on_day__in=BEGUN_STATES, is_requested=True)
        | Q(is_blocked=True)
        | Q(is_handed_out=True)
    )
    mine = Q(owner=user) | Q(owner__isnull=True, locale__in=list_inbox_locales(user))
    ordered: TaskQuerySet = (
        tasks.filter(mine, waiting)
        .filter(Exists(seen))
        .select_related("owner")
        .order_by(F("due").asc(nulls_last=True), "since", "pk")
    )
    return ordered


def load_titles(content_ids: set[UUID]) -> dict[UUID, str]:
    """Load the titles of some texts in their own languages. One query."""
    pages = Page.objects.filter(translation_key__in=content_ids, alias_of__isnull=True).order_by("-pk")
    return {
        page.translation_key: page.draft_title or page.title
        for page in pages.only("translation_key", "title", "draft_title")
    }
