"""Filling a new index from the log's windows."""

from collections.abc import Callable, Iterator
from uuid import UUID

from elasticsearch import Elasticsearch

from cms.publication.models import Window
from search.elastic.bulk import BulkWriter
from search.elastic.index_updates import write_contents
from search.elastic.indices import Aliases
from search.texts.log_contents import CONTENTS_IN_MEMORY, load_states


def fill_index(
    client: Elasticsearch, aliases: Aliases, locale: str, progress: Callable[[int], None] = lambda count: None
) -> int:
    """Write everything that has a window in a language; returns the number of writes.

    The follower writes to the same alias meanwhile. Whatever it writes later carries a higher position, so this never
    overwrites it.
    """
    with BulkWriter(client, parallel=True) as writer:
        for content_ids in iterate_content_ids(locale):
            contents = load_states(content_ids)
            for content in contents:
                content.gone.clear()
            write_contents(writer, aliases, contents)
            progress(writer.written)
    return writer.written


def iterate_content_ids(locale: str) -> Iterator[list[UUID]]:
    """Iterate over the contents that have a window in a language, in order, some at a time."""
    windows = (
        Window.objects.filter(locale=locale).order_by("content_id").values_list("content_id", flat=True).distinct()
    )
    batch = list(windows[:CONTENTS_IN_MEMORY])
    while batch:
        yield batch
        batch = list(windows.filter(content_id__gt=batch[-1])[:CONTENTS_IN_MEMORY])
