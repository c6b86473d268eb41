"""The form of a releasable page."""

from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.core.calendar import today
from cms.core.reserved_paths import build_reserved_message, reserved_paths
from cms.core.signals import release_requested

# The buttons of the page editor that lead to publication, at once or by somebody's approval.
RELEASING_ACTIONS = ("action-publish", "action-submit", "action-restart-workflow")


class ReleasablePageForm(WagtailAdminPageForm):
    """The form opens without what is over: the last release's change note, and a schedule that has run out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        is_bound = bool(args and args[0]) or kwargs.get("data") is not None
        if instance is not None and not is_bound and instance.live and not instance.has_unpublished_changes:
            instance.reset_release_notes(today())
        if instance is not None and not is_bound:
            instance.reset_past_schedule(timezone.now())
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            # Wagtail's own field is one line high and cuts what is longer.
            self.fields["title"].widget = AdminAutoHeightTextInput(attrs={"maxlength": 255})

    def clean_title(self) -> str:
        """Keep the title on one line, which the field is high enough to break."""
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if path := reserved_paths.find_reserved(self.parent_page, values.get("slug", "")):
            self.add_error("slug", build_reserved_message(path))
        return values

    def _post_clean(self) -> None:
        """Ask what stands against a release when the page has the values that were typed, which it has not in ``clean``."""
        super()._post_clean()
        if self._asks_for_release():
            self.refuse_release()

    def refuse_release(self) -> None:
        """Add to the form what stands against releasing the page; a type that knows the fields it stands in says so there."""
        for _receiver, refusal in release_requested.send(sender=type(self.instance), instance=self.instance):
            if refusal:
                self.add_error(None, refusal)

    def _asks_for_release(self) -> bool:
        if any(name in self.data for name in RELEASING_ACTIONS):
            return True
        return "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "approve"
