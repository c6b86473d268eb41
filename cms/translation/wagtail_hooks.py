"""Wagtail hooks of translation: the translators' desk, and words of its own script."""

from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.snippets.models import register_snippet

from cms.translation import interchange_hooks  # noqa: F401 - registers files for translators and machine translation
from cms.translation.bundles import bundle_hooks  # noqa: F401 - its hooks register themselves
from cms.translation.checks.findings_view import FindingsPartView, FindingsView
from cms.translation.desk import hooks as desk_hooks  # noqa: F401 - registers the desk
from cms.translation.glossary.concept_viewset import ConceptViewSet


@hooks.register("insert_editor_js")
def build_segment_words_script() -> SafeString:
    """Build the script that translates what wagtail-localize's own script does not."""
    return format_html(
        '<script src="{}" data-title="{}" data-more="{}"></script>',
        versioned_static("translation/segment_words.js"),
        _("Translation from %(source)s into %(target)s"),
        _("More actions"),
    )


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


register_snippet(ConceptViewSet)
