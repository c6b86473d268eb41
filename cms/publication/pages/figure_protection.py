"""Figures that a present or planned text shows cannot be deleted."""

from cms.core.figures import FigureInUseError
from cms.core.models import Figure
from cms.core.references import build_target
from cms.publication.pages.referrers import list_pages, list_referrers


def refuse_if_shown(figure: Figure) -> None:
    """Raise an error where a figure is shown.

    Raises:
        FigureInUseError: naming the pages.
    """
    pages = list_pages(list_referrers([build_target(figure)]))
    if pages:
        raise FigureInUseError(figure, pages)
