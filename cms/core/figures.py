"""Rendering of dated figures: in the text's language, with what is valid on the day the text is built for."""

from collections.abc import Sequence
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.languages import SOURCE_LANGUAGE
from cms.core.shown_targets import Target, TargetKind, get_showing
from cms.core.target_cache import get_cached


class FigureInUseError(ProtectedError):
    """A figure that cannot be deleted, with the pages that show it. Its text is for editors."""

    def __init__(self, figure: Any, pages: Sequence[Any]) -> None:
        titles = ", ".join(page.title for page in pages)
        message = _("%(figure)s cannot be deleted while it is shown by: %(pages)s.")
        super().__init__(message % {"figure": figure, "pages": titles}, set(pages))

    def __str__(self) -> str:
        return str(self.args[0])


def show_figure(figure: Any) -> dict[str, Any] | None:
    """Build what a document says of a figure; ``None`` before its first amount.

    Returns ``{"figure", "label", "amount", "unit", "valid_from", "next"}``: amounts as text with two decimals, days as ISO text,
    ``next`` as ``{"amount", "valid_from"}`` or ``None``.
    """
    record = get_showing()
    figure = get_cached(TargetKind.FIGURE, figure.pk, lambda: figure)
    record.note([Target(TargetKind.FIGURE, str(figure.pk))], [amount.valid_from for amount in figure.list_amounts()])
    current, coming = figure.find_amount(record.day), figure.find_next_amount(record.day)
    name = figure.find_name(get_language() or SOURCE_LANGUAGE)
    if current is None or name is None:
        return None
    return {
        "figure": figure.slug,
        "label": name.label,
        "amount": _write(current.amount),
        "unit": name.unit,
        "valid_from": current.valid_from.isoformat(),
        "next": {"amount": _write(coming.amount), "valid_from": coming.valid_from.isoformat()} if coming else None,
    }


def _write(amount: Any) -> str:
    return f"{amount:.2f}"
