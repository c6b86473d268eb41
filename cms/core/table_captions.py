"""Captions of tables. A stored table needs one; what came from a file without one has a dash in its place."""

NO_CAPTION = "–"


def show_caption(text: str | None) -> str:
    """Return the caption readers get: none where only a dash stands for it."""
    return "" if not text or text.strip() == NO_CAPTION else text
