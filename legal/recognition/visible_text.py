"""Text without invisible characters, with a map back to the text as sent."""

from cms.core.unicode_text import INVISIBLE


class VisibleText:
    """A text without the characters that are not seen; places in it translate to places in the text as sent."""

    def __init__(self, sent: str) -> None:
        self.sent = sent
        self.text = INVISIBLE.sub("", sent)
        # Only few texts hold invisible characters; the others need no map.
        self._places = (
            None
            if len(self.text) == len(sent)
            else [place for place, character in enumerate(sent) if not INVISIBLE.match(character)]
        )

    @property
    def is_shifted(self) -> bool:
        """Say whether places differ from those of the text as sent."""
        return self._places is not None

    def get_span(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the text as sent of what is not empty here."""
        if self._places is None:
            return start, end
        return self._places[start], self._places[end - 1] + 1
