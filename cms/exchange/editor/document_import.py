"""A converted document as a draft under a page, with its pictures and the report in the audit log."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from cms.core.models import ReleasablePage
from cms.exchange.conversion.documents import ConvertedDocument
from cms.exchange.conversion.findings import Finding, Place
from cms.exchange.conversion.messages import BROKEN_PICTURE, NO_PERMISSION
from cms.exchange.conversion.word_html import Picture
from cms.exchange.registry import bundle_registry
from cms.exchange.slugs import choose_slug

IMPORT_ACTION = "exchange.document_import"


def list_models(parent: Page) -> list[type[ReleasablePage]]:
    """List the kinds of page that a document may become under a page: those whose body is written in the editor."""
    models = {kind.model: None for kind in bundle_registry.kinds.values()}
    return [
        model
        for model in models
        if any(getattr(panel, "field_name", "") == "body" for panel in model.content_panels)
        and model.can_create_at(parent)
    ]


def may_import(parent: Page, user: Any) -> bool:
    """Say whether a user may import a document under a page."""
    return bool(
        parent.permissions_for_user(user).can_add_subpage() and not parent.is_root() and list_models(parent.specific)
    )


@transaction.atomic
def import_document(
    parent: Page, model: type[ReleasablePage], document: ConvertedDocument, *, user: Any, file_name: str
) -> ReleasablePage:
    """Store a document as a draft.

    Raises:
        ValidationError: if a field may not have what the document gives it.
    """
    page = model(
        title=document.title,
        draft_title=document.title,
        slug=choose_slug(parent, document.title, parent.locale.language_code),
        locale=parent.locale,
        live=False,
        owner=user,
    )
    blocks = list(_iterate_blocks(document, user))
    block = page.body.stream_block
    page.body = block.to_python(blocks)
    page.clean()
    parent.add_child(instance=page)
    revision = page.save_revision(user=user, log_action=True, clean=False)
    findings = [finding.as_json() for finding in document.report.findings]
    log(page, IMPORT_ACTION, user=user, revision=revision, data={"file": file_name, "findings": findings})
    return page


def _iterate_blocks(document: ConvertedDocument, user: Any) -> Iterator[dict[str, Any]]:
    for block in document.blocks:
        value = block["value"]
        if block["type"] == "heading":
            yield {"type": "heading", "value": {**value, "level": str(value["level"])}}
        elif block["type"] == "image":
            image = _store_picture(document, value, user)
            if image is not None:
                yield {"type": "image", "value": {**value, "image": image.pk}}
        else:
            yield block


def _store_picture(document: ConvertedDocument, value: dict[str, Any], user: Any) -> Any:
    """Store a picture among the images, or report why not."""
    picture: Picture = document.pictures[value["image"]]
    policy = policy_registry.get_by_type(get_image_model())
    collection = policy.collections_user_has_permission_for(user, "add").order_by("depth").first()
    # Example: "picture-3.png", the third picture of the document
    place = Place(picture=int(picture.name.partition(".")[0].rpartition("-")[2]))
    if collection is None:
        document.report.add("picture-lost", place, reason=str(NO_PERMISSION))
        return None
    file = SimpleUploadedFile(picture.name, picture.content)
    try:
        WagtailImageField().clean(file)
    except ValidationError:
        document.report.add("picture-lost", place, reason=str(BROKEN_PICTURE))
        return None
    file.seek(0)
    title = (value["alt_text"] or f"{document.title}, {picture.name}")[:255]
    return get_image_model().objects.create(title=title, file=file, collection=collection, uploaded_by_user=user)


def find_last_import(page: Page) -> PageLogEntry | None:
    """Find the entry of the log that tells what a page was imported from."""
    entries = PageLogEntry.objects.filter(page=page.pk, action=IMPORT_ACTION)
    entry: PageLogEntry | None = entries.order_by("-timestamp").first()
    return entry


def list_findings(entry: PageLogEntry) -> list[Finding]:
    """List the findings of an import, for the language of the reader."""
    return [Finding.from_json(stored) for stored in entry.data["findings"]]
