"""The calendar of everything planned: texts, languages, bundles, law and figures, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.publication.planned import PlannedEntry
from cms.publication.registry import registry

# So many of each type are shown, the next to come first.
MOST_OF_A_TYPE = 200


@dataclass(frozen=True)
class PlannedLine:
    """One entry with the type it is of, and its language by its own name."""

    entry: PlannedEntry
    label: str | Promise
    endonym: str


@dataclass(frozen=True)
class PlannedDay:
    """A day and what is planned for it."""

    day: date
    lines: Sequence[PlannedLine]


class PlannedView(WagtailAdminTemplateMixin, TemplateView):
    """List what is planned from tomorrow on, of one type and one language where they are asked for."""

    breadcrumbs_items: ClassVar[list[Any]] = []
    page_title = gettext_lazy("Planned")
    header_icon = "calendar"
    template_name = "publication/admin/planned.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind, locale = self.request.GET.get("type", ""), self.request.GET.get("language", "")
        days = list_planned_days(self.request.user, kind=kind, locale=locale)
        return super().get_context_data(
            days=days,
            kind=kind,
            chosen_language=locale,
            kinds=list(registry.planned_sources.values()),
            languages=list(LANGUAGES.values()),
            **kwargs,
        )


def list_planned_days(user: Any, *, kind: str = "", locale: str = "") -> list[PlannedDay]:
    """List the days for which something is planned that a user may see; things of no language belong to every language."""
    lines = [
        PlannedLine(entry, source.label, LANGUAGES[entry.locale].endonym if entry.locale in LANGUAGES else "")
        for source in registry.planned_sources.values()
        if kind in ("", source.name)
        for entry in source.list_entries(user, today(), MOST_OF_A_TYPE)
        if entry.day > today() or entry.moment is not None
        if not locale or entry.locale in ("", locale)
    ]
    lines.sort(key=_order)
    return [PlannedDay(day, list(group)) for day, group in groupby(lines, key=lambda line: line.entry.day)]


def _order(line: PlannedLine) -> tuple[date, str, str]:
    moment = line.entry.moment
    return (line.entry.day, moment.isoformat() if moment else "", line.entry.title)
