"""Loader of everything that some texts show by reference, in a constant number of queries."""

from collections.abc import Collection, Iterable
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page

from cms.core import files
from cms.core.models import Figure, ReusableBlock
from cms.core.shown_targets import Target, TargetKind
from cms.core.target_cache import LINKED_PAGE, TargetCache, using_cache


def load_targets(targets: Collection[Target]) -> TargetCache:
    """Load these targets. At most nine queries, one for each kind and for what belongs to it."""
    keys: dict[str, list[str]] = {kind: [] for kind in TargetKind}
    for target in targets:
        keys[target.kind].append(target.key)
    cache: TargetCache = {}
    has_files = keys[TargetKind.DOCUMENT] or keys[TargetKind.IMAGE]
    closed = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True)) if has_files else []
    if wanted := keys[TargetKind.CONTENT]:
        pages = Page.objects.filter(translation_key__in=wanted).only("translation_key", "title")
        cache |= {(LINKED_PAGE, str(page.pk)): page for page in pages}
    if wanted := keys[TargetKind.DOCUMENT]:
        documents = get_document_model().objects.select_related("collection").in_bulk([int(key) for key in wanted])
        cache |= _list_open_collections(documents.values(), closed)
        cache |= {(TargetKind.DOCUMENT, key): documents.get(int(key)) for key in wanted}
    if wanted := keys[TargetKind.FIGURE]:
        figures = Figure.objects.filter(pk__in=wanted).prefetch_related("names", "amounts")
        cache |= {(TargetKind.FIGURE, str(figure.pk)): figure for figure in figures}
    if wanted := keys[TargetKind.REUSABLE]:
        cache |= {(TargetKind.REUSABLE, key): [] for key in wanted}
        for block in ReusableBlock.objects.filter(translation_key__in=wanted, live=True).select_related("locale"):
            cache[TargetKind.REUSABLE, str(block.translation_key)].append(block)
    if wanted := keys[TargetKind.IMAGE]:
        cache |= _load_images(wanted, closed)
    return cache


def _load_images(keys: Collection[str], closed: Collection[str]) -> TargetCache:
    images = get_image_model().objects.filter(pk__in=keys).select_related("collection").prefetch_related("renditions")
    cache = _list_open_collections(images, closed)
    with using_cache(cache):
        for image in images:
            cache[TargetKind.IMAGE, str(image.pk)] = files.build_image_reference(image)
    return cache


def _list_open_collections(found: Iterable[Any], closed: Collection[str]) -> TargetCache:
    """List which collections of some files are open to everyone; what lies under a closed one's path is not."""
    return {
        (files.OPEN_COLLECTION, str(file.collection_id)): not any(map(file.collection.path.startswith, closed))
        for file in found
    }
