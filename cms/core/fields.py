"""Model fields that hold lists of slugs or codes in printed order."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str, str]]


class CodeListField(models.JSONField):
    """A list of slugs or codes out of a vocabulary, kept with the page so that drafts and revisions carry it.

    ``choices_source`` is the dotted path of a function that lists ``(code, label)`` pairs.
    """

    def __init__(self, *args: Any, choices_source: str = "", **kwargs: Any) -> None:
        self.choices_source = choices_source
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "choices_source": self.choices_source}

    def list_choices(self) -> Choices:
        """List the ``(code, label)`` pairs an entry may be taken from."""
        source: Callable[[], Choices] = import_string(self.choices_source)
        return source()

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return forms.MultipleChoiceField(
            choices=self.list_choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=self.help_text,
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = {code for code, _label in self.list_choices()}
        unknown = [code for code in value if code not in known]
        if unknown:
            raise ValidationError(_("Unknown entries: %(codes)s"), params={"codes": ", ".join(map(str, unknown))})
