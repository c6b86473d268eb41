"""Filling the database's text table from the log."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from cms.publication.models import Release
from search.models import SearchText
from search.texts.index_documents import list_names
from search.texts.log_contents import CONTENTS_IN_MEMORY, Content, is_act, load_contents, pick_newest
from search.texts.plain_text import strip_html
from search.texts.provision_texts import ACT, iterate_provision_texts

ROWS_IN_INSERT = 500


def store_texts(content_ids: Sequence[UUID]) -> None:
    """Replace the texts of contents by what the log now says."""
    for start in range(0, len(content_ids), CONTENTS_IN_MEMORY):
        chunk = content_ids[start : start + CONTENTS_IN_MEMORY]
        with transaction.atomic():
            contents = load_contents(chunk)
            SearchText.objects.filter(content_id__in=chunk).delete()
            SearchText.objects.bulk_create(_build_rows(contents), batch_size=ROWS_IN_INSERT)


def delete_unknown_texts() -> None:
    """Delete the texts of contents that the log does not know, as after another backup was restored."""
    known = Release.objects.filter(content_id=OuterRef("content_id"))
    SearchText.objects.filter(~Exists(known)).delete()


def _build_rows(contents: Sequence[Content]) -> Iterator[SearchText]:
    for content in contents:
        for window in content.windows:
            document = content.documents[window.pk]
            names = list_names(document) if window.type == ACT else []
            yield SearchText(
                kind="document",
                key=window.version,
                content_id=content.content_id,
                locale=window.locale,
                position=window.pk,
                log_position=content.position,
                starts=window.starts,
                ends=window.ends,
                path=window.path,
                title=" · ".join(dict.fromkeys([str(document.get("title") or ""), *names])),
                body="\n".join(
                    filter(
                        None,
                        [
                            str(document.get("summary") or ""),
                            str(document.get("answer") or ""),
                            strip_html(document.get("html") or ""),
                        ],
                    )
                ),
            )
    acts = {content.content_id: content for content in contents if is_act(content) and content.windows}
    windows = [window for content in acts.values() for window in content.windows]
    for provision in iterate_provision_texts(windows) if windows else ():
        content = acts[provision.content_id]
        act = pick_newest(content.windows)
        yield SearchText(
            kind="provision",
            key=provision.key,
            content_id=content.content_id,
            locale=act.locale,
            position=act.pk,
            log_position=content.position,
            starts=provision.days.starts,
            ends=provision.days.ends,
            section=provision.section,
            label=provision.label,
            path=provision.path,
            title=" · ".join(list_names(content.documents[act.pk])),
            body=provision.text,
        )
