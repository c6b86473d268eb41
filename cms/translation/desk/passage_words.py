"""Words of a passage as a translator types them, and as wagtail-localize stores them: an HTML fragment of inline tags."""

import re
from hashlib import sha256
from html import unescape

from wagtail_localize.strings import StringValue

# A line break is a line break in a field of text; any other tag is shown, so that it can be kept.
# Example: "Ring til ‹<b›>os</b>"
MARKUP = re.compile(r"<(?!br\b)/?[a-zA-Z]")
# Example: "Åbent‹<br/>›9–15"
LINE_BREAK = re.compile(r"<br\s*/?>")
TOKEN_LENGTH = 12


def has_markup(data: str) -> bool:
    """Say whether a fragment holds tags other than line breaks."""
    return MARKUP.search(data) is not None


def write_for_field(data: str, *, is_marked_up: bool) -> str:
    """Write a stored fragment as it stands in the field; ``is_marked_up`` says whether the source's passage has tags."""
    return data if is_marked_up else unescape(LINE_BREAK.sub("\n", data))


def read_from_field(text: str, *, is_marked_up: bool) -> str:
    """Read what was typed as the fragment to store; "" for nothing but white space."""
    text = text.replace("\r\n", "\n").strip()
    if not text or is_marked_up:
        return text
    data: str = StringValue.from_plaintext(text).data
    return data


def build_token(text: str) -> str:
    """Build a short digest by which a text is known again."""
    return sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:TOKEN_LENGTH]
