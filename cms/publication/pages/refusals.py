"""References of a page that readers are not shown, or not all of them, and why, in words for editors."""

from django.utils.translation import gettext_lazy

from cms.core.calendar import today, write_day
from cms.core.models import ReleasablePage
from cms.core.shown_targets import ReferenceObstacle, Refusal, showing
from cms.publication.pages.builder import build_resolver
from cms.publication.pages.serializers import build_text
from cms.publication.registry import registry

EXPLANATIONS = {
    ReferenceObstacle.HIDDEN: gettext_lazy("“%(name)s” is not shown: not everybody who may read this text may see it."),
    ReferenceObstacle.PLANNED: gettext_lazy("“%(name)s” is not shown before %(day)s: it does not apply until then."),
    ReferenceObstacle.UNRELEASED: gettext_lazy("“%(name)s” is not shown: it is not published."),
    ReferenceObstacle.GONE: gettext_lazy("“%(name)s” is not shown: it is not published any more."),
    ReferenceObstacle.PRIVATE_PICTURE: gettext_lazy("“%(name)s” is not shown: the picture is in a private collection."),
    ReferenceObstacle.PRIVATE_DOCUMENT: gettext_lazy(
        "“%(name)s” asks readers to sign in: it is in a private collection."
    ),
    ReferenceObstacle.BROKEN: gettext_lazy("“%(name)s” is not shown: its file is missing or cannot be read."),
}


def list_refusals(page: ReleasablePage) -> list[Refusal]:
    """List what a page refers to and does not show on its first day, or today where that is later."""
    content_type = registry.find_type_of(page)
    if content_type is None:
        return []
    with showing(max(page.applies_from or today(), today()), build_resolver(page)) as record:
        build_text(page, content_type.serializer)
    return list(record.refusals)


def explain_refusal(refusal: Refusal) -> str:
    """Explain in the active language why a reference does not show."""
    day = write_day(refusal.first_day) if refusal.first_day else ""
    return str(EXPLANATIONS[refusal.obstacle]) % {"name": refusal.name, "day": day}
