"""References of a text: the one place where blocks, rich text and templates turn what they name into what readers are shown.

Each function notes what was asked for in the record of the text that is being built (``cms.core.shown_targets``), shown or not, so
that the text is released again when the target comes, changes or goes.
"""

import re
from typing import Any

from django.conf import settings
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import extract_attrs

from cms.core import files
from cms.core.allowed_html import sanitise_html
from cms.core.html_reader import read_line, write_absolute_addresses
from cms.core.languages import LANGUAGES, fallback_chain
from cms.core.shown_targets import ReferenceObstacle, ShownPage, Target, TargetKind, get_showing
from cms.core.target_cache import LINKED_PAGE, get_cached

# A whole link, as in: <a linktype="page" id="3">the desk</a>. Links do not nest.
# Example: "se ‹<a linktype=\"page\" id=\"3\">siden</a>›."
LINK = re.compile(r"<a(\s[^>]*)>(.*?)</a>", re.DOTALL)


def build_target(instance: Any) -> Target:
    """Build the target that stands for a page, snippet, picture or file, in all its languages."""
    kinds = {"figure": TargetKind.FIGURE, "reusableblock": TargetKind.REUSABLE}
    kinds |= {"image": TargetKind.IMAGE, "document": TargetKind.DOCUMENT}
    kind = TargetKind.CONTENT if isinstance(instance, Page) else kinds[instance._meta.model_name]
    return Target(kind, str(getattr(instance, "translation_key", instance.pk)))


def find_shown_page(page: Page | None, name: str = "") -> ShownPage | None:
    """Find what may be said of a page, or of what it has moved to; ``None`` where it does not show.

    ``name`` is what editors are told it is called, else its title.
    """
    if page is None:
        return None
    current = get_showing()
    if current.resolver is None:
        return None
    answer = current.resolver.resolve_page(page.translation_key, current.day)
    current.note(answer.targets, answer.effective_days)
    if answer.obstacle is not None:
        current.refuse(name or page.title, answer.obstacle, answer.first_day)
    return answer.shown


def build_page_reference(page: Page | None) -> dict[str, Any] | None:
    """Build ``{"id", "title", "url"}`` for a page, or ``None`` where it does not show."""
    shown = find_shown_page(page)
    return {"id": str(shown.content_id), "title": shown.title, "url": shown.url} if shown else None


def find_shown_block(block: Any) -> Any:
    """Find a reusable block in the best language in which it is published; ``None`` where there is none."""
    if block is None:
        return None
    current = get_showing()
    current.note([build_target(block)])
    languages = current.resolver.languages if current.resolver else fallback_chain(block.locale.language_code)
    translations = type(block).objects.filter(translation_key=block.translation_key, live=True)
    candidates = get_cached(
        TargetKind.REUSABLE, block.translation_key, lambda: list(translations.select_related("locale"))
    )
    live = {candidate.locale.language_code: candidate for candidate in candidates}
    found = next((live[code] for code in languages if code in live), None)
    if found is None:
        current.refuse(block.title, ReferenceObstacle.UNRELEASED)
    return found


def build_block_reference(block: Any) -> dict[str, Any] | None:
    """Build ``{"id", "html"}`` for a reusable block, or ``None`` where it does not show. What stands in it is shown too."""
    shown = find_shown_block(block)
    return {"id": str(shown.translation_key), "html": _build_block_html(shown)} if shown else None


def _build_block_html(block: Any) -> str:
    """Build the HTML of a reusable block; in a text of another language it says which one it is in."""
    html, code = build_passage(block.body), block.locale.language_code
    resolver = get_showing().resolver
    if not html or resolver is None or code == resolver.languages[0]:
        return html
    return f'<div lang="{code}" dir="{LANGUAGES[code].direction}">{html}</div>'


def build_image_reference(image: Any) -> dict[str, Any] | None:
    """Build ``{"url", "width", "height"}`` for a picture; ``None`` where it cannot be shown."""
    if image is None:
        return None
    get_showing().note([build_target(image)])
    reference = get_cached(TargetKind.IMAGE, image.pk, lambda: files.build_image_reference(image))
    if reference is None:
        is_private = files.is_stored(image) and not files.is_open(image)
        get_showing().refuse(image.title, ReferenceObstacle.PRIVATE_PICTURE if is_private else ReferenceObstacle.BROKEN)
    return reference


def build_document_reference(document: Any) -> dict[str, Any] | None:
    """Build ``{"url", "size_bytes", "extension"}`` for a file to download; ``None`` where it is gone."""
    if document is None:
        return None
    get_showing().note([build_target(document)])
    reference = files.build_document_reference(document)
    if reference is None:
        get_showing().refuse(document.title, ReferenceObstacle.BROKEN)
    elif not files.is_open(document):
        get_showing().refuse(document.title, ReferenceObstacle.PRIVATE_DOCUMENT)
    return reference


def build_passage(value: RichText | str | Any) -> str:
    """Build the HTML of a passage of rich text: links resolved, or only their words, addresses absolute, and sanitised."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    return write_absolute_addresses(sanitise_html(LINK.sub(_write_link, source)), settings.PUBLIC_URL)


def _write_link(link: re.Match[str]) -> str:
    attributes, words = extract_attrs(link[1]), link[2]
    if "linktype" not in attributes:
        return link[0]
    url = _find_address(attributes["linktype"], attributes.get("id", ""), read_line(words))
    return f'<a href="{escape(url)}">{words}</a>' if url else words


def _find_address(kind: str, key: str, words: str) -> str | None:
    if not key.isdecimal():
        return None
    if kind == "page":
        linked = Page.objects.filter(pk=key).only("translation_key", "title")
        page = get_cached(LINKED_PAGE, key, linked.first)
        if page is None:
            get_showing().refuse(words, ReferenceObstacle.GONE)
        shown = find_shown_page(page, words)
        return shown.url if shown else None
    if kind == "document":
        get_showing().note([Target(TargetKind.DOCUMENT, key)])
        document = get_cached(TargetKind.DOCUMENT, key, get_document_model().objects.filter(pk=key).first)
        reference = build_document_reference(document)
        if document is None:
            get_showing().refuse(words, ReferenceObstacle.GONE)
        return reference["url"] if reference else None
    return None
