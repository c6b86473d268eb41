"""Rich text in a bundle: links to pages and files carry source ids there, and this site's own numbers here."""

import re
from collections.abc import Callable
from html import escape

from wagtail.documents import get_document_model
from wagtail.rich_text.rewriters import extract_attrs

from cms.core.html_reader import read_line
from cms.core.references import LINK
from cms.exchange.conversion.findings import ConversionRefusedError
from cms.exchange.conversion.html_conversion import read_passage as read_kept_passage
from cms.exchange.registry import References


def read_passage(html: str, locale: str, references: References) -> str:
    """Read rich text of a bundle: as the editor keeps it, its links to pages and files leading to those of this site.

    Raises:
        ConversionRefusedError: if the editor would not keep it.
        LineRefusedError, ValidationError: if a link names what is not there.
    """

    def find_key(kind: str, source_id: str, words: str) -> str:
        if kind == "page":
            return str(references.find_page(source_id, locale).pk)
        return str(references.find_record(get_document_model(), source_id, locale).pk)

    return _rewrite_links(read_kept_passage(html), find_key)


def keep_passage(html: str) -> str:
    """Return stored rich text as the editor keeps it, without its marks; what it would not keep stays as it stands."""
    try:
        return read_kept_passage(html)
    except ConversionRefusedError:
        return html


def write_passage(source: str, references: References) -> str:
    """Write rich text as it is stored for a bundle. A link to what is in no bundle becomes its words, and that is noted."""
    return _rewrite_links(keep_passage(source), references.find_linked_id)


def _rewrite_links(html: str, find_key: Callable[[str, str, str], str | None]) -> str:
    def rewrite(link: re.Match[str]) -> str:
        attributes, words = extract_attrs(link[1]), link[2]
        kind = attributes.get("linktype")
        if kind is None:
            return link[0]
        key = find_key(kind, attributes.get("id", ""), read_line(words))
        return words if key is None else f'<a linktype="{escape(kind)}" id="{escape(key)}">{words}</a>'

    return LINK.sub(rewrite, html)
