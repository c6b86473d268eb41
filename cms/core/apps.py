"""App configuration of the floor everything stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The base page, languages, organisations, vocabularies and blocks."""

    name = "cms.core"
    label = "core"
    verbose_name = "Videnbro"
