"""Form that closes reviews, one or several."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.personal_data import describe_cpr_number
from cms.core.unicode_text import normalise_text
from legal.enums import ReviewState


class ClosingForm(forms.Form):
    """Outcome of a review; that a text is not affected needs a reason."""

    outcome = forms.ChoiceField(
        choices=[(ReviewState.REVIEWED, _("Still right")), (ReviewState.DISMISSED, _("Not affected"))],
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose what came of the review.")},
    )
    reason = forms.CharField(
        label=_("Reason or remark"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required where the text is not affected. Kept in the page's history, never shown to readers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.errors.get("reason"):
            self.fields["reason"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        reason = cleaned["reason"] = normalise_text(cleaned.get("reason", ""))
        if cleaned.get("outcome") == ReviewState.DISMISSED and not reason.strip():
            self.add_error("reason", _("Say why this text is not affected."))
        if problem := describe_cpr_number(reason):
            self.add_error("reason", problem)
        return cleaned

    def clean_outcome(self) -> ReviewState:
        return ReviewState(self.cleaned_data["outcome"])
