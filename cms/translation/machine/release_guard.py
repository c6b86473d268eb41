"""Guard that a machine's translation of a law note is released by a person who has it before them.

A machine's passage has no translator until somebody publishes it from the editor of that one translation; it stays labelled as a
machine's. Bulk actions, imports, bundles and schedules publish only what somebody has published there, or translated.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.core.languages import LANGUAGES
from cms.publication.registry import registry
from cms.translation.passages.source_readings import list_machine_passages


def find_unread_machine_passages(instance: Any) -> str | None:
    """Say that a law note has passages that only a machine has read; ``None`` where it has none, and for other types."""
    content_type = registry.find_type_of(instance)
    if content_type is None or not content_type.is_hidden_when_outdated:
        return None
    count = list_machine_passages(instance).filter(last_translated_by=None).count()
    if not count:
        return None
    return _(
        "“%(title)s” cannot be published in %(language)s: a machine translated %(count)s passages that nobody has read. Open the "
        "translation, read it, and publish it there."
    ) % {"title": instance, "language": LANGUAGES[instance.locale.language_code].endonym, "count": count}


def sign_machine_passages(request: HttpRequest, page: Page) -> None:
    """Put the name of whoever publishes a translation from its own editor to the passages a machine wrote."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return
    if not page.permissions_for_user(request.user).can_publish():
        return
    unsigned = list_machine_passages(page).filter(last_translated_by=None)
    # Not through save(): the time at which a passage was translated stays.
    StringTranslation.objects.filter(pk__in=list(unsigned.values_list("pk", flat=True))).update(
        last_translated_by=request.user
    )
