"""Form of a reason, for whoever says that a translation is right as it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.translation.models import TranslationStep

REASON_LENGTH = TranslationStep._meta.get_field("reason").max_length


class ReasonForm(forms.Form):
    """A reason that is required; it is kept in the text's history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: only the Danish wording changed."),
    )
