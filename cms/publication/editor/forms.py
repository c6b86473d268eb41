"""Form in which a user says why a page is withdrawn."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.core.models import ReleasablePage
from cms.core.personal_data import describe_cpr_number
from cms.publication.enums import Reason
from cms.publication.pages.serializers import is_seen_by_all_readers
from cms.publication.pages.services import is_released_type, list_descendants_out

REASONS = [
    (Reason.GONE, _("It is no longer needed")),
    (Reason.MOVED, _("Another page has taken its place")),
    (Reason.RECALLED, _("It is wrong: take it down everywhere at once")),
]


class WithdrawalForm(forms.Form):
    """Reason, where to go instead, and what readers are told; a recall is carried out once it is confirmed."""

    reason = forms.ChoiceField(label=_("Why"), choices=REASONS, widget=forms.RadioSelect)
    moved_to = forms.ModelChoiceField(
        label=_("The page that has taken its place"),
        queryset=Page.objects.all(),
        widget=AdminPageChooser,
        required=False,
    )
    explanation = forms.CharField(
        label=_("Explanation for readers"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 400}),
        help_text=_("Readers meet it where the text was, in the language you write it in. At most 400 characters."),
    )
    include_descendants = forms.BooleanField(label=_("Also the pages under it"), required=False)
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: ReleasablePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.descendants = list_descendants_out(page)
        self.descendant_count = len(self.descendants)
        if not self.descendant_count:
            del self.fields["include_descendants"]

    @property
    def needs_confirmation(self) -> bool:
        """Say whether the user has to confirm what was asked for: a recall cannot be taken back."""
        return self.cleaned_data["reason"] == Reason.RECALLED and not self.cleaned_data["is_confirmed"]

    def clean_explanation(self) -> str:
        explanation: str = self.cleaned_data["explanation"].strip()
        if problem := describe_cpr_number(explanation):
            raise ValidationError(problem)
        return explanation

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        reason = values.get("reason")
        if reason == Reason.RECALLED and "explanation" in values and not values["explanation"]:
            self.add_error("explanation", _("Say what was wrong: who relied on it needs to know."))
        if reason == Reason.MOVED and "moved_to" in values:
            problem = self._find_problem(values["moved_to"], values.get("include_descendants", False))
            if problem:
                self.add_error("moved_to", problem)
        if reason != Reason.MOVED:
            values["moved_to"] = None
        return values

    def _list_leaving(self, include_descendants: bool) -> list[ReleasablePage]:
        """List the pages that may be withdrawn with these values."""
        return [self.page, *(self.descendants if include_descendants else ())]

    def _find_problem(self, chosen: Page | None, include_descendants: bool) -> Any:
        target = chosen.specific if chosen is not None else None
        if target is None:
            return _("Choose the page that has taken its place.")
        if target.translation_key == self.page.translation_key:
            return _("A page cannot take its own place.")
        if not is_released_type(target) or not target.live:
            return _("This page is not published.")
        if include_descendants and target.is_descendant_of(self.page):
            return _("This page is withdrawn too.")
        if not all(is_seen_by_all_readers(target, page) for page in self._list_leaving(include_descendants)):
            return _("Not everyone who could read the withdrawn page may see this one.")
        return None
