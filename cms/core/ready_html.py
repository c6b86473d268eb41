"""From blocks to HTML that is ready to show: sanitised, headings anchored, language and direction set."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.module_loading import import_string
from django.utils.text import slugify

from cms.core.allowed_html import sanitise_html
from cms.core.languages import LANGUAGES

# Example: "<p>a</p>‹<h2>Gebyr</h2>›"
HEADING = re.compile(r"<h([23])(?: id=\"[^\"]*\")?>(.*?)</h\1>", re.DOTALL)


def render_stream(stream: Iterable[Any]) -> str:
    """Render the blocks of a stream field one after the other."""
    return "".join(child.render() for child in stream).strip()


def anchor_headings(html: str) -> str:
    """Give every second and third level heading an id of its own, made from its text."""
    seen: dict[str, int] = {}

    def add_anchor(match: re.Match[str]) -> str:
        anchor = slugify(strip_tags(match[2]), allow_unicode=True) or "section"
        seen[anchor] = seen.get(anchor, 0) + 1
        suffix = f"-{seen[anchor]}" if seen[anchor] > 1 else ""
        return f'<h{match[1]} id="{anchor}{suffix}">{match[2]}</h{match[1]}>'

    return HEADING.sub(add_anchor, html)


def build_ready_html(html: str, language_code: str) -> str:
    """Finish the HTML of one document: clean it, anchor its headings, say its language and direction."""
    language = LANGUAGES[language_code]
    body = anchor_headings(sanitise_html(html))
    return f'<div lang="{language.code}" dir="{language.direction}">{body}</div>' if body else ""


def render_preview(page: Any, request: HttpRequest) -> HttpResponse:
    """Show a draft as readers will see it; the portal registers itself through the setting ``CORE_PREVIEW_RENDERER``."""
    renderer: Callable[[Any, HttpRequest], HttpResponse] = import_string(settings.CORE_PREVIEW_RENDERER)
    return renderer(page, request)
