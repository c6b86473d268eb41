"""Forms of bundles: when one goes live and what it waits for, what is put into it, and how much a text has changed."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput, AdminPageChooser
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.day_fields import DAY_FORMATS, DayField, DayInput
from cms.core.enums import Significance
from cms.core.languages import LANGUAGES
from cms.core.personal_data import find_cpr_number
from cms.publication.editor.publish_form import CHANGES
from cms.translation.bundle_enums import BundleState, IfMissing, Timing
from cms.translation.bundles.contents import may_bundle
from cms.translation.models import BundleEntry, ReleaseBundle


def list_language_choices() -> list[tuple[str, str]]:
    """List the languages by their own names."""
    return [(language.code, language.endonym) for language in LANGUAGES.values()]


class BundleForm(forms.ModelForm):
    """Name and time of a bundle, and its language gate."""

    day = DayField(
        label=_("The day"),
        required=False,
        widget=DayInput(format=DAY_FORMATS[0]),
        help_text=_("For example 1. januar 2027 or 01.01.2027. Planned texts turn at midnight by themselves."),
    )
    moment = forms.DateTimeField(
        label=_("Day and time"),
        required=False,
        widget=AdminDateTimeInput(),
        help_text=_("The texts come out within a minute of this time, and apply from that day."),
    )

    class Meta:
        model = ReleaseBundle
        fields: ClassVar = ["name", "timing", "day", "moment", "required_locales", "if_missing"]
        widgets: ClassVar = {"timing": forms.RadioSelect, "if_missing": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timing"].choices = Timing.choices  # type: ignore[attr-defined]
        self.fields["if_missing"].choices = IfMissing.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        timing, day, moment = values.get("timing"), values.get("day"), values.get("moment")
        if timing == Timing.DAY and "day" in values and (day is None or day < today()):
            self.add_error("day", _("Write the day, today or later."))
        if timing == Timing.MOMENT and "moment" in values and (moment is None or moment < timezone.now()):
            self.add_error("moment", _("Write a day and a time to come."))
        values["day"] = day if timing == Timing.DAY else None
        values["moment"] = moment if timing == Timing.MOMENT else None
        return values


class AddPageForm(forms.Form):
    """A page whose text, in some languages, is put into a bundle."""

    page = forms.ModelChoiceField(label=_("Page"), queryset=Page.objects.all(), widget=AdminPageChooser)
    locales = forms.MultipleChoiceField(
        label=_("In these languages"), choices=list_language_choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_page(self) -> Any:
        page = self.cleaned_data["page"].specific
        if not may_bundle(page, self.user):
            raise ValidationError(
                _("You may not publish this page, or it is of a kind that is not published by itself.")
            )
        return page


class ChooseBundleForm(forms.Form):
    """A bundle into which the page somebody stands on is put, an open one or a new one, and the languages."""

    bundle = forms.ModelChoiceField(
        label=_("Bundle"), queryset=ReleaseBundle.objects.none(), required=False, empty_label=_("A new bundle")
    )
    name = forms.CharField(label=_("Name of the new bundle"), required=False, max_length=120)
    locales = forms.MultipleChoiceField(
        label=_("In these languages"), choices=list_language_choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, bundles: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_bundles = ReleaseBundle.objects.filter(pk__in=bundles, state=BundleState.OPEN)
        self.fields["bundle"].queryset = open_bundles  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("bundle") is None and not values.get("name", "").strip():
            self.add_error("name", _("Choose a bundle, or name a new one."))
        return values


class AnswerForm(forms.ModelForm):
    """How much a text that readers know has changed, and what they are told."""

    significance = forms.ChoiceField(label=_("How much has changed?"), choices=CHANGES, widget=forms.RadioSelect)

    class Meta:
        model = BundleEntry
        fields: ClassVar = ["significance", "change_note"]
        # The publish step asks in the same words.
        labels: ClassVar = {"change_note": _("What has changed, in a sentence for readers")}
        help_texts: ClassVar = {
            "change_note": _("Readers find it in the page's history and in feeds. At most 400 characters.")
        }
        widgets: ClassVar = {"change_note": forms.Textarea(attrs={"rows": 2, "maxlength": 400})}

    def clean_change_note(self) -> str:
        note = " ".join(self.cleaned_data["change_note"].split())
        if found := find_cpr_number(note):
            raise ValidationError(
                _("%(found)s looks like a CPR number; personal data do not belong here."), params={"found": found}
            )
        return note

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("significance") == Significance.SUBSTANTIVE and values.get("change_note") == "":
            self.add_error("change_note", _("Say what has changed: readers have to do something else than before."))
        return values
