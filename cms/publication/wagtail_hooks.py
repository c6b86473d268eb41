"""What the editor may not do, because readers are shown it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail import hooks

from cms.core.figures import FigureInUseError
from cms.core.models import Figure
from cms.publication.figures import refuse_if_shown


@hooks.register("before_delete_snippet")
def refuse_to_delete_shown_figures(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Say which pages show a figure instead of asking whether to delete it, and lead to them."""
    for figure in instances:
        if isinstance(figure, Figure):
            try:
                refuse_if_shown(figure)
            except FigureInUseError as error:
                messages.error(request, str(error))
                return HttpResponseRedirect(figure.usage_url)
    return None
