"""Where a dated figure is shown, as far as readers are concerned: in the texts that apply today or later."""

from wagtail.models import Revision

from cms.core.calendar import today
from cms.core.figures import FigureInUseError
from cms.core.models import Figure, ReleasablePage
from cms.core.showing import showing
from cms.publication.log.history import load_histories
from cms.publication.pages.serializers import build_text
from cms.publication.pages.services import list_referrers
from cms.publication.registry import registry


def refuse_if_shown(figure: Figure) -> None:
    """Raise an error where a figure is shown.

    Raises:
        FigureInUseError: naming the pages.
    """
    pages = [page for page in list_referrers(figure) if _shows(page, figure)]
    if pages:
        raise FigureInUseError(figure, pages)


def _shows(page: ReleasablePage, figure: Figure) -> bool:
    content_type = registry.find_type_of(page)
    history = load_histories([page.translation_key])[page.translation_key]
    for span in history.build_text_spans(page.locale.language_code):
        if content_type is None or not span.reaches(today()):
            continue
        revision = Revision.objects.filter(pk=span.row.revision_id).first() if span.row.revision_id else None
        with showing(max(span.starts, today())) as shown:
            build_text(revision.as_object() if revision else page, content_type.serializer)
        if figure in shown.shown:
            return True
    return False
