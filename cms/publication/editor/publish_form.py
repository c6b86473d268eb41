"""Form in which a person says what publishing must know: how much changed, from when, and what readers are told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import today, write_day
from cms.core.day_fields import DAY_FORMATS, DayField, DayInput
from cms.core.enums import Significance
from cms.core.models import ReleasablePage
from cms.core.personal_data import describe_cpr_number
from cms.core.signals import release_requested
from cms.publication.editor.draft_marks import DraftMark
from cms.publication.pages.answers import PublishAnswers

NOW, LATER = "today", "day"
STARTS = [(NOW, _("Today, at once")), (LATER, _("From another day"))]
CHANGES = [
    (Significance.TYPO, _("A slip of the pen: the words changed, not what they say. Translations stay current.")),
    (Significance.MINOR, _("A small change: what people must do is the same. Translations stay current.")),
    (
        Significance.SUBSTANTIVE,
        _("What people must do, or may get, has changed. Translations become outdated until they say it too."),
    ),
]


class PublishForm(forms.Form):
    """The questions of the publish step. How much changed is asked of a text that readers know, and has no default."""

    significance = forms.ChoiceField(
        label=_("How much has changed?"),
        choices=CHANGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how much has changed: it decides what becomes outdated.")},
    )
    change_note = forms.CharField(
        label=_("What has changed, in a sentence for readers"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 400}),
        help_text=_("Readers find it in the page's history and in feeds. At most 400 characters."),
    )
    starts = forms.ChoiceField(
        label=_("From when does it apply?"), choices=STARTS, widget=forms.RadioSelect, initial=NOW
    )
    day = DayField(
        label=_("The first day"),
        required=False,
        widget=DayInput(format=DAY_FORMATS[0]),
        help_text=_("For example 1. januar 2027 or 01.01.2027. Until then readers see what they see today."),
    )
    comment = forms.CharField(
        label=_("A comment on the approval, for colleagues"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
    )
    draft = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, page: ReleasablePage, is_known: bool, is_approval: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        if not is_known:
            del self.fields["significance"], self.fields["change_note"]
        if not is_approval:
            del self.fields["comment"]

    def clean_draft(self) -> DraftMark:
        mark = DraftMark.parse(self.cleaned_data["draft"])
        if mark is None:
            raise ValidationError(_("This form is not complete. Open the page and choose “Publish…” again."))
        return mark

    def clean_change_note(self) -> str:
        note = " ".join(self.cleaned_data["change_note"].split())
        if problem := describe_cpr_number(note):
            raise ValidationError(problem)
        return note

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("significance") == Significance.SUBSTANTIVE and values.get("change_note") == "":
            self.add_error("change_note", _("Say what has changed: readers have to do something else than before."))
        if "day" in values:
            self._check_day(values.get("starts"), values["day"])
        if not self.errors:
            self._check_text()
        return values

    def _check_text(self) -> None:
        """Check the draft with these answers as the page editor checks what is published: it may have been saved unfinished."""
        self.build_answers().write_to(self.page)
        try:
            self.page.full_clean()
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                label = "" if name == NON_FIELD_ERRORS else f"{self.page._meta.get_field(name).verbose_name}: "
                for problem in problems:
                    self.add_error(None, f"{label}{problem}")
        for _receiver, refusal in release_requested.send(sender=type(self.page), instance=self.page):
            if refusal:
                self.add_error(None, refusal)

    def _check_day(self, starts: str | None, day: date | None) -> None:
        if starts == LATER and day is None:
            self.add_error("day", _("Write the first day, or choose “Today, at once”."))
        elif starts == NOW and day is not None and day != today():
            self.add_error("day", _("You chose today and wrote another day. Choose one of them."))
        first_day = (day if starts == LATER else None) or today()
        last_day = self.page.applies_until
        if last_day and last_day < first_day:
            message = _(
                "The text says that it applies until %(last_day)s. Choose an earlier day, or change the last day in the text."
            )
            self.add_error("day" if starts == LATER else "starts", message % {"last_day": write_day(last_day)})

    def build_answers(self) -> PublishAnswers:
        """Build the answers of a form, also of one that is not finished: what is missing counts as not answered."""
        return build_answers(getattr(self, "cleaned_data", {}))


def build_answers(values: Mapping[str, Any]) -> PublishAnswers:
    """Build answers from a form's values; today is no day of its own, so that it is the day on which it is carried out."""
    day = values.get("day") if values.get("starts") == LATER else None
    return PublishAnswers(
        significance=values.get("significance") or Significance.MINOR,
        applies_from=day if day != today() else None,
        change_note=values.get("change_note") or "",
    )
