"""Reusable blocks in a bundle: a line for each language of one, and one more for a draft."""

from collections.abc import Iterator, Mapping
from typing import Any

from cms.core.languages import LANGUAGES
from cms.core.models import ReusableBlock
from cms.exchange.identity import derive_content_id
from cms.exchange.passages import keep_passage, read_passage, write_passage
from cms.exchange.registry import RecordKind, References
from cms.exchange.schema import SOURCE_ID, TEXT
from cms.exchange.sites import get_locale

KIND = "reusable"
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "source_id", "locale", "title", "html"],
    "properties": {
        "kind": {"const": KIND},
        "source_id": SOURCE_ID,
        "locale": {"enum": list(LANGUAGES)},
        "title": {"type": "string", "minLength": 1, "maxLength": 120},
        "html": TEXT,
        "publish": {"type": "boolean", "default": True},
    },
}


def list_problems(values: Mapping[str, Any]) -> Iterator[str]:
    """List what is wrong with a line that passed the schema: nothing that the schema would not tell."""
    return iter(())


def save_block(values: Mapping[str, Any], references: References) -> bool:
    """Save the block of a line; a published one releases what shows it. Returns whether that changed anything.

    The block is there, without its text, before its links are read: a page it leads to may show it.
    """
    locale, is_published = values["locale"], values.get("publish", True)
    key = derive_content_id(values["source_id"])
    block = ReusableBlock.objects.filter(translation_key=key, locale__language_code=locale).first()
    is_new = block is None
    if block is None:
        block = ReusableBlock(
            translation_key=key, locale=get_locale(locale), title=values["title"], body="", live=False
        )
        block.save()
    body = read_passage(values["html"], locale, references)
    stored = block if is_published else block.get_latest_revision_as_object()
    has_same_text = (stored.title, keep_passage(stored.body)) == (values["title"], body)
    if not is_new and has_same_text and (block.live or not is_published):
        return False
    draft = block.get_latest_revision_as_object() if block.has_unpublished_changes and block.live else None
    block.title, block.body = values["title"], body
    if not block.live:
        # As the editor does: a block that is not live stands in its row as in its draft.
        block.save()
    revision = block.save_revision(clean=False)
    if is_published:
        revision.publish()
        if draft is not None:
            # A colleague's unpublished text stays on top of what was published under it.
            draft.save_revision(clean=False)
    return True


def find_block(source_id: str, locale: str, references: References) -> ReusableBlock | None:
    """Find a block in a language, else in the one it was written in."""
    blocks = ReusableBlock.objects.filter(translation_key=derive_content_id(source_id)).order_by("pk")
    found: ReusableBlock | None = blocks.filter(locale__language_code=locale).first() or blocks.first()
    return found


def get_source_id(block: ReusableBlock, references: References) -> str:
    """Return the source id of a block: the id it has in all its languages."""
    return str(block.translation_key)


def write_blocks(references: References) -> Iterator[dict[str, Any]]:
    """Write the lines of all blocks, in the order they were made: the first language of one is the one it was written in."""
    for block in ReusableBlock.objects.order_by("pk").select_related("locale"):
        if block.live:
            yield _build_line(block, references)
        if block.has_unpublished_changes or not block.live:
            yield {**_build_line(block.get_latest_revision_as_object(), references), "publish": False}


def _build_line(block: ReusableBlock, references: References) -> dict[str, Any]:
    return {
        "kind": KIND,
        "source_id": get_source_id(block, references),
        "locale": block.locale.language_code,
        "title": block.title,
        "html": write_passage(block.body, references),
    }


REUSABLE_KIND = RecordKind(
    KIND, ReusableBlock, 2, SCHEMA, list_problems, save_block, find_block, get_source_id, write_blocks
)
