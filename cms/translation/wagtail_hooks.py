"""Wagtail hooks of translation: the translators' desk, and words of its own script."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static

from cms.translation.desk import hooks as desk_hooks  # noqa: F401 - registers the desk


@hooks.register("insert_editor_js")
def build_segment_words_script() -> SafeString:
    """Build the script that translates what wagtail-localize's own script does not."""
    return format_html(
        '<script src="{}" data-title="{}" data-more="{}"></script>',
        versioned_static("translation/segment_words.js"),
        _("Translation from %(source)s into %(target)s"),
        _("More actions"),
    )
