"""App configuration of the files of texts."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Connects files to the log."""

    name = "cms.media"
    label = "media"
    verbose_name = "Files"

    def ready(self) -> None:
        from cms.media import checks, signal_handlers  # noqa: F401 - checks register themselves

        signal_handlers.connect()
