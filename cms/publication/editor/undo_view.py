"""The page on which an editor undoes what was published a moment ago."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.core.calendar import write_day
from cms.publication.editor.undoing import Undo, UndoKind, UndoRefusedError, find_undo, undo_as_user
from cms.publication.editor.versions import ContentView

EXPLANATIONS = {
    UndoKind.WITHDRAWAL: gettext_lazy(
        "The text is taken away from readers again; who asks for it is told that it was a mistake."
    ),
    UndoKind.CANCELLATION: gettext_lazy(
        "The version planned from %(day)s is cancelled, as if it had never been planned."
    ),
    UndoKind.RETURN: gettext_lazy(
        "Readers get “%(former)s” again, as it read before. Translations are as current as they were."
    ),
    UndoKind.REMOVAL: gettext_lazy("The text is taken away from readers again. What is planned stays."),
}
PLAN_RETURNS = gettext_lazy("The version planned from %(day)s is “%(former)s” again, as before.")
DONE = {
    UndoKind.WITHDRAWAL: gettext_lazy(
        "“%(title)s” has been taken away from readers again. Your text is kept as a draft."
    ),
    UndoKind.CANCELLATION: gettext_lazy(
        "The version of “%(title)s” planned from %(day)s is cancelled. It is kept as a draft."
    ),
    UndoKind.RETURN: gettext_lazy("Readers get “%(former)s” again. Your text is kept as a draft."),
    UndoKind.REMOVAL: gettext_lazy("“%(title)s” has been taken away from readers again. Your text is kept as a draft."),
}


class UndoView(ContentView):
    """Say what undoing does, and do it when it is confirmed."""

    page_title = gettext_lazy("Undo the publication")
    header_icon = "rotate"
    template_name = "publication/admin/undo.html"
    http_method_names: ClassVar[list[str]] = ["get", "post"]  # type: ignore[misc]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except UndoRefusedError as error:
            messages.error(request, str(error))
            return redirect(reverse("publication_versions", args=[self.page.pk]))

    def is_allowed(self, permissions: Any) -> bool:
        return bool(permissions.can_withdraw())

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        undo = find_undo(self.history, self.kwargs["version"])
        text = PLAN_RETURNS if undo.is_planned and undo.former else EXPLANATIONS[undo.kind]
        return super().get_context_data(page=self.page, undo=undo, explanation=str(text) % self._name(undo), **kwargs)

    def post(self, request: HttpRequest, page_id: int, version: str) -> HttpResponse:
        undo = undo_as_user(self.page, version, request.user)
        edit_url = reverse("wagtailadmin_pages:edit", args=[page_id])
        buttons = [messages.button(edit_url, _("Edit"))]
        text = PLAN_RETURNS if undo.is_planned and undo.former else DONE[undo.kind]
        messages.success(request, str(text) % self._name(undo), buttons=buttons)
        return redirect(edit_url)

    def _name(self, undo: Undo) -> dict[str, str]:
        return {
            "title": undo.row.title,
            "former": undo.former.title if undo.former else "",
            "day": write_day(undo.row.applies_from) if undo.row.applies_from else "",
        }
