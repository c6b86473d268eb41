"""Texts of a source that its translations render: what readers have, or a draft that is still to come out."""

from typing import Any

import orjson
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.core.models import ReleasablePage
from cms.publication.editor.draft_marks import DraftMark
from cms.translation.bundles.own_release import is_own_release
from cms.translation.passages.missing_passages import find_translation


def is_same_text(source: Any, revision: Revision) -> bool:
    """Say whether a translation source holds the text of a draft of its page."""
    held = Revision(content_type=revision.content_type, content=orjson.loads(source.content_json))
    return DraftMark.build(held).digest == DraftMark.build(revision).digest


def find_unreleased_source(instance: Any) -> str | None:
    """Say that a translation renders a draft of its source that readers do not have yet; ``None`` where it does not."""
    if not isinstance(instance, ReleasablePage) or (translation := find_translation(instance)) is None:
        return None
    try:
        source = translation.source.get_source_instance()
    except ObjectDoesNotExist:
        return None
    newest, live = source.get_latest_revision(), source.live_revision
    if not source.live or live is None or newest is None or newest.pk == live.pk:
        return None
    if is_same_text(translation.source, live) or not is_same_text(translation.source, newest):
        return None
    return _("“%(title)s” translates a draft that is not published yet. Publish the two together, in a bundle.") % {
        "title": instance.title
    }


def find_source_obstacle(instance: Any) -> str | None:
    """Find the same as an obstacle to releasing a translation by itself; a bundle looks at its own texts."""
    return None if is_own_release() else find_unreleased_source(instance)
