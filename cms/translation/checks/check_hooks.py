"""Wagtail hooks of the checks: what they found in a translation, above its passages."""

from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static

from cms.translation.checks.findings_view import FindingsPartView, FindingsView


@hooks.register("register_admin_urls")
def register_check_urls() -> list[URLPattern]:
    """Add the list of what the checks found in a translation."""
    return [
        path("translations/checks/<int:translation_id>/", FindingsView.as_view(), name="translation_checks"),
        path(
            "translations/checks/<int:translation_id>/findings/",
            FindingsPartView.as_view(),
            name="translation_findings",
        ),
    ]


@hooks.register("insert_editor_js")
def build_findings_script() -> SafeString:
    """Build the script that shows the findings above the passages of a translation."""
    return format_html(
        '<script src="{}" data-address="{}"></script>',
        versioned_static("translation/passage_findings.js"),
        reverse("translation_findings", args=[0]),
    )
