"""Texts of a source that its translations render: what readers have, or a draft that is still to come out."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from cms.core.models import ReleasablePage
from cms.translation.bundles.own_release import is_own_release
from cms.translation.passages.missing_passages import find_translation
from cms.translation.passages.source_readings import holds_unreleased_draft


def find_unreleased_source(instance: Any) -> str | None:
    """Say that a translation renders a draft of its source that readers do not have yet; ``None`` where it does not."""
    if not isinstance(instance, ReleasablePage) or (translation := find_translation(instance)) is None:
        return None
    try:
        source = translation.source.get_source_instance()
    except ObjectDoesNotExist:
        return None
    if not holds_unreleased_draft(translation.source, source):
        return None
    return _("“%(title)s” translates a draft that is not published yet. Publish the two together, in a bundle.") % {
        "title": instance.title
    }


def find_source_obstacle(instance: Any) -> str | None:
    """Find the same as an obstacle to releasing a translation by itself; a bundle looks at its own texts."""
    return None if is_own_release() else find_unreleased_source(instance)
