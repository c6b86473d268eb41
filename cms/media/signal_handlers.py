"""A file that changes or goes releases the texts that show it, by whatever door it came: form, shell, bulk action."""

from functools import wraps
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.utils.file import hash_filelike

from cms.core.references import build_target
from cms.publication.log.publication_log import publication_log
from cms.publication.pages.referrers import release_referrers


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
    release_referrers([build_target(instance)])


def on_file_deleting(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Hold the log's head before the file's row, as publishing does; so the two never wait for each other crosswise."""
    publication_log.hold()


def on_file_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Release the texts that showed a file, without it."""
    release_referrers([build_target(instance)])


def on_restriction_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Release the texts that show an image of a collection that was closed or opened."""
    _release_images(instance.collection)


def follow_moves() -> None:
    """Wrap ``Collection.move``: who may see the images moves along, and Wagtail 8 tells nobody. Twice changes nothing."""
    move = Collection.move
    if hasattr(move, "is_followed"):
        return

    @wraps(move)
    def move_and_release(self: Collection, *args: Any, **kwargs: Any) -> None:
        with publication_log.appending():
            before = set(self.get_view_restrictions())
            move(self, *args, **kwargs)
            moved = Collection.objects.get(pk=self.pk)
            if set(moved.get_view_restrictions()) != before:
                _release_images(moved)

    move_and_release.is_followed = True  # type: ignore[attr-defined]
    Collection.move = move_and_release


def _release_images(collection: Collection) -> None:
    images = get_image_model().objects.filter(collection__in=collection.get_descendants(inclusive=True))
    release_referrers([build_target(image) for image in images])


def connect() -> None:
    """Connect the receivers."""
    follow_moves()
    for model in (get_image_model(), get_document_model()):
        name = model._meta.model_name
        pre_save.connect(on_file_saving, sender=model, dispatch_uid=f"media.{name}_saving")
        post_save.connect(on_file_saved, sender=model, dispatch_uid=f"media.{name}_saved")
        pre_delete.connect(on_file_deleting, sender=model, dispatch_uid=f"media.{name}_deleting")
        post_delete.connect(on_file_deleted, sender=model, dispatch_uid=f"media.{name}_deleted")
    for signal in (post_save, post_delete):
        signal.connect(
            on_restriction_changed, sender=CollectionViewRestriction, dispatch_uid="media.restriction_changed"
        )
