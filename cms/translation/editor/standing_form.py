"""Form in which a translator marks passages that stand in the translation as they are in the source."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail_localize.models import StringTranslation, Translation

from cms.core.html_reader import read_line
from cms.translation.passages.missing_passages import find_missing_segments

STAND_ACTION = "translation.stand"


class StandingForm(forms.Form):
    """The passages that have no translation, each to be ticked: "MitID" and "Work-in-Denmark" are the same in Polish."""

    passages = forms.TypedMultipleChoiceField(
        label=_("Passages that are the same in this language"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick the passages that stand as they are."),
            "invalid_choice": _(
                "One of these passages has been translated or changed meanwhile. This is the list now."
            ),
        },
    )

    def __init__(self, *args: Any, translation: Translation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.translation = translation
        self.segments = {segment.pk: segment for segment in find_missing_segments(translation)}
        self.fields["passages"].choices = [  # type: ignore[attr-defined]
            (pk, read_line(segment.string.data)) for pk, segment in self.segments.items()
        ]

    def store(self, user: Any) -> int:
        """Store the ticked passages as their own translation, and in the history of the page who said so; returns how many."""
        ticked = [self.segments[pk] for pk in self.cleaned_data["passages"]]
        for segment in ticked:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=self.translation.target_locale,
                defaults={
                    "data": segment.string.data,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "tool_name": "",
                    "last_translated_by": user,
                    "has_error": False,
                    "field_error": "",
                },
            )
        log(
            instance=self.translation.get_target_instance(),
            action=STAND_ACTION,
            user=user,
            data={"passages": [read_line(segment.string.data) for segment in ticked]},
        )
        return len(ticked)
