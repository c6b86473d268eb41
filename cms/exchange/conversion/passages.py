"""Rich text as the editor keeps it: what it would write if it opened the text and stored it untouched."""

import re
from functools import lru_cache

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler

from cms.core.blocks import RICH_TEXT_FEATURES

# Example: "<p‹ data-block-key=\"a1b2c\"›>"
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# Example: "‹<p> <br/></p>›"
EMPTY = re.compile(r"<(p|li|blockquote|ul|ol)>(?:\s|<br/>)*</\1>|<(b|i|sup|sub)></\2>")
# Example: "stk. 1‹ <br/> ›stk. 2"
LINE_BREAK = re.compile(r"[ \t\n]*<br/>[ \t\n]*")


class ReferenceHandler(LinkElementHandler):
    """A link to a page or file of the site, whatever names it: a bundle's links carry source ids."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"id": attrs["id"]}


@lru_cache(maxsize=1)
def get_converter() -> ContentstateConverter:
    """Return the converter of the editor's rich text; features are registered once."""
    converter = ContentstateConverter(RICH_TEXT_FEATURES)
    # Of two rules that match the one with the lower number holds; Wagtail's own begin at 1.
    rules = converter.html_to_contentstate_handler.element_handlers.element_rules["a"]
    rules[:0] = [
        (0, lambda attrs: attrs.get("linktype") == "page", ReferenceHandler("LINK")),
        (0, lambda attrs: attrs.get("linktype") == "document", ReferenceHandler("DOCUMENT")),
    ]
    return converter


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
