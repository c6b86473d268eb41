"""Locks in the translation editor: wagtail-localize 1.14 asks who may edit a page, and not whether somebody has locked it.

A page that is locked, waits for another's approval or is scheduled refuses here what it refuses in the page editor. Remove when
wagtail-localize looks at ``get_lock`` itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import LockableMixin
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

# Views that change a translation; each has its id in the address.
CHANGING_VIEWS = ("edit_string_translation", "edit_override", "upload_pofile", "machine_translate", "stop_translation")

View = Callable[..., HttpResponse]


def find_lock(instance: Any, user: Any) -> str | None:
    """Find why a user may not change a page or snippet now, in words; ``None`` where nothing locks it for this user."""
    lock = instance.get_lock() if user is not None and isinstance(instance, LockableMixin) else None
    if lock is None or not lock.for_user(user):
        return None
    return _("Nothing was saved: %(reason)s") % {"reason": strip_tags(lock.get_message(user) or "")}


def guard_editing() -> None:
    """Wrap the views that change a translation; calling it twice changes nothing."""
    for name in CHANGING_VIEWS:
        view = getattr(edit_translation, name)
        if not hasattr(view, "is_guarded"):
            setattr(edit_translation, name, _guard(view))


def _guard(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, translation_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        translation = get_object_or_404(Translation, pk=translation_id)
        try:
            instance = translation.get_target_instance()
        except translation.source.specific_content_type.model_class().DoesNotExist as error:
            raise Http404 from error
        reason = find_lock(instance, request.user) if request.user.is_authenticated else None
        # Who may not edit it is refused by the view itself, and not told who does.
        if reason is None or not edit_translation.user_can_edit_instance(request.user, instance):
            return view(request, translation_id, *args, **kwargs)
        if request.method in ("PUT", "DELETE"):
            return JsonResponse({"detail": reason}, status=423)
        messages.error(request, reason)
        return redirect(translation.get_target_instance_edit_url())

    guarded.is_guarded = True  # type: ignore[attr-defined]
    return guarded
