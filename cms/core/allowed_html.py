"""Allow-list of HTML that may leave the system, applied when text is released, never on the read path."""

import nh3

ALLOWED_TAGS = {
    *(
        "a",
        "abbr",
        "aside",
        "b",
        "bdi",
        "blockquote",
        "br",
        "caption",
        "cite",
        "data",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
    ),
    *("figure", "h2", "h3", "h4", "hr", "i", "img", "ins", "li", "mark", "ol", "p", "q", "section", "span", "strong"),
    *("sub", "sup", "table", "tbody", "td", "th", "thead", "time", "tr", "ul"),
}
ALLOWED_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang"},
    "a": {"href", "hreflang"},
    "data": {"value"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}


def sanitise_html(html: str) -> str:
    """Clean HTML down to the allow-list; scripts, handlers, styles and foreign schemes are removed with their content."""
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer",
    )
