"""The form of a dated figure, and what has to hold of its names and amounts together."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE
from cms.core.personal_data import describe_cpr_number


def list_problems(languages: Sequence[str], days: Sequence[date], texts: Sequence[str]) -> Iterator[str]:
    """List what is wrong with a figure's names (their languages), amounts (their first days) and texts, in words."""
    if SOURCE_LANGUAGE not in languages:
        yield _("A figure needs a Danish name: it is what other languages fall back to.")
    for code in sorted({code for code in languages if languages.count(code) > 1}):
        yield _("There are two names in %(language)s.") % {"language": LANGUAGES[code].endonym}
    if not days:
        yield _("A figure needs an amount.")
    for day in sorted({day for day in days if days.count(day) > 1}):
        yield _("Two amounts are valid from %(day)s.") % {"day": format_day(day, "d.m.Y")}
    yield from filter(None, map(describe_cpr_number, texts))


class FigureForm(WagtailAdminModelForm):
    """Judges names and amounts as a whole; what is wrong with one of them stands at its own field."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        names, amounts = self._list_rows("names"), self._list_rows("amounts")
        texts = [str(cleaned.get("section", "")), *(str(row[key]) for row in names for key in ("label", "unit"))]
        texts += [str(row["note"]) for row in amounts]
        languages, days = [row["language"] for row in names], [row["valid_from"] for row in amounts]
        for problem in list_problems(languages, days, texts):
            self.add_error(None, problem)
        return cleaned

    def _list_rows(self, name: str) -> list[dict[str, Any]]:
        """List what the good rows of a child form set say, the deleted ones left out; its own check of doubles comes later."""
        rows = [form for form in self.formsets[name].forms if form.is_valid() and form.cleaned_data]
        return [form.cleaned_data for form in rows if not form.cleaned_data.get("DELETE")]
