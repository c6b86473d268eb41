"""Matrix of texts and languages: one page of it, in a number of queries that grows with neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.publication.registry import ContentType as PublishedType
from cms.publication.registry import registry
from cms.translation.desk.access import filter_seen_sources
from cms.translation.enums import WorkState
from cms.translation.models import TranslationTask
from cms.translation.models.task_querysets import TaskQuerySet

PAGE_SIZE = 50
# States in which somebody has something to do; what nobody has begun waits only where it was asked for.
WAITING_STATES = (WorkState.OUTDATED, WorkState.IN_WORK, WorkState.READY, WorkState.MACHINE)


@dataclass(frozen=True)
class MatrixCell:
    """One text in one language. Without a task it is the text's own language, or one nobody keeps a task for."""

    locale: str
    task: TranslationTask | None
    is_source: bool
    may_act: bool

    @property
    def value(self) -> str:
        """Its name in the form."""
        return f"{self.task.content_id}:{self.locale}" if self.task else ""

    @cached_property
    def state(self) -> str:
        """Its state today."""
        return str(getattr(self.task, "state_on_day", "")) if self.task else ""

    @cached_property
    def label(self) -> str:
        """The state in words."""
        return str(WorkState(self.state).label) if self.state else ""

    @cached_property
    def age(self) -> str:
        """The time since it got into its state, in words; "" for what nobody has begun."""
        if self.task is None or self.state == WorkState.UNTRANSLATED:
            return ""
        return describe_age(find_since(self.task))

    @cached_property
    def is_overdue(self) -> bool:
        """Say whether it should have been there by now."""
        return self.task is not None and is_overdue(self.task, self.state)

    @cached_property
    def url(self) -> str:
        """The address of the translation beside its source."""
        return reverse("translation_three_way", args=[self.task.content_id, self.locale]) if self.task else ""


@dataclass(frozen=True)
class MatrixRow:
    """One text: its source page, its type in words, and a cell for each language."""

    page: Page
    type_label: str
    cells: list[MatrixCell]


def list_types() -> dict[str, PublishedType]:
    """List the types of contents that are pages, by name."""
    return {published.name: published for published in registry.list_page_types()}


def list_contents(user: Any, tasks: TaskQuerySet, *, types: Sequence[str] = (), consortium: str = "") -> QuerySet[Page]:
    """List the source pages of the texts that have one of ``tasks`` and that a person may see, the most pressing first.

    Texts whose outdated translation is worse than none, law notes, stand first; then what has waited longest. How often a text is
    read is counted nowhere yet.
    """
    known = list_types()
    chosen = [known[name] for name in types if name in known] if types else list(known.values())
    content_types = ContentType.objects.get_for_models(
        *(published.model for published in known.values() if published.model)
    )
    keys = [content_types[published.model].pk for published in chosen if published.model]
    first = [
        content_types[published.model].pk
        for published in known.values()
        if published.model and published.is_hidden_when_outdated
    ]
    own = tasks.filter(content_id=OuterRef("translation_key"))
    waiting = own.filter(Q(state_on_day__in=WAITING_STATES) | Q(owner__isnull=False) | Q(due__isnull=False))
    # Coalesce, because SQLite would look through all pages that are no aliases for each of them.
    older = Page.objects.annotate(original=Coalesce("alias_of_id", 0)).filter(
        translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"), original=0
    )
    pages = Page.objects.filter(Exists(own.order_by()), ~Exists(older), alias_of__isnull=True, content_type__in=keys)
    if consortium:
        pages = pages.filter(_belongs_to(consortium))
    waits_since = Subquery(waiting.order_by("since").values("since")[:1], output_field=DateTimeField())
    rank = Case(When(content_type__in=first, then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered: QuerySet[Page] = (
        filter_seen_sources(pages, user)
        .annotate(rank=rank, waits_since=waits_since)
        .order_by("rank", F("waits_since").asc(nulls_last=True), "draft_title", "pk")
        .select_related("locale")
    )
    return ordered


def build_rows(pages: Sequence[Page], locales: Sequence[str], working: Sequence[str]) -> list[MatrixRow]:
    """Build the rows of some source pages, with a cell for each of ``locales``. One query, whatever their number.

    ``working`` are the languages whose cells may be chosen.
    """
    found = TranslationTask.objects.on_day(today()).filter(
        content_id__in=[page.translation_key for page in pages], locale__in=locales
    )
    tasks: dict[tuple[UUID, str], TranslationTask] = {
        (task.content_id, task.locale): task for task in found.select_related("owner")
    }
    labels = {
        ContentType.objects.get_for_model(published.model).pk: gettext(published.label)
        for published in list_types().values()
        if published.model
    }
    return [
        MatrixRow(
            page,
            labels.get(page.content_type_id, ""),
            [
                MatrixCell(
                    code,
                    tasks.get((page.translation_key, code)),
                    page.locale.language_code == code,
                    code in working,
                )
                for code in locales
            ],
        )
        for page in pages
    ]


def find_since(task: TranslationTask) -> datetime | date:
    """Find since when a task is in the state it has today; a planned change began on its day."""
    turned = getattr(task, "state_on_day", task.state) != task.state
    return task.outdated_from if turned and task.outdated_from else task.since


def describe_age(since: datetime | date) -> str:
    """Describe the time from a moment or day until now."""
    day = timezone.localtime(since).date() if isinstance(since, datetime) else since
    days = (today() - day).days
    if days <= 0:
        return gettext("today")
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def is_overdue(task: TranslationTask, state: str) -> bool:
    """Say whether a translation should have been there by now."""
    return task.due is not None and task.due < today() and state != WorkState.CURRENT


def list_shown_locales(chosen: str) -> list[str]:
    """List the languages that have a column."""
    return [chosen] if chosen in LANGUAGES else list(LANGUAGES)


def _belongs_to(consortium: str) -> Q:
    """Build the condition for pages that say themselves that they belong to a consortium."""
    condition = Q(pk__in=[])
    for published in list_types().values():
        if published.model is not None and hasattr(published.model, "consortium"):
            own = published.model._default_manager.filter(consortium__slug=consortium)  # type: ignore[attr-defined]
            condition |= Q(pk__in=own.values("pk"))
    return condition
