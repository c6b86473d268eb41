"""Pages that a text shows by reference: which of them its readers may see, and what they are told of them."""

from typing import Any

from cms.core.enums import Visibility
from cms.core.showing import get_page_shown_on


def is_seen_by_all_readers(shown: Any, page: Any) -> bool:
    """Whether everyone who may see ``page`` may see ``shown`` too; otherwise naming it would tell that it exists.

    ``page`` ``None`` stands for the public.
    """
    source = shown.list_source_first()[0]
    if source.visibility == Visibility.PUBLIC:
        return True
    reader = next(iter(page.list_source_first()), page) if page is not None else None
    if reader is None or reader.visibility == Visibility.PUBLIC:
        return False
    if source.visibility == Visibility.NETWORK:
        return True
    return bool(reader.visibility == Visibility.CONSORTIUM and reader.consortium_id == source.consortium_id)


def find_shown_page(page: Any) -> Any:
    """Find the page to show for a reference, in the active language; ``None`` if the readers of the text may not see it."""
    if page is None:
        return None
    shown = page.localized.specific
    is_shown = shown.live and hasattr(shown, "list_source_first")
    return shown if is_shown and is_seen_by_all_readers(shown, get_page_shown_on()) else None


def build_page_reference(page: Any) -> dict[str, Any] | None:
    """Build ``{"id", "title", "url"}`` for a referenced page in the active language, or ``None`` when it is not shown."""
    shown = find_shown_page(page)
    return {"id": str(shown.translation_key), "title": shown.title, "url": shown.full_url} if shown else None
