"""Addresses of files for translators and of machine translation, and the signature of a machine's passages."""

from django.urls import URLPattern, path
from wagtail import hooks

from cms.translation.interchange.exchange_view import ExchangeView
from cms.translation.machine.machine_view import MachineReportView, MachineView
from cms.translation.machine.release_guard import sign_machine_passages


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
