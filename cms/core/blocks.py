"""The blocks of rich content. Each renders itself through ``core/blocks/<name>.html`` and to JSON for the API."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.segments import OverridableSegmentValue

from cms.core.figures import show_figure
from cms.core.references import (
    build_block_reference,
    build_document_reference,
    build_image_reference,
    build_page_reference,
    build_passage,
)
from cms.core.table_captions import show_caption

RICH_TEXT_FEATURES = ["bold", "italic", "superscript", "subscript", "link", "document-link", "ol", "ul", "blockquote"]


class IdentifierBlock(blocks.CharBlock):
    """An identifier as it is written everywhere, such as the section of a law; translators are not asked for it."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """List the passages to translate, as wagtail-localize asks for them: none."""
        return []

    def deconstruct(self) -> Any:
        # Migrations hold what is stored, which is the same; they know no block of ours.
        return ("wagtail.blocks.CharBlock", *super().deconstruct()[1:])


class NameBlock(IdentifierBlock):
    """A person's name: the same in every language, unless a translator writes it in another script."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """List the name as a value that follows the source and may be overridden."""
        return [OverridableSegmentValue("", value)]

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        """Return the name as it is overridden."""
        name: str = segments[0].data
        return name


class PassageBlock(blocks.RichTextBlock):
    """Rich text that leaves the system expanded (links resolved) and sanitised."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RICH_TEXT_FEATURES, **kwargs)

    def get_api_representation(self, value: Any, context: Any = None) -> str:
        return build_passage(value)


class HeadingBlock(blocks.StructBlock):
    """A heading of level 2 or 3; level 1 is the page's title."""

    text = blocks.CharBlock(label=_("Text"), max_length=200)
    level = blocks.ChoiceBlock(choices=[("2", "2"), ("3", "3")], default="2", label=_("Level"))

    class Meta:
        icon = "title"
        template = "core/blocks/heading.html"

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        return {"text": value["text"], "level": int(value["level"])}


class ListItemsBlock(blocks.StructBlock):
    """A list whose items are short passages."""

    ordered = blocks.BooleanBlock(required=False, label=_("Numbered"))
    items = blocks.ListBlock(PassageBlock(), label=_("Items"))

    class Meta:
        icon = "list-ul"
        template = "core/blocks/list.html"


class StepTextBlock(blocks.StructBlock):
    """One thing to do, in order."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    html = PassageBlock(label=_("Text"))

    class Meta:
        icon = "tick"
        template = "core/blocks/step.html"


class TableBlock(blocks.StructBlock):
    """A table with a caption and a header row, as screen readers need it."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    header = blocks.ListBlock(blocks.CharBlock(required=False, max_length=200), label=_("Header"))
    rows = blocks.ListBlock(blocks.ListBlock(blocks.CharBlock(required=False, max_length=500)), label=_("Rows"))

    class Meta:
        icon = "table"
        template = "core/blocks/table.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, "caption": show_caption(value["caption"])}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        width = len(cleaned["header"])
        if any(len(row) != width for row in cleaned["rows"]):
            raise blocks.StructBlockValidationError(
                block_errors={"rows": ValidationError(_("Every row needs as many cells as the header."))}
            )
        return cleaned


class ImageBlock(blocks.StructBlock):
    """An image with the text that stands for it; decoration is no content and does not belong here."""

    image = ImageChooserBlock(label=_("Image"))
    alt_text = blocks.CharBlock(label=_("Alternative text"), max_length=250)
    caption = blocks.CharBlock(required=False, label=_("Caption"), max_length=250)

    class Meta:
        icon = "image"
        template = "core/blocks/image.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, "shown": build_image_reference(value["image"])}

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        shown = build_image_reference(value["image"])
        if shown is None:
            return None
        return {**shown, "alt_text": value["alt_text"], "caption": value["caption"], "image": value["image"].pk}


class DocumentBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("Document"))
    label = blocks.CharBlock(label=_("Link text"), max_length=200)

    class Meta:
        icon = "doc-full"
        template = "core/blocks/document.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, "shown": build_document_reference(value["document"])}

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        shown = build_document_reference(value["document"])
        if shown is None:
            return None
        return {
            "url": shown["url"],
            "label": value["label"],
            "size_bytes": shown["size_bytes"],
            "document": value["document"].pk,
        }


class CalloutBlock(blocks.StructBlock):
    """A passage that must not be overlooked."""

    tone = blocks.ChoiceBlock(
        choices=[("info", _("Information")), ("warning", _("Warning")), ("important", _("Important"))],
        default="info",
        label=_("Tone"),
    )
    html = PassageBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        template = "core/blocks/callout.html"


class FigureBlock(SnippetChooserBlock):
    """A dated figure, shown by reference with the amount of the day; amounts never stand in prose."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("core.Figure", **kwargs)

    class Meta:
        icon = "order"
        template = "core/blocks/figure.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, "figure": self.get_api_representation(value)}

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        return show_figure(value) if value is not None else None


class CitationBlock(blocks.StructBlock):
    """A place in an act: ELI URI, and section and stk. as written ("9 a", 2)."""

    eli_uri = blocks.URLBlock(label=_("ELI URI"))
    section = IdentifierBlock(required=False, label=_("Section"), max_length=20, help_text=_("As written: 9 a"))
    stk = blocks.ListBlock(blocks.IntegerBlock(min_value=1), default=[], label=_("Stk."))
    quote = blocks.TextBlock(required=False, label=_("Quoted text"))

    class Meta:
        icon = "openquote"
        label = _("Citation")
        template = "core/blocks/citation.html"


class ReusableReferenceBlock(SnippetChooserBlock):
    """A passage written elsewhere and shown here by reference."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("core.ReusableBlock", **kwargs)

    class Meta:
        icon = "snippet"
        template = "core/blocks/reusable.html"

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        return build_block_reference(value)


class ContactPointReferenceBlock(blocks.PageChooserBlock):
    """A place to go, shown by reference."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("knowledge.ContactPointPage", **kwargs)

    class Meta:
        icon = "site"
        template = "core/blocks/contact_point.html"

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        return build_page_reference(value)


class BodyBlock(blocks.StreamBlock):
    """Everything a body may be made of."""

    heading = HeadingBlock(label=_("Heading"))
    paragraph = PassageBlock(label=_("Paragraph"), template="core/blocks/paragraph.html", icon="pilcrow")
    list = ListItemsBlock(label=_("List"))
    step = StepTextBlock(label=_("Step"))
    table = TableBlock(label=_("Table"))
    image = ImageBlock(label=_("Image"))
    document = DocumentBlock(label=_("Document"))
    callout = CalloutBlock(label=_("Call-out"))
    figure = FigureBlock(label=_("Dated figure"))
    citation = CitationBlock(label=_("Citation"))
    reusable = ReusableReferenceBlock(label=_("Reusable block"))
    contact_point = ContactPointReferenceBlock(label=_("Contact point"))

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        """Build ``[{"type", "value", "id"}]``; the type is written with hyphens, as in the API.

        A block that shows nothing on the day is left out.
        """
        return [
            {
                "type": child.block_type.replace("_", "-"),
                "value": representation,
                "id": child.id,
            }
            for child in value
            if child.value is not None
            and (representation := child.block.get_api_representation(child.value, context)) is not None
        ]
