"""Forms of the page on which files for translators go out and come back."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.languages import LANGUAGES
from cms.core.permissions import list_working_locales
from cms.translation.interchange.formats import read_file
from cms.translation.interchange.texts import LARGEST_FILE, TOO_LARGE, FileRefusedError, TranslationFile

FORMATS = [("xlf", "XLIFF 1.2"), ("po", "PO")]


class ContentsField(forms.Field):
    """Ids of chosen texts, hidden in the form; none means all of them."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        try:
            return [UUID(written) for written in value or ()]
        except ValueError as error:
            raise ValidationError(_("A chosen text is not known.")) from error


class DownloadForm(forms.Form):
    """The texts, the language, the format, and whether only what needs work is wanted."""

    text = ContentsField(required=False)
    locale = forms.ChoiceField(label=_("Language"))
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS)
    only_outdated = forms.BooleanField(
        label=_("Only what needs work"),
        help_text=_(
            "Outdated translations, those with passages that are not translated, and texts nobody has begun that were asked for. "
            "Without it the file holds every text."
        ),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locale: Any = self.fields["locale"]
        locale.choices = [(code, LANGUAGES[code].endonym) for code in list_working_locales(user)]


class UploadForm(forms.Form):
    """A file that was downloaded here before."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A file that was downloaded here, with its translations: .xlf or .po, at most 50 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.po"}),
    )
    translation_file: TranslationFile

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(TOO_LARGE % {"limit": LARGEST_FILE // 1024 // 1024})
        try:
            self.translation_file = read_file(file.name, file.read())
        except FileRefusedError as error:
            raise ValidationError(_("%(why)s Nothing was taken."), params={"why": error}) from error
        return file
