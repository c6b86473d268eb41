"""Links inside released HTML, led along the language of the reader who follows them."""

import re

from cms.core.html_reader import TAG
from frontend.portal.portal_urls import build_frame_path, build_local_path, read_framed_language

# Example: "<a class=\"x\"‹ href=\"https://a.example/da/\"›>"
HREF = re.compile(r'\shref="(?P<url>[^"]*)"')
# Who says which language a link leads to, means that language.
# Example: "<a‹ hreflang=\"›da\" href=\"/da/\">"
MEANT_LANGUAGE = re.compile(r'\shreflang="')


def write_frame_links(html: str, locale: str) -> str:
    """Lead links to pages in another language to where they are read inside ``locale``, and say which one that is."""
    return TAG.sub(lambda tag: _write_link(tag[0], locale) if tag["name"] == "a" else tag[0], html)


def _write_link(tag: str, locale: str) -> str:
    href = HREF.search(tag)
    if href is None or MEANT_LANGUAGE.search(tag):
        return tag
    path = build_local_path(href["url"])
    framed = build_frame_path(path, locale)
    if framed == path:
        return tag
    own = read_framed_language(framed)
    after = f'" hreflang="{own}' if own else ""
    return f"{tag[: href.start('url')]}{framed}{after}{tag[href.end('url') :]}"
