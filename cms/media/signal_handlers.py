"""A file that changes or goes releases the texts that show it, by whatever door it came: form, shell, bulk action."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, ReferenceIndex
from wagtail.signals import published
from wagtail.utils.file import hash_filelike

from cms.core.models import ReusableBlock
from cms.publication.log.publication_log import publication_log
from cms.publication.pages.services import release_referrers


def on_file_saving(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Describe a new content at once. Wagtail's form does so itself, a script that sets ``file`` does not."""
    instance.has_new_content = bool(instance.file) and not instance.file._committed
    if instance.has_new_content:
        instance.file_size = instance.file.size
        with instance.open_file() as content:
            instance.file_hash = hash_filelike(content)
            content.seek(0)


def on_file_saved(sender: type[Model], instance: Any, created: bool, **kwargs: Any) -> None:
    """Release the texts that show a file which was changed; nothing shows a new one yet."""
    is_digest_alone = kwargs["update_fields"] is not None and "file" not in kwargs["update_fields"]
    if created or is_digest_alone:
        return
    if instance.has_new_content and hasattr(instance, "renditions"):
        instance.renditions.all().delete()
    release_showing(instance)


def on_file_deleting(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Hold the log's head before the file's row, as publishing does; so the two never wait for each other crosswise."""
    publication_log.hold()


def on_file_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Release the texts that showed a file, without it."""
    release_showing(instance)


def on_restriction_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Release the texts that show an image of a collection that was closed or opened."""
    collections = instance.collection.get_descendants(inclusive=True)
    for image in get_image_model().objects.filter(collection__in=collections):
        release_showing(image)


def on_block_published(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Note at once which files a reusable block links to; Wagtail leaves it to a task, which may come too late."""
    ReferenceIndex.create_or_update_for_object(instance)


def release_showing(file: Any) -> None:
    """Release the texts that show a file, themselves or in a reusable block."""
    release_referrers(file)
    for referrer, _references in ReferenceIndex.get_grouped_references_to(file):
        if isinstance(referrer, ReusableBlock):
            release_referrers(referrer)


def connect() -> None:
    """Connect the receivers."""
    for model in (get_image_model(), get_document_model()):
        name = model._meta.model_name
        pre_save.connect(on_file_saving, sender=model, dispatch_uid=f"media.{name}_saving")
        post_save.connect(on_file_saved, sender=model, dispatch_uid=f"media.{name}_saved")
        pre_delete.connect(on_file_deleting, sender=model, dispatch_uid=f"media.{name}_deleting")
        post_delete.connect(on_file_deleted, sender=model, dispatch_uid=f"media.{name}_deleted")
    published.connect(on_block_published, sender=ReusableBlock, dispatch_uid="media.block_published")
    for signal in (post_save, post_delete):
        signal.connect(
            on_restriction_changed, sender=CollectionViewRestriction, dispatch_uid="media.restriction_changed"
        )
