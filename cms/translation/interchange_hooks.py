"""Addresses of files for translators and of machine translation, its action in the matrix, and who signs a machine's passages."""

from collections.abc import Sequence

from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.translation.desk.actions import MatrixAction, register_action
from cms.translation.interchange.exchange_view import ExchangeView, build_exchange_url
from cms.translation.machine.machine_view import MachineReportView, MachineView
from cms.translation.machine.release_guard import sign_machine_passages
from cms.translation.machine.services import is_configured
from cms.translation.models import TranslationTask


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add the pages."""
    return [
        path("translations/exchange/", ExchangeView.as_view(), name="translation_exchange"),
        path("translations/machine/", MachineView.as_view(), name="translation_machine"),
        path("translations/machine/<uuid:run_id>/", MachineReportView.as_view(), name="translation_machine_report"),
    ]


# Before wagtail-localize's own hook, which publishes.
hooks.register("before_edit_page", sign_machine_passages, order=-1)


def build_machine_url(tasks: Sequence[TranslationTask]) -> str:
    """Build the address of the page that says what would be sent, and what is refused, before anything is."""
    return f"{reverse('translation_machine')}?{urlencode({'task': [task.pk for task in tasks]}, doseq=True)}"


def build_files_url(tasks: Sequence[TranslationTask]) -> str:
    """Build the address at which the file of the chosen texts is downloaded, in the language of the first."""
    return build_exchange_url(dict.fromkeys(task.content_id for task in tasks), tasks[0].locale)


register_action(MatrixAction("files", _("Files for translators…"), build_next_url=build_files_url))
register_action(
    MatrixAction("machine", _("Translate by machine…"), build_next_url=build_machine_url, is_offered=is_configured)
)
