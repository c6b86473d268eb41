"""The form of a releasable page."""

from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput, SlugInput

from cms.core.calendar import today
from cms.core.reserved_paths import build_reserved_message, reserved_paths
from cms.core.signals import release_requested
from cms.core.slugs import list_letter_rules
from cms.core.tree_languages import build_language_message, has_language_of

# The buttons of the page editor that lead to publication, at once or by somebody's approval.
RELEASING_ACTIONS = ("action-publish", "action-submit", "action-restart-workflow")


class ReleasablePageForm(WagtailAdminPageForm):
    """The form begins, and saves, without what is over: the last release's answers, and a schedule that has run out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            if instance.pk is None:
                # Wagtail makes a page that is to be published live before it is.
                instance.live = False
            elif instance.live and not instance.has_unpublished_changes:
                instance.reset_release_notes(today())
            instance.reset_past_schedule(timezone.now())
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and self.instance.pk is None and self.instance.locale_id:
            rules = list_letter_rules(self.instance.locale.language_code)
            self.fields["slug"].widget = SlugInput(formatters=rules, locale=self.instance.locale)
        if "title" in self.fields:
            # Wagtail's own field is one line high and cuts what is longer.
            self.fields["title"].widget = AdminAutoHeightTextInput(attrs={"maxlength": 255})

    def clean_title(self) -> str:
        """Keep the title on one line, which the field is high enough to break."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self) -> str:
        """Write a new slug in ASCII, as an import does; the one a page stands under stays."""
        slug: str = self.instance.choose_stored_slug(self.cleaned_data["slug"])
        return slug

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if path := reserved_paths.find_reserved(self.parent_page, values.get("slug", "")):
            self.add_error("slug", build_reserved_message(path))
        if not has_language_of(self.instance, self.parent_page):
            self.add_error(None, build_language_message(self.instance, self.parent_page))
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
