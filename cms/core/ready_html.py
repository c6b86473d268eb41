"""From blocks to HTML that is ready to show: sanitised, headings anchored, language and direction set."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.text import slugify

from cms.core.allowed_html import sanitise_html
from cms.core.html_reader import iterate_elements, read_line
from cms.core.languages import LANGUAGES


def render_stream(stream: Iterable[Any]) -> str:
    """Render the blocks of a stream field one after the other."""
    return "".join(child.render() for child in stream).strip()


def anchor_headings(html: str) -> str:
    """Give every second and third level heading an id of its own, made from its text."""
    seen: Counter[str] = Counter()
    parts = []
    at = 0
    for heading in iterate_elements(html, ("h2", "h3")):
        anchor = slugify(read_line(heading.content), allow_unicode=True) or "section"
        seen[anchor] += 1
        suffix = f"-{seen[anchor]}" if seen[anchor] > 1 else ""
        parts += [html[at : heading.start], f'<{heading.name} id="{anchor}{suffix}">{heading.content}</{heading.name}>']
        at = heading.end
    return "".join([*parts, html[at:]])


def build_ready_html(html: str, language_code: str) -> str:
    """Finish the HTML of one document: clean it, anchor its headings, say its language and direction."""
    language = LANGUAGES[language_code]
    body = anchor_headings(sanitise_html(html))
    return f'<div lang="{language.code}" dir="{language.direction}">{body}</div>' if body else ""


def render_preview(page: Any, request: HttpRequest) -> HttpResponse:
    """Show a draft as readers will see it; the portal registers itself through the setting ``CORE_PREVIEW_RENDERER``."""
    renderer: Callable[[Any, HttpRequest], HttpResponse] = import_string(settings.CORE_PREVIEW_RENDERER)
    return renderer(page, request)
