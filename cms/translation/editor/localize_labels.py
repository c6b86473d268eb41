"""Labels of wagtail-localize's pages that no catalogue reaches: version 1.14 makes them from the names of its fields."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_localize import models as localize_models
from wagtail_localize.models import LocaleSynchronization, LocaleSynchronizationModelForm, Translation
from wagtail_localize.views import edit_translation
from wagtail_localize.views.report import TranslationsReportFilterSet


class SynchronizationForm(LocaleSynchronizationModelForm):
    """Form of one language's synchronisation with another, with its fields' labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"enabled": _("Switched on"), "sync_from": _("Synchronise from")}
        for name in labels.keys() & self.fields.keys():
            self.fields[name].label = labels[name]


def label_localize_pages() -> None:
    """Label the filters of the translations report and the setting that keeps languages in step, and write days in figures."""
    filters = TranslationsReportFilterSet.base_filters
    filters["source_locale"].label = _("Source language")
    filters["target_locale"].label = _("Target language")
    # The names of months would be English ones in every language.
    localize_models.DATE_FORMAT = edit_translation.DATE_FORMAT = "%d.%m.%Y"
    Translation._meta.verbose_name = _("translation")
    Translation._meta.verbose_name_plural = _("translations")
    LocaleSynchronization.edit_handler = ObjectList([FieldPanel("sync_from")], base_form_class=SynchronizationForm)
