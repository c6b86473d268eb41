"""The form with which a Word file or a web page becomes a draft."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.exchange.conversion.documents import LARGEST_FILE, LONGEST_TITLE, ConvertedDocument, convert_document
from cms.exchange.conversion.findings import refuse
from cms.exchange.conversion.word_package import MEGABYTE
from cms.exchange.editor.document_import import list_models

MOST_MESSAGES = 20


class ImportForm(forms.Form):
    """A file, the kind of page it becomes, and a title where the document's is not meant."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A Word file (.docx) or a web page (.html), at most 20 MB, without tracked changes."),
        widget=forms.FileInput(attrs={"accept": ".docx,.html,.htm"}),
    )
    kind = forms.ChoiceField(label=_("Type of page"))
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("Empty: the title of the document."),
    )
    document: ConvertedDocument

    def __init__(self, *args: Any, parent: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        self.models = {model._meta.label_lower: model for model in list_models(parent)}
        kind: Any = self.fields["kind"]
        kind.choices = [(name, capfirst(str(model.get_verbose_name()))) for name, model in self.models.items()]
        # What stands beside it is what is meant most often.
        beside = parent.get_children().order_by("-first_published_at", "-pk").first()
        if beside is not None:
            self.initial.setdefault("kind", beside.specific_class._meta.label_lower)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is not None and not self.errors:
            try:
                self.document = self._convert(file, cleaned["title"])
            except ValidationError as error:
                self.add_error("file", error.messages[:MOST_MESSAGES])
        return cleaned

    def _convert(self, file: Any, title: str) -> ConvertedDocument:
        if file.size > LARGEST_FILE:
            raise refuse("file-size", size=-(-file.size // MEGABYTE), limit=LARGEST_FILE // MEGABYTE)
        return convert_document(file.name, file.read(), title=title, locale=self.parent.locale.language_code)
