"""Every door of wagtail-localize and Wagtail that can bring a translation or an alias about releases nothing by itself."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import get_resolver, reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail_localize import operations, synctree
from wagtail_localize.models import (
    LocaleSynchronization,
    OverridableSegment,
    StringSegment,
    StringTranslation,
    Translation,
)

from cms.core.models import ReusableBlock, StandardPage
from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Release
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish
from tests.factories.references import make_block

pytestmark = pytest.mark.django_db

Door = Callable[[Any, Any], object]
POLISH = "pl"


def get_translation(page: Any) -> Translation:
    """Send a page to Polish, and get its translation, of which nothing is translated."""
    operations.translate_object(page, [get_locale(POLISH)])
    return Translation.objects.get(source__object_id=page.translation_key)


def find_polish(page: Any) -> Any:
    return type(page).objects.get(translation_key=page.translation_key, locale=get_locale(POLISH))


def open_view(editor: Any, name: str, *args: Any, **data: Any) -> Any:
    address = reverse(f"wagtail_localize:{name}", args=args)
    return editor.post(address, data) if data else editor.get(address)


def submit(editor: Any, page: Any, **data: Any) -> None:
    open_view(editor, "submit_page_translation", page.pk, locales=[get_locale(POLISH).pk], **data)
    assert Translation.objects.filter(source__object_id=page.translation_key, enabled=True).exists()


def submit_with_what_lies_below(editor: Any, page: Any) -> None:
    section = page.get_parent().specific
    get_translation(section)
    submit(editor, section, include_subtree="on")
    operations.translate_page_subtree(section.pk, [get_locale(POLISH)], None, None)


def submit_block(editor: Any, page: Any) -> None:
    block = make_block("<p>Ring nu</p>")
    locales = [get_locale(POLISH).pk]
    open_view(editor, "submit_snippet_translation", "core", "reusableblock", block.pk, locales=locales)
    assert not ReusableBlock.objects.get(locale=get_locale(POLISH)).live


def update(editor: Any, page: Any, **data: Any) -> None:
    translation = get_translation(page)
    open_view(editor, "update_translations", translation.source_id, next="", **data)


def save_passage(editor: Any, page: Any) -> None:
    translation = get_translation(page)
    segment = StringSegment.objects.filter(source=translation.source).first()
    assert segment is not None
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    body = encode_multipart(BOUNDARY, {"value": "Tak"})
    assert editor.put(address, body, content_type=MULTIPART_CONTENT).status_code == 201
    assert editor.delete(address).status_code == 200


def save_override(editor: Any, page: Any) -> None:
    draft = page.get_latest_revision_as_object()
    draft.body = [("paragraph", '<p>Se <a href="https://a.dk">her</a></p>')]
    translation = get_translation(publish(draft))
    segment = OverridableSegment.objects.get(data_json='"https://a.dk"')
    address = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    body = encode_multipart(BOUNDARY, {"value": "https://a.pl"})
    assert editor.put(address, body, content_type=MULTIPART_CONTENT).status_code == 201


def exchange_po(editor: Any, page: Any) -> None:
    translation = get_translation(page)
    file = open_view(editor, "download_pofile", translation.pk).content
    upload = SimpleUploadedFile("pl.po", file.replace(b'msgstr ""\n\n', b'msgstr "Tak"\n\n'))
    open_view(editor, "upload_pofile", translation.pk, file=upload, next="/admin/")
    assert StringTranslation.objects.exists()


def translate_by_machine(editor: Any, page: Any) -> None:
    open_view(editor, "machine_translate", get_translation(page).pk, next="/admin/")


def look_at(editor: Any, page: Any) -> None:
    translation = get_translation(page)
    for name in ("translations_report", "translations_report_results"):
        open_view(editor, name)
    open_view(editor, "preview_translation", translation.pk)
    editor.get(reverse("wagtailadmin_pages:edit", args=[find_polish(page).pk]))


def publish_in_the_editor(editor: Any, page: Any) -> None:
    get_translation(page)
    editor.post(reverse("wagtailadmin_pages:edit", args=[find_polish(page).pk]), {"action": "publish"})


def stop_and_restart(editor: Any, page: Any) -> None:
    translation = get_translation(page)
    open_view(editor, "stop_translation", translation.pk, next="/admin/")
    editor.post(reverse("wagtailadmin_pages:edit", args=[find_polish(page).pk]), {"localize-restart-translation": "on"})


def convert_to_alias(editor: Any, page: Any) -> None:
    get_translation(page)
    open_view(editor, "convert_to_alias", find_polish(page).pk, next="/admin/")
    assert find_polish(page).is_alias


def convert_alias_back(editor: Any, page: Any) -> None:
    convert_to_alias(editor, page)
    ConvertAliasPageAction(find_polish(page)).execute(skip_permission_checks=True)


def synchronise_trees(editor: Any, page: Any) -> None:
    LocaleSynchronization.objects.create(locale=get_locale(POLISH), sync_from=get_locale("da"))
    synctree.synchronize_tree(get_locale("da"), get_locale(POLISH))
    synctree.create_aliases_for_new_page(publish(make_page(title="En ny side")))
    assert find_polish(page).is_alias


def open_alias(editor: Any, page: Any) -> None:
    synchronise_trees(editor, page)
    editor.post(reverse("wagtailadmin_pages:edit", args=[find_polish(page).pk]), {"action": "publish"})


def translate_alias(editor: Any, page: Any) -> None:
    synchronise_trees(editor, page)
    submit(editor, page)


def copy_with_publication(editor: Any, page: Any) -> None:
    get_translation(page)
    polish = find_polish(page)
    form = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": polish.get_parent().pk,
        "publish_copies": "on",
    }
    editor.post(reverse("wagtailadmin_pages:copy", args=[polish.pk]), form)
    assert ArticlePage.objects.filter(slug="kopia").exists()


def copy_for_translation(editor: Any, page: Any) -> None:
    page.copy_for_translation(get_locale(POLISH), copy_parents=True)


def restore_first_revision(editor: Any, page: Any) -> None:
    get_translation(page)
    polish = find_polish(page)
    revision = polish.revisions.order_by("pk").first()
    editor.post(reverse("wagtailadmin_pages:edit", args=[polish.pk]), {"revision": revision.pk, "action-publish": "on"})
    revision.as_object().save_revision()


def submit_to_workflow(editor: Any, page: Any) -> None:
    get_translation(page)
    editor.post(reverse("wagtailadmin_pages:edit", args=[find_polish(page).pk]), {"action-submit": "on"})


# Door, and the address of wagtail-localize it goes through.
DOORS: dict[str, tuple[Door, tuple[str, ...]]] = {
    "translate": (submit, ("submit_page_translation",)),
    "translate with what lies below": (submit_with_what_lies_below, ("submit_page_translation",)),
    "translate a reusable block": (submit_block, ("submit_snippet_translation",)),
    "update translations": (update, ("update_translations",)),
    "update and publish": (partial(update, publish_translations="on"), ("update_translations",)),
    "save a passage": (save_passage, ("edit_string_translation",)),
    "override a value": (save_override, ("edit_override",)),
    "PO file out and in": (exchange_po, ("download_pofile", "upload_pofile")),
    "machine": (translate_by_machine, ("machine_translate",)),
    "reports and preview": (look_at, ("translations_report", "translations_report_results", "preview_translation")),
    "publish button": (publish_in_the_editor, ()),
    "stop and restart": (stop_and_restart, ("stop_translation",)),
    "convert to alias": (convert_to_alias, ("convert_to_alias",)),
    "convert an alias back": (convert_alias_back, ()),
    "synchronise trees": (synchronise_trees, ()),
    "open an alias": (open_alias, ()),
    "translate an alias": (translate_alias, ()),
    "copy with publication": (copy_with_publication, ()),
    "copy for translation": (copy_for_translation, ()),
    "restore a revision": (restore_first_revision, ()),
    "workflow": (submit_to_workflow, ()),
}
# Addresses that only read: words of the scripts, and what the script of the editor chooses from.
READING = {"javascript_catalog", "snippets_api_listing", "snippets_api_detail"}


@pytest.fixture
def page(site: Any) -> Any:
    """A published answer in a published section, and a Polish home page."""
    get_home(POLISH)
    section = publish(make_page(StandardPage, title="Svar", layout="section"))
    return publish(make_page(title="Må jeg arbejde?", answer="Ja, fra den første dag.", parent=section))


@pytest.mark.parametrize("name", DOORS)
def test_no_door_releases_what_nobody_has_translated(
    page: Any, admin_client: Any, client: Any, django_capture_on_commit_callbacks: Any, name: str
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        DOORS[name][0](admin_client, page)

    assert not Release.objects.filter(locale=POLISH).exists()
    polish = ArticlePage.objects.filter(locale=get_locale(POLISH), alias_of__isnull=True)
    assert [draft.live for draft in polish if draft.live] == []
    document = client.get(f"/api/v1/documents/{page.translation_key}/?locale={POLISH}").json()
    assert (document["locale"], list(document["translations"])) == ("da", [])
    assert client.get(f"/api/v1/documents/?locale={POLISH}&fallback=false").json()["results"] == []
    assert 'hreflang="pl"' not in client.get(page.portal_path).content.decode()


def test_every_address_of_wagtail_localize_stands_in_the_table() -> None:
    patterns = _iterate_patterns(get_resolver().url_patterns)
    localize = next(entry for entry in patterns if getattr(entry, "namespace", "") == "wagtail_localize")
    names = {pattern.name for pattern in localize.url_patterns}

    assert names == {address for _door, addresses in DOORS.values() for address in addresses} | READING


def _iterate_patterns(patterns: list[Any]) -> Any:
    for pattern in patterns:
        yield pattern
        yield from _iterate_patterns(getattr(pattern, "url_patterns", []))
