"""Replace the PO files of wagtail-localize 1.14 by ours, behind the buttons of its own editor.

Its import overwrites what was edited since, checks nothing, and knows no version of the source. Remove when there is a setting for
the buttons; ``tests/translation/interchange`` tells.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.interchange.exchange_forms import UploadForm
from cms.translation.interchange.exchange_view import TYPES
from cms.translation.interchange.file_export import export_texts
from cms.translation.interchange.file_import import import_file
from cms.translation.interchange.formats import write_file
from cms.translation.interchange.texts import TranslationFile

MOST_TOLD = 5


def download_file(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Give out the passages of one translation.

    Raises:
        ReleaseRefusedError: if it cannot be translated any more; the middleware shows the message.
    """
    translation = _get_translation(request, translation_id)
    locale = translation.target_locale.language_code
    report = export_texts(locale, content_ids=[translation.source.object_id])
    if report.skipped:
        raise ReleaseRefusedError(" ".join(report.skipped))
    name = f"{slugify(translation.source.object_repr) or 'text'}-{locale}.po"
    response = HttpResponse(write_file(name, report.file), content_type=TYPES["po"])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def upload_file(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take the passages of one translation, and say what was not taken."""
    translation = _get_translation(request, translation_id)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors.get("file", []))))
    elif not _is_of(translation, form.translation_file):
        messages.error(request, _("The file holds other texts, or another language."))
    else:
        report = import_file(form.translation_file, user=request.user)
        tell = messages.warning if report.has_refusals else messages.success
        tell(request, " ".join([f"{report}.", *report.problems, *map(str, report.loud[:MOST_TOLD])]))
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


def _get_translation(request: HttpRequest, translation_id: int) -> Any:
    translation = get_object_or_404(Translation, pk=translation_id)
    if not edit_translation.user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    return translation


def _is_of(translation: Any, file: TranslationFile) -> bool:
    contents = {text.content_id for text in file.texts}
    return file.locale == translation.target_locale.language_code and contents == {translation.source.object_id}


def replace_localize_files() -> None:
    """Put our views in the place of wagtail-localize's; calling it twice changes nothing."""
    edit_translation.download_pofile = download_file
    edit_translation.upload_pofile = upload_file
