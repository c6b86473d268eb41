"""The form of a releasable page."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from cms.core.calendar import today


class ReleasablePageForm(WagtailAdminPageForm):
    """Open a published page with an empty change note: what described the last release must not describe the next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        is_bound = bool(args and args[0]) or kwargs.get("data") is not None
        if instance is not None and not is_bound and instance.live and not instance.has_unpublished_changes:
            instance.reset_release_notes(today())
        super().__init__(*args, **kwargs)
