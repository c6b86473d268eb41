"""Pages of bundles in the editor."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cms.core.calendar import today
from cms.publication.models import Release
from cms.translation.bundle_enums import BundleState
from cms.translation.models import ReleaseBundle
from tests.factories.pages import make_page, publish
from tests.publication.editor.test_withdrawal_view import make_user
from tests.translation.bundles.conftest import draft, draft_translation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def make_bundle(editor: Any, page: Any, locales: list[str], **values: Any) -> ReleaseBundle:
    """Put a page into a new bundle from its editor, and say when it goes live."""
    data = {"bundle": "", "name": "Pakken", "locales": locales}
    editor.post(reverse("translation_bundle_add", args=[page.pk]), data)
    bundle = ReleaseBundle.objects.get()
    data = {
        "name": "Pakken",
        "timing": "day",
        "day": f"{today():%d.%m.%Y}",
        "moment": "",
        "if_missing": "wait",
        **values,
    }
    response = editor.post(reverse("translation_bundle_edit", args=[bundle.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    return bundle


def act(editor: Any, bundle: ReleaseBundle, action: str, **values: Any) -> str:
    response = editor.post(reverse("translation_bundle", args=[bundle.pk]), {"action": action, **values})
    return " ".join(str(message) for message in get_messages(response.wsgi_request)).strip()


def test_bundle_is_made_scheduled_and_undone_by_hand(editor: Any) -> None:
    page = draft(make_page(title="Et"))
    draft_translation(page, "pl", title="Jeden")
    bundle = make_bundle(editor, page, ["da", "pl"], required_locales=["pl"])

    shown = editor.get(reverse("translation_bundle", args=[bundle.pk])).context["gate"]
    scheduled = act(editor, bundle, "schedule")
    undone = act(editor, bundle, "undo")

    assert [(cell.locale, cell.status) for cell in shown.cells] == [("da", "ready"), ("pl", "ready")]
    assert scheduled == "“Pakken” is live."
    assert undone.endswith("“Pakken” is undone.")
    assert Release.objects.filter(kind="withdrawn").count() == 2
    listed = editor.get(reverse("translation_bundles")).content.decode()
    assert "Undo of “Pakken”" in listed


def test_known_source_is_asked_for_its_answer(editor: Any) -> None:
    page = draft(publish(make_page(title="Et")), title="Et!")
    bundle = make_bundle(editor, page, ["da"])
    refused = act(editor, bundle, "schedule")
    entry = bundle.entries.get()
    url = reverse("translation_bundle_answer", args=[bundle.pk, entry.pk])

    unexplained = editor.post(url, {"significance": "substantive", "change_note": ""})
    editor.post(url, {"significance": "substantive", "change_note": "Ny frist"})
    told = act(editor, bundle, "schedule")

    assert "how much has changed" in refused
    assert unexplained.context["form"].errors["change_note"]
    assert told.startswith("Saved: ")
    assert told.endswith("“Pakken” is live.")
    row = Release.objects.order_by("-position").first()
    assert row is not None
    assert (row.significance, row.change_note) == ("substantive", "Ny frist")


def test_text_in_another_bundle_is_refused_in_words(editor: Any) -> None:
    page = draft(make_page(title="Et"))
    make_bundle(editor, page, ["da"])

    data = {"bundle": "", "name": "En anden", "locales": ["da"]}
    response = editor.post(reverse("translation_bundle_add", args=[page.pk]), data)

    assert "in the bundle “Pakken” already" in response.content.decode()
    assert ReleaseBundle.objects.count() == 1


def test_day_gone_by_is_refused(editor: Any) -> None:
    page = draft(make_page(title="Et"))
    make_bundle(editor, page, ["da"])
    bundle = ReleaseBundle.objects.get()
    data = {"name": "x", "timing": "day", "day": f"{today() - timedelta(days=1):%d.%m.%Y}", "if_missing": "wait"}

    response = editor.post(reverse("translation_bundle_edit", args=[bundle.pk]), data)

    assert response.context["form"].errors["day"]


def test_page_is_put_in_and_taken_out_on_the_page_of_the_bundle(editor: Any) -> None:
    bundle = make_bundle(editor, draft(make_page(title="Et")), ["da"])
    other = draft(make_page(title="To"))
    url = reverse("translation_bundle", args=[bundle.pk])

    editor.post(url, {"page": other.pk, "locales": ["da", "uk"]})
    count = bundle.entries.count()
    act(editor, bundle, "remove", entry=bundle.entries.get(locale="uk").pk)

    assert (count, bundle.entries.count()) == (3, 2)


def test_scheduled_bundle_is_opened_and_called_off(editor: Any) -> None:
    page = draft(make_page(title="Et"))
    bundle = make_bundle(editor, page, ["da", "pl"], required_locales=["pl"])
    act(editor, bundle, "schedule")
    scheduled = ReleaseBundle.objects.get().state
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    act(editor, bundle, "reopen")
    opened = ReleaseBundle.objects.get().state
    act(editor, bundle, "cancel")

    assert (scheduled, opened) == (BundleState.SCHEDULED, BundleState.OPEN)
    assert "The text is in the scheduled bundle “Pakken”" in edit
    assert ReleaseBundle.objects.get().state == BundleState.CANCELLED
    assert Release.objects.count() == 0


def test_who_may_not_publish_all_texts_may_not_schedule_nor_see(
    editor: Any, client: Any, django_user_model: Any
) -> None:
    page, own = draft(make_page(title="Et")), draft(make_page(title="Min"))
    bundle = make_bundle(editor, page, ["da"])
    user = make_user(django_user_model, own, "change_page", "publish_page")
    client.force_login(user)
    url = reverse("translation_bundle", args=[bundle.pk])
    unseen = client.get(url).status_code

    ReleaseBundle.objects.update(owner=user)
    seen, refused = client.get(url), client.post(url, {"action": "schedule"})

    assert (unseen, seen.status_code, refused.status_code) == (404, 200, 302)
    assert ReleaseBundle.objects.get().state == BundleState.OPEN


def test_owner_is_told_on_the_start_page_what_keeps_a_bundle(editor: Any) -> None:
    page = draft(make_page(title="Et"))
    bundle = make_bundle(editor, page, ["da", "pl"], required_locales=["pl"])
    act(editor, bundle, "schedule")

    shown = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert "Bundles that cannot go live" in shown
    assert "“Et” (Polski): There is no translation yet." in shown


def test_list_counts_each_text_once_in_however_many_languages(editor: Any) -> None:
    page = draft(make_page(title="Et"))
    draft_translation(page, "pl", title="Jeden")
    bundle = make_bundle(editor, page, ["da", "pl"])

    assert bundle.count_texts() == 1
    assert "<td>1</td>" in editor.get(reverse("translation_bundles")).content.decode()
