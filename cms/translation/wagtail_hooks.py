"""Wagtail hooks of translation: those of its rooms, and words that wagtail-localize's script does not translate."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.snippets.models import register_snippet

from cms.translation import interchange_hooks  # noqa: F401 - registers files for translators and machine translation
from cms.translation.bundles import bundle_hooks  # noqa: F401 - its hooks register themselves
from cms.translation.checks import check_hooks  # noqa: F401 - its hooks register themselves
from cms.translation.desk import hooks as desk_hooks  # noqa: F401 - registers the desk
from cms.translation.editor import editor_hooks  # noqa: F401 - its hooks register themselves
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


register_snippet(ConceptViewSet)
