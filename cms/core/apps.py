"""App configuration of the floor everything stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The base page, languages, organisations, vocabularies and blocks."""

    name = "cms.core"
    label = "core"
    verbose_name = "Videnbro"

    def ready(self) -> None:
        from django.db.models.signals import pre_save

        from cms.core.day_fields import register_day_fields
        from cms.core.stored_texts import on_row_saving
        from cms.core.wagtail_labels import label_wagtail_pages

        register_day_fields()
        label_wagtail_pages()
        pre_save.connect(on_row_saving, dispatch_uid="core.normalised_texts")
