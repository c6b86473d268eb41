"""The page editor's form and the publish step as a browser sends them."""

from typing import Any

from django.urls import reverse


def fill_form(editor: Any, page: Any, **values: Any) -> dict[str, Any]:
    """Build what the page editor's form sends as it stands, with other values."""
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields if name not in form.formsets}
    data |= {"title": page.title, "slug": page.slug, "visibility": "public"}
    for name in ("body", "citations", "related"):
        data[f"{name}-count"] = "0"
    for formset in form.formsets.values():
        data |= {
            f"{formset.prefix}-{name}": "0"
            for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
        }
    return {name: value for name, value in {**data, **values}.items() if value is not None and value is not False}


def post_form(editor: Any, page: Any, **values: Any) -> Any:
    """Send the page editor's form as it stands, with other values."""
    return editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), fill_form(editor, page, **values))


def open_step(editor: Any, page: Any, **values: Any) -> Any:
    """Press "Publish…" in the page editor; returns the publish step."""
    response = post_form(editor, page, **values, **{"action-publish": "on"})
    assert response.status_code == 302, response.context["form"].errors
    return editor.get(response.headers["Location"])


def answer_step(editor: Any, step: Any, **answers: Any) -> Any:
    """Confirm the publish step: today and a minor change, unless the answers say otherwise."""
    form = step.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    if step.context["is_approval"]:
        data["mode"] = "approve"
    if "significance" in form.fields:
        data["significance"] = "minor"
    return editor.post(step.request["PATH_INFO"], {**data, "publish": "1", **answers})


def publish_in_editor(editor: Any, page: Any, *, answers: dict[str, Any] | None = None, **values: Any) -> Any:
    """Publish a page as a person does: the editor's form, then the publish step."""
    return answer_step(editor, open_step(editor, page, **values), **(answers or {}))
