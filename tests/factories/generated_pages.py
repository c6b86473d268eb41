"""Strategies for pages of every type, built from the definitions of their fields and blocks: a new one without a strategy fails."""

from datetime import date, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from django.db import models
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from wagtail import blocks
from wagtail.admin.rich_text.converters import contentstate_models
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks import RICH_TEXT_FEATURES, TableBlock
from cms.core.calendar import today
from cms.core.enums import Visibility
from cms.core.fields import CodeListField
from cms.core.models import ReleasablePage

WORDS = (
    *("Ophold", "§ 9 a, stk. 2", "Årø & Ærø", "1 < 2", "“Nej”, sagde hun", "it's", '6.055 "kr."', "Łódź", "Ґанок"),
    *("طلب الإقامة", "naïve", "😀 tak", "a/b\\c", "{{ x }}", "%(navn)s", "&amp; &lt;b&gt;", "𝔘𝔫𝔦"),
)
WORD = st.sampled_from(WORDS)
ESCAPED = WORD.map(lambda word: word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
DAYS = st.integers(-400, 400).map(lambda days: today() + timedelta(days=days))
ADDRESSES = ("https://www.nyidanmark.dk/da?a=1&amp;b=2#top", "mailto:post@example.org", "tel:+4512345678", "#afsnit")
# Fields of Wagtail's own pages that no panel offers, what the editor's machinery keeps, and what stays on the site.
UNTOUCHED = {"responsible"}


class World:
    """What pages of a site may refer to."""

    def __init__(self, *, pages: dict[str, list[Page]], **records: list[Any]) -> None:
        self.pages = pages
        self.records = records

    def list_pages(self) -> list[Page]:
        """List all pages."""
        return [page for pages in self.pages.values() for page in pages]


def build_text(max_length: int | None, *, is_required: bool) -> SearchStrategy[str]:
    """Build plain text that a form would take."""
    texts = st.lists(WORD, min_size=int(is_required), max_size=2).map(" ".join)
    return texts.map(lambda text: text[: max_length or 400].strip() or ("x" if is_required else ""))


def build_rich_text(world: World) -> SearchStrategy[str]:
    """Build rich text as the editor stores it, out of every feature it has."""
    links = [f'<a href="{address}">' for address in ADDRESSES]
    links += [f'<a id="{page.pk}" linktype="page">' for page in world.list_pages()]
    files = [f'<a id="{file.pk}" linktype="document">' for file in world.records["document"]]
    opening = {
        "bold": ["<b>"],
        "italic": ["<i>"],
        "superscript": ["<sup>"],
        "subscript": ["<sub>"],
        "link": links,
        "document-link": files,
    }
    wrapping = {
        "ol": "<ol><li>{}</li><li><b>2</b>. {}</li></ol>",
        "ul": "<ul><li>{}</li><li>{}<br/>ny linje</li></ul>",
        "blockquote": "<blockquote>{} {}</blockquote>",
    }
    inline = [name for name in RICH_TEXT_FEATURES if name not in wrapping]
    tags = st.sampled_from([tag for name in inline for tag in opening[name]])
    marked = st.tuples(tags, ESCAPED).map(lambda pair: f"{pair[0]}{pair[1]}</{pair[0][1:].split()[0].rstrip('>')}>")
    words = st.lists(st.one_of(ESCAPED, marked, marked), min_size=1, max_size=3).map(" ".join)
    paragraphs = words.map(lambda text: f'<p data-block-key="k1x2y">{text}</p>')
    wrapped = st.sampled_from([wrapping[name] for name in RICH_TEXT_FEATURES if name in wrapping])
    listed = st.tuples(wrapped, words).map(lambda pair: pair[0].format(pair[1], pair[1]))
    return st.lists(st.one_of(paragraphs, paragraphs, listed), min_size=1, max_size=2).map("".join).map(store_as_editor)


def store_as_editor(html: str) -> str:
    """Return rich text as the editor stores it when it has opened it: two lists in a row become one."""
    converter = ContentstateConverter(RICH_TEXT_FEATURES)
    # The editor draws its marks at random; these pages are the same every time.
    with patch.object(contentstate_models, "random", Random(0)):
        return str(converter.to_database_format(converter.from_database_format(html)))


def build_value(block: blocks.Block, world: World) -> SearchStrategy[Any]:
    """Build the raw values of a block, as they are stored.

    Raises:
        NotImplementedError: if this kind of block has no strategy yet.
    """
    if isinstance(block, TableBlock):
        return _build_table()
    if isinstance(block, blocks.StreamBlock):
        return build_stream(block, world)
    if isinstance(block, blocks.StructBlock):
        return st.fixed_dictionaries({name: build_value(child, world) for name, child in block.child_blocks.items()})
    if isinstance(block, blocks.ListBlock):
        return st.lists(build_value(block.child_block, world), min_size=1, max_size=2)
    if isinstance(block, (blocks.PageChooserBlock, ImageChooserBlock, DocumentChooserBlock, SnippetChooserBlock)):
        return _build_reference(block, world)
    if isinstance(block, blocks.RichTextBlock):
        return build_rich_text(world)
    return _build_plain_value(block)


def _build_plain_value(block: blocks.Block) -> SearchStrategy[Any]:
    is_required = block.required
    if isinstance(block, blocks.ChoiceBlock):
        return st.sampled_from([value for value, _label in block.field.choices if value])
    if isinstance(block, blocks.RegexBlock):
        texts = ["09:00", "15:30"] if ":" in block.field.regex.pattern else ["9 a", "14"]
        return st.sampled_from(texts if is_required else [*texts, ""])
    if isinstance(block, blocks.BooleanBlock):
        return st.booleans()
    if isinstance(block, blocks.IntegerBlock):
        return st.integers(1, 99)
    if isinstance(block, blocks.DateBlock):
        return st.one_of(DAYS.map(date.isoformat), *([] if is_required else [st.none()]))
    if isinstance(block, blocks.URLBlock):
        return st.sampled_from(["https://www.retsinformation.dk/eli/lta/2025/1183", "https://example.org/a?b=c&d=e"])
    if isinstance(block, blocks.EmailBlock):
        return st.sampled_from(["post@example.org", *([] if is_required else [""])])
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return build_text(block.field.max_length, is_required=is_required)
    raise NotImplementedError(f"{type(block).__name__} has no strategy: add one, and see that bundles carry it")


def _build_reference(block: Any, world: World) -> SearchStrategy[Any]:
    if isinstance(block, blocks.PageChooserBlock):
        targets = [page for page in world.list_pages() if isinstance(page, block.model_class)]
    else:
        targets = world.records[block.model_class._meta.model_name]
    keys = st.sampled_from([target.pk for target in targets])
    return keys if block.required else st.one_of(st.none(), keys)


def _build_table() -> SearchStrategy[Any]:
    cell = build_text(200, is_required=False)
    row = st.tuples(cell, cell).map(list)
    return st.fixed_dictionaries(
        {"caption": build_text(200, is_required=True), "header": row, "rows": st.lists(row, max_size=2)}
    )


def build_stream(block: blocks.StreamBlock, world: World) -> SearchStrategy[list[dict[str, Any]]]:
    """Build the raw value of a stream of blocks of every type it may hold."""
    entries = [
        build_value(child, world).map(lambda value, name=name: {"type": name, "value": value})
        for name, child in block.child_blocks.items()
    ]
    return st.lists(st.one_of(entries), max_size=4)


def build_field_value(field: models.Field[Any, Any], world: World) -> SearchStrategy[Any]:
    """Build values of a field of a page.

    Raises:
        NotImplementedError: if this kind of field has no strategy yet.
    """
    if isinstance(field, StreamField):
        return build_stream(field.stream_block, world).map(field.to_python)
    if isinstance(field, RichTextField):
        return build_rich_text(world)
    if isinstance(field, CodeListField):
        codes = [code for code, _label in field.list_choices()]
        return st.lists(st.sampled_from(codes), max_size=2, unique=True)
    if field.choices:
        return st.sampled_from([value for value, _label in field.choices])
    if isinstance(field, models.DateField):
        return st.one_of(st.none(), DAYS)
    if isinstance(field, models.URLField | models.EmailField):
        address = "https://example.org/a?b=c" if isinstance(field, models.URLField) else "post@example.org"
        return st.sampled_from(["", address])
    if isinstance(field, models.CharField | models.TextField):
        return build_text(field.max_length, is_required=not field.blank)
    if isinstance(field, models.ForeignKey) and field.name == "consortium":
        return st.sampled_from([None, *world.records["consortium"]])
    raise NotImplementedError(f"{field} has no strategy: add one, and see that bundles carry it")


def build_values(model: type[ReleasablePage], world: World) -> SearchStrategy[dict[str, Any]]:
    """Build values of all fields that a type of page has beside Wagtail's own, and its title."""
    own = {field.name: field for field in model._meta.local_concrete_fields if field.name not in UNTOUCHED}
    own.pop("page_ptr")
    strategies = {name: build_field_value(field, world) for name, field in own.items()}
    return st.fixed_dictionaries({"title": build_text(200, is_required=True), **strategies}).map(_agree)


def _agree(values: dict[str, Any]) -> dict[str, Any]:
    """Let values that depend on each other agree."""
    for first, last in (("applies_from", "applies_until"), ("applicable_from", "deadline")):
        if values.get(first) and values.get(last):
            values[first], values[last] = sorted((values[first], values[last]))
    if values["applies_until"] and values["applies_until"] < today():
        values["applies_until"] = None
    if values["visibility"] == Visibility.CONSORTIUM and values["consortium"] is None:
        values["visibility"] = Visibility.NETWORK
    return values
