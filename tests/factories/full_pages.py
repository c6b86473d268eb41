"""Pages of every type that hold every block and every field once, each text with a word of its own to follow it by."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.core.blocks import IdentifierBlock, NameBlock, TableBlock
from cms.core.calendar import today
from cms.core.fields import CodeListField
from cms.core.models import ReleasablePage
from knowledge.models import ContactPointPage
from tests.factories.figures import make_figure
from tests.factories.files import build_picture, make_document, make_image
from tests.factories.pages import make_page
from tests.factories.references import make_block

LETTERS = "bdfgklmnprst"
# What is the same in every language, as authors write it into texts.
SAME = ("§ 9 a, stk. 2", "14", "+45 87 11 22 33", "01.07.2026", "post@example.org")
# Names and numbers in fields of their own, and what says how a page is released.
NAMES = {"street": "Rådhuspladsen 2", "postal_code": "8000", "city": "Aarhus C", "phone": "+45 87 11 22 33"}
KEPT = {"page_ptr", "verified_until", "consortium", "responsible", "visibility"}
KEPT |= {"applies_from", "applies_until", "significance", "change_note"}

FIXED_FIELDS: dict[type, Any] = {
    models.DateField: date(2026, 7, 1),
    models.URLField: "https://www.nyidanmark.dk/da?a=1",
    models.EmailField: "post@example.org",
}
FIXED_BLOCKS: dict[type, Any] = {
    NameBlock: "Jens Hansen",
    IdentifierBlock: "9 a",
    blocks.BooleanBlock: True,
    blocks.IntegerBlock: 2,
    blocks.DateBlock: "2026-07-01",
    blocks.URLBlock: "https://www.retsinformation.dk/eli/lta/2025/1183",
    blocks.EmailBlock: "post@example.org",
}


class Words:
    """Danish texts that have no two words in common but the first."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.codes: Iterator[str] = (f"{a}o{b}i{c}" for a, b, c in product(LETTERS, repeat=3))

    def write(self) -> str:
        """Write the next text: ``Dansk bobib``."""
        self.made.append(next(self.codes))
        return f"Dansk {self.made[-1]}"

    def write_rich(self, target: ReleasablePage) -> str:
        """Write rich text of two paragraphs and a list, with a link and with what nobody translates."""
        link = f'<a linktype="page" id="{target.pk}">{self.write()}</a>'
        paragraph = f'<p data-block-key="a1b2c">{self.write()} <b>{self.write()}</b> og {link}</p>'
        items = "".join(
            f'<li data-block-key="k{index}">{text}</li>' for index, text in enumerate((self.write(), *SAME))
        )
        return f'{paragraph}<p data-block-key="d3e4f">{SAME[0]}</p><ul>{items}</ul>'


class Records:
    """What the blocks refer to."""

    def __init__(self) -> None:
        self.place = make_page(title="Om os")
        self.desk = make_page(ContactPointPage, title="Skranken")
        self.image = make_image("foto.png", build_picture(size=(40, 10)), description="Et foto")
        self.document = make_document("blanket.pdf")
        self.figure = make_figure(amounts={today(): "514000.00"}, pl="Próg dochodu")
        self.block = make_block("<p>Ring</p>")


def make_full_page(model: type[ReleasablePage], words: Words, records: Records) -> Any:
    """Make an unpublished page of a type, with every block in it."""
    values = {
        field.name: _build_field(field, words, records)
        for field in model._meta.local_concrete_fields
        if field.name not in KEPT
    }
    return make_page(model, **{name: value for name, value in values.items() if value is not None}, title=words.write())


def _build_field(field: models.Field[Any, Any], words: Words, records: Records) -> Any:
    if field.name in NAMES:
        return NAMES[field.name]
    if isinstance(field, StreamField):
        # Checked as the editor's form does, which gives the entries of lists their ids.
        return field.stream_block.clean(field.to_python(_build_stream(field.stream_block, words, records)))
    if isinstance(field, RichTextField):
        return words.write_rich(records.place)
    if isinstance(field, CodeListField):
        return [code for code, _label in field.list_choices()][:1]
    if field.choices:
        return field.choices[-1][0]
    return _build_fixed(field, FIXED_FIELDS, words)


def _build_stream(block: blocks.StreamBlock, words: Words, records: Records) -> list[dict[str, Any]]:
    return [
        {"type": name, "value": _build_block(child, words, records), "id": f"{name}-1"}
        for name, child in block.child_blocks.items()
    ]


def _build_block(block: blocks.Block, words: Words, records: Records) -> Any:
    if isinstance(block, TableBlock):
        header = [words.write(), words.write()]
        rows = [[words.write(), SAME[1]], [SAME[0], words.write()]]
        return {"caption": words.write(), "header": header, "rows": rows}
    if isinstance(block, blocks.StructBlock):
        return {name: _build_block(child, words, records) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [_build_block(block.child_block, words, records) for _count in range(2)]
    if isinstance(block, blocks.ChooserBlock):
        return _choose(block, records).pk
    if isinstance(block, blocks.RichTextBlock):
        return words.write_rich(records.place)
    return _build_plain(block, words)


def _choose(block: Any, records: Records) -> Any:
    if isinstance(block, blocks.PageChooserBlock):
        return records.desk if block.target_models == [ContactPointPage] else records.place
    if isinstance(block, ImageChooserBlock):
        return records.image
    if isinstance(block, DocumentChooserBlock):
        return records.document
    assert isinstance(block, SnippetChooserBlock), f"{block} needs something to choose here"
    return records.figure if block.model_class is type(records.figure) else records.block


def _build_plain(block: blocks.Block, words: Words) -> Any:
    if isinstance(block, blocks.ChoiceBlock):
        return [value for value, _label in block.field.choices if value][-1]
    if isinstance(block, blocks.RegexBlock):
        return "09:00" if ":" in block.field.regex.pattern else "9 a"
    return _build_fixed(block, FIXED_BLOCKS, words)


def _build_fixed(holder: Any, fixed: dict[type, Any], words: Words) -> Any:
    """Build the value that its kind always has here, else a text of its own."""
    value = next((value for kind, value in fixed.items() if isinstance(holder, kind)), None)
    if value is not None:
        return value
    texts = models.CharField | models.TextField | blocks.CharBlock | blocks.TextBlock
    assert isinstance(holder, texts), f"{holder} needs a value here"
    return words.write()
