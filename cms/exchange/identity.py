"""From source ids to content ids: the same bundle gives the same ids on every site."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6d0c7a52-5c3f-5f0e-9d55-6b1d0f1f5a10")


def derive_content_id(source_id: str) -> UUID:
    """Derive an item's id; a source id that is a UUID is the content's id itself."""
    try:
        return UUID(source_id)
    except ValueError:
        return uuid5(NAMESPACE, source_id)


def derive_block_id(content_id: UUID, locale: str, index: int, content: str) -> str:
    """Derive the id of a block that came without one, so that importing it again gives the same."""
    return str(uuid5(content_id, f"{locale}:{index}:{content}"))
