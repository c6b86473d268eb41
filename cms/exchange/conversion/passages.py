"""Rich text as the editor keeps it: what it would write if it opened the text and stored it untouched."""

import re
from functools import lru_cache

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms.core.blocks import RICH_TEXT_FEATURES

# Example: "<p‹ data-block-key=\"a1b2c\"›>"
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# Example: "‹<p> <br/></p>›"
EMPTY = re.compile(r"<(p|li|blockquote|ul|ol)>(?:\s|<br/>)*</\1>|<(b|i|sup|sub)></\2>")
# Example: "stk. 1‹ <br/> ›stk. 2"
LINE_BREAK = re.compile(r"[ \t\n]*<br/>[ \t\n]*")


@lru_cache(maxsize=1)
def get_converter() -> ContentstateConverter:
    """Return the converter of the editor's rich text; features are registered once."""
    return ContentstateConverter(RICH_TEXT_FEATURES)


def build_kept_html(html: str) -> str:
    """Build the HTML that the editor keeps of HTML made of ``p ul ol li blockquote`` and what stands in a line.

    Keys of the editor's own are left out: they change nothing, and a second import would differ by them.
    """
    converter = get_converter()
    kept = converter.to_database_format(converter.from_database_format(_drop_empty(html)))
    return _drop_empty(BLOCK_KEY.sub("", kept))


def _drop_empty(html: str) -> str:
    """Drop blocks without words, which the editor would add to or take away, and blanks beside line breaks."""
    tidy = LINE_BREAK.sub("<br/>", html)
    while (shorter := EMPTY.sub("", tidy)) != tidy:
        tidy = shorter
    return tidy
