"""Bring the index in line with the log for some contents: every version that has a window, and nothing else."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from elasticsearch import Elasticsearch

from cms.core.languages import LANGUAGES
from search.elastic.bulk import BulkWriter
from search.elastic.indices import Aliases
from search.texts.index_documents import build_documents, build_provision_document
from search.texts.log_contents import CONTENTS_IN_MEMORY, Content, is_act, load_contents, pick_newest
from search.texts.provision_texts import iterate_provision_texts


def index_contents(client: Elasticsearch, aliases: Aliases, content_ids: Sequence[UUID]) -> int:
    """Index contents behind every alias that follows the log; returns how many writes were done.

    Raises:
        BulkError: if the engine did not take everything.
    """
    acts: list[Content] = []
    with BulkWriter(client, parallel=len(content_ids) > CONTENTS_IN_MEMORY) as writer:
        for start in range(0, len(content_ids), CONTENTS_IN_MEMORY):
            contents = load_contents(content_ids[start : start + CONTENTS_IN_MEMORY])
            write_contents(writer, aliases, contents)
            acts += [_forget_texts(content) for content in contents if is_act(content) and _has_a_past(content)]
    _remove_old_provisions(client, aliases, acts)
    return writer.written


def write_contents(writer: BulkWriter, aliases: Aliases, contents: Iterable[Content]) -> None:
    """Write the versions and sections of contents; the tombstones of what has no window go first."""
    found = list(contents)
    for content in found:
        for locale, version in content.gone:
            for target in aliases.list_write_aliases(locale):
                writer.delete(target, version, content.position)
        for document in build_documents(content):
            for target in aliases.list_write_aliases(document.locale):
                writer.index(target, document)
    acts = {content.content_id: content for content in found if is_act(content) and content.windows}
    windows = [window for content in acts.values() for window in content.windows]
    for provision in iterate_provision_texts(windows) if windows else ():
        content = acts[provision.content_id]
        entry = build_provision_document(provision, pick_newest(content.windows), content)
        for target in aliases.list_write_aliases(entry.locale):
            writer.index(target, entry)


def _has_a_past(content: Content) -> bool:
    """Say whether an earlier state of the content may have been indexed."""
    return bool(content.gone) or len(content.windows) != 1


def _forget_texts(content: Content) -> Content:
    return Content(content.content_id, content.position, list(content.windows))


def _remove_old_provisions(client: Elasticsearch, aliases: Aliases, acts: Sequence[Content]) -> None:
    """Remove the sections that an act's newest state does not have: they carry an older position of the log."""
    if not acts:
        return
    old = [
        {
            "bool": {
                "filter": [
                    {"term": {"content_id": str(act.content_id)}},
                    {"range": {"log_position": {"lt": act.position}}},
                ]
            }
        }
        for act in acts
    ]
    targets = [alias for locale in LANGUAGES for alias in aliases.list_write_aliases(locale)]
    client.indices.refresh(index=targets)
    client.delete_by_query(
        index=targets,
        query={"bool": {"filter": [{"term": {"kind": "provision"}}], "should": old, "minimum_should_match": 1}},
        conflicts="proceed",
        refresh=True,
    )
