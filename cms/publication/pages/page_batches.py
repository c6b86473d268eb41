"""Live pages in batches, loaded so that building their texts asks the database nothing more for each of them."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from cms.core.loaded_targets import load_targets
from cms.core.models import ReleasablePage
from cms.core.shown_targets import Target, TargetKind
from cms.core.target_cache import using_cache
from cms.publication.pages.resolver import LoadedContents
from cms.publication.pages.services import is_released_type

BATCH_SIZE = 200


def iterate_batches(model: Any, batch_size: int = BATCH_SIZE) -> Iterator[list[ReleasablePage]]:
    """Iterate over the live pages of one type, a batch at a time, each with all pages of its content (source first)."""
    live = model._default_manager.filter(live=True, alias_of__isnull=True).select_related("locale").order_by("pk")
    last = 0
    while pages := list(live.filter(pk__gt=last)[:batch_size]):
        last = pages[-1].pk
        released = [page for page in pages if is_released_type(page)]
        _load_translations(model, released)
        _load_streams(released)
        yield released


@contextmanager
def loaded_references(targets: Collection[Target]) -> Iterator[LoadedContents]:
    """Load what some texts show by reference, for building them inside."""
    contents = {UUID(target.key) for target in targets if target.kind == TargetKind.CONTENT}
    with using_cache(load_targets(targets)):
        yield LoadedContents.load(contents)


def _load_translations(model: Any, pages: Sequence[ReleasablePage]) -> None:
    found: dict[UUID, list[Any]] = {page.translation_key: [] for page in pages}
    translations = model._default_manager.filter(translation_key__in=found, alias_of__isnull=True)
    for page in translations.select_related("locale", "consortium").order_by("pk"):
        found[page.translation_key].append(page)
    for page in pages:
        page.loaded_source_first = found[page.translation_key]


def _load_streams(pages: Sequence[ReleasablePage]) -> None:
    """Load each stream field of all pages at once: what its blocks choose is one query for each kind of block."""
    for name in pages[0].list_stream_fields() if pages else ():
        block = pages[0]._meta.get_field(name).stream_block
        streams = block.bulk_to_python([list(getattr(page, name).raw_data) for page in pages])
        for page, stream in zip(pages, streams, strict=True):
            setattr(page, name, stream)
