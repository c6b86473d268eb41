"""Dated figures, and pages that show them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cms.core.models import Figure, FigureAmount, FigureName
from tests.factories.pages import make_page


def make_figure(slug: str = "pay-limit", *, amounts: dict[date, str], **labels: str) -> Figure:
    """Make a figure with its amounts by first day, and its labels by language."""
    figure = Figure(slug=slug)
    figure.names = [
        FigureName(language=language, label=label, unit="kr. pr. år")
        for language, label in {"da": "Beløbsgrænsen", **labels}.items()
    ]
    figure.save()
    return set_amounts(figure, amounts)


def set_amounts(figure: Figure, amounts: dict[date, str]) -> Figure:
    """Save a figure with these amounts and no others, as the editor does; returns it as it is stored then."""
    figure = Figure.objects.get(pk=figure.pk)
    figure.amounts = [FigureAmount(valid_from=day, amount=amount) for day, amount in amounts.items()]
    figure.save()
    return Figure.objects.get(pk=figure.pk)


def build_body(
    page: Any, *figures: Figure, text: str = "<p>Lønnen skal være høj nok.</p>", more: Sequence[dict[str, Any]] = ()
) -> Any:
    """Build a body of a passage, figures and more blocks as they are stored."""
    blocks = [{"type": "paragraph", "value": text}]
    blocks += [{"type": "figure", "value": figure.pk} for figure in figures]
    blocks += more
    return type(page)._meta.get_field("body").to_python(blocks)


def make_page_showing(*figures: Figure, **values: Any) -> Any:
    """Make an unpublished article that shows figures."""
    page = make_page(**values)
    page.body = build_body(page, *figures)
    return page
