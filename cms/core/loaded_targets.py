"""Loader of everything that some texts show by reference, in a constant number of queries."""

from collections.abc import Collection

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page

from cms.core import files
from cms.core.models import Figure, ReusableBlock
from cms.core.showing import Target, TargetKind
from cms.core.target_shelf import LINKED_PAGE, Shelf, shelved


def load_shelf(targets: Collection[Target]) -> Shelf:
    """Load these targets. At most nine queries, one for each kind and for what belongs to it."""
    keys: dict[str, list[str]] = {kind: [] for kind in TargetKind}
    for target in targets:
        keys[target.kind].append(target.key)
    shelf: Shelf = {}
    if wanted := keys[TargetKind.CONTENT]:
        pages = Page.objects.filter(translation_key__in=wanted).only("translation_key", "title")
        shelf |= {(LINKED_PAGE, str(page.pk)): page for page in pages}
    if wanted := keys[TargetKind.DOCUMENT]:
        documents = get_document_model().objects.in_bulk([int(key) for key in wanted])
        shelf |= {(TargetKind.DOCUMENT, key): documents.get(int(key)) for key in wanted}
    if wanted := keys[TargetKind.FIGURE]:
        figures = Figure.objects.filter(pk__in=wanted).prefetch_related("names", "amounts")
        shelf |= {(TargetKind.FIGURE, str(figure.pk)): figure for figure in figures}
    if wanted := keys[TargetKind.REUSABLE]:
        shelf |= {(TargetKind.REUSABLE, key): [] for key in wanted}
        for block in ReusableBlock.objects.filter(translation_key__in=wanted, live=True).select_related("locale"):
            shelf[TargetKind.REUSABLE, str(block.translation_key)].append(block)
    if wanted := keys[TargetKind.IMAGE]:
        shelf |= _load_images(wanted)
    return shelf


def _load_images(keys: Collection[str]) -> Shelf:
    images = get_image_model().objects.filter(pk__in=keys).select_related("collection").prefetch_related("renditions")
    closed = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    shelf: Shelf = {}
    for image in images:
        is_open = not any(image.collection.path.startswith(path) for path in closed)
        with shelved({(files.OPEN_COLLECTION, str(image.collection_id)): is_open}):
            shelf[TargetKind.IMAGE, str(image.pk)] = files.build_image_reference(image)
    return shelf
