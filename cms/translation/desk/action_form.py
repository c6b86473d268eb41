"""Form below the matrix: what to do with the chosen texts and languages."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import today
from cms.core.day_fields import DAY_FORMATS, DayField, DayInput
from cms.translation.desk.actions import ActionValues, MatrixAction, list_actions
from cms.translation.desk.matrix_filters import list_translators
from cms.translation.desk.reason_form import REASON_LENGTH
from cms.translation.models import TranslationTask

MOST_CHOSEN = 400


class PersonField(forms.ModelChoiceField):
    """A choice of people by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


class ActionForm(forms.Form):
    """The action, and what it needs to know. ``cell`` has a value for each chosen text and language."""

    owner = PersonField(
        queryset=None,
        required=False,
        label=_("Translator"),
        empty_label=_("The language’s team"),
        help_text=_("For what is asked for."),
    )
    due = DayField(
        required=False,
        label=_("By when"),
        widget=DayInput(format=DAY_FORMATS[0]),
        help_text=_("For what is asked for, for example 01.02.2027."),
    )
    reason = forms.CharField(
        required=False,
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("Kept in the history of each text. Required for “Still right as it is”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = list_translators()  # type: ignore[attr-defined]

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due is not None and due < today():
            raise ValidationError(_("This day has passed."))
        return due

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        action = self.find_action()
        if action is None:
            raise ValidationError(_("Choose what is to be done."))
        if action.needs_reason and not values.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Say why the translations are still right."))
        if not self.list_chosen():
            raise ValidationError(_("Choose at least one text in one language."))
        if len(self.list_chosen()) > MOST_CHOSEN:
            raise ValidationError(gettext("Choose at most %(most)s at once.") % {"most": MOST_CHOSEN})
        return values

    def find_action(self) -> MatrixAction | None:
        """Find the action whose button was pressed."""
        return next((action for action in list_actions() if action.name == self.data.get("action")), None)

    def list_chosen(self) -> list[tuple[UUID, str]]:
        """List the chosen texts and languages, each once; what is no such pair is left out."""
        chosen = []
        for value in self.data.getlist("cell"):  # type: ignore[attr-defined]
            content_id, _colon, locale = value.partition(":")
            try:
                chosen.append((UUID(content_id), locale))
            except ValueError:
                continue
        return list(dict.fromkeys(chosen))

    def build_values(self) -> ActionValues:
        """Build what was said beside the choice."""
        values = self.cleaned_data
        return ActionValues(values.get("owner"), values.get("due"), values.get("reason", "").strip())


def load_tasks(chosen: list[tuple[UUID, str]]) -> list[TranslationTask]:
    """Load the tasks of chosen texts and languages, in the order of the choice. One query."""
    found = TranslationTask.objects.on_day(today()).filter(
        content_id__in={content_id for content_id, _locale in chosen}
    )
    tasks = {(task.content_id, task.locale): task for task in found}
    return [tasks[key] for key in chosen if key in tasks]
