"""From a page to the document that is released. The serializer of a type is its shape: stored JSON, OpenAPI schema, index input."""

from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.utils import timezone, translation
from rest_framework import serializers

from cms.core.bidi import isolate_pieces
from cms.core.languages import LANGUAGES
from cms.core.ready_html import build_ready_html, render_stream
from cms.core.references import find_shown_page
from cms.core.templatetags.core_passages import passage
from cms.publication.access.access_scope import build_common_access
from cms.publication.pages.html_places import iterate_html_places
from cms.publication.registry import registry


class TranslationLinkSerializer(serializers.Serializer[Any]):
    """Another language the content is released in."""

    locale = serializers.CharField(help_text="BCP 47 code.")
    state = serializers.CharField(help_text="source, current, outdated or machine.")
    url = serializers.CharField(help_text="Where people read it.")


class TranslationStateSerializer(serializers.Serializer[Any]):
    """State of this language towards its source."""

    state = serializers.CharField(help_text="source, current, outdated or machine.")
    source_locale = serializers.CharField(help_text="The language it was translated from.")
    source_version = serializers.CharField(allow_null=True, help_text="The source release that was translated.")


class VerifiedSerializer(serializers.Serializer[Any]):
    """Until when somebody has vouched for the text, and who."""

    until = serializers.DateField(allow_null=True, help_text="Last day, or null.")
    by = serializers.CharField(allow_null=True, help_text="Unit or role, or null.")


class PageReferenceSerializer(serializers.Serializer[Any]):
    """A reference to another document."""

    id = serializers.UUIDField(help_text="The document's id.")
    title = serializers.CharField(help_text="Its title in this language.")
    url = serializers.CharField(help_text="Where people read it.")


class RelatedSerializer(serializers.Serializer[Any]):
    """A related document."""

    id = serializers.UUIDField(help_text="The document's id.")
    type = serializers.CharField(help_text="Its type.")


class BlockSerializer(serializers.Serializer[Any]):
    """One typed block of the body."""

    type = serializers.CharField(help_text="heading, paragraph, list, step, table, image, document, callout, figure, …")
    value = serializers.JSONField(help_text="The block's value; its shape depends on the type.")
    id = serializers.CharField(help_text="Stable within the document.")


class DocumentSerializer(serializers.Serializer[Any]):
    """Fields of every released document. Those named in ``ENVELOPE`` are filled in by the log, the others from the text."""

    ENVELOPE: ClassVar = frozenset(
        {
            *("id", "type", "locale", "version", "url", "topics", "audiences", "focus_areas", "consortium"),
            *("municipalities", "visibility", "applies_from", "applies_until", "released_at", "first_released_at"),
            *("change_note", "significance", "direction", "translations", "translation", "verified", "json_ld"),
        }
    )

    id = serializers.UUIDField(help_text="The same for all languages and versions of an item.")
    type = serializers.CharField(help_text="The content type.")
    locale = serializers.CharField(help_text="The language of this document, BCP 47.")
    version = serializers.CharField(help_text="Opaque id of this release.")
    url = serializers.CharField(help_text="Where people read it.")
    title = serializers.CharField(help_text="Plain text.")
    summary = serializers.CharField(help_text="One or two sentences, plain text.")
    html = serializers.CharField(help_text="The whole text as sanitised HTML with anchored headings, lang and dir.")
    blocks = BlockSerializer(many=True, help_text="The body as typed blocks, in order.")
    topics = serializers.ListField(child=serializers.CharField(), help_text="Slugs.")
    audiences = serializers.ListField(child=serializers.CharField(), help_text="Slugs.")
    focus_areas = serializers.ListField(child=serializers.CharField(), help_text="Slugs.")
    consortium = serializers.CharField(allow_null=True, help_text="Slug of the owning consortium, or null.")
    municipalities = serializers.ListField(
        child=serializers.CharField(), help_text="Four-character codes; none means it is meant for all."
    )
    visibility = serializers.CharField(help_text="public, network or consortium.")
    applies_from = serializers.DateField(help_text="First day this text is the answer, Europe/Copenhagen.")
    applies_until = serializers.DateField(allow_null=True, help_text="Last day, or null.")
    released_at = serializers.DateTimeField(help_text="UTC.")
    first_released_at = serializers.DateTimeField(help_text="When this language was first released, UTC.")
    change_note = serializers.CharField(help_text="What changed, for readers.")
    significance = serializers.CharField(help_text="typo, minor or substantive.")
    direction = serializers.CharField(help_text="ltr or rtl.")
    citations = serializers.ListField(child=serializers.JSONField(), help_text="The law the text rests on.")
    related = RelatedSerializer(many=True, help_text="Related documents.")
    translations = TranslationLinkSerializer(many=True, help_text="The other languages.")
    translation = TranslationStateSerializer(help_text="How this language stands towards its source.")
    verified = VerifiedSerializer(help_text="Until when the text is vouched for.")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Build the text part of the document: every field that is not the log's, by ``build_<field>`` where there is one."""
        return {
            name: self._build_value(name, field, instance)
            for name, field in self.fields.items()
            if name not in self.ENVELOPE
        }

    def _build_value(self, name: str, field: serializers.Field[Any, Any, Any, Any], instance: Any) -> Any:
        build = getattr(self, f"build_{name}", None)
        if build is not None:
            return build(instance)
        value = field.get_attribute(instance)
        return None if value is None else field.to_representation(value)


class HtmlField(serializers.CharField):
    """A rich text field of a page as sanitised HTML."""

    def to_representation(self, value: Any) -> str:
        return str(passage(value))


class ReleasedPageSerializer(DocumentSerializer):
    """Builds a page's document. Subclasses add their own fields and may name a template that renders them into the HTML."""

    html_template: ClassVar[str] = ""

    def build_html(self, page: Any) -> str:
        parts = [render_stream(page.body)]
        if self.html_template:
            parts.append(render_to_string(self.html_template, {"page": page}))
        return build_ready_html("".join(parts), page.locale.language_code)

    def build_blocks(self, page: Any) -> list[dict[str, Any]]:
        blocks: list[dict[str, Any]] = page.body.stream_block.get_api_representation(page.body)
        return blocks

    def build_citations(self, page: Any) -> list[Any]:
        values = [child.value for child in page.citations]
        values += [child.value for child in page.body if child.block_type == "citation"]
        return [
            {
                "act": {"eli_uri": str(value["eli_uri"])},
                "section": str(value.get("section") or "") or None,
                "stk": list(value.get("stk") or []),
            }
            for value in values
        ]

    def build_related(self, page: Any) -> list[dict[str, str]]:
        shown = [find_shown_page(child.value) for child in page.related]
        return [{"id": str(related.content_id), "type": related.type} for related in shown if related is not None]


def is_seen_by_all_readers(shown: Any, page: Any) -> bool:
    """Say whether everyone who may see ``page`` may see ``shown`` too; otherwise naming it would tell that it exists."""
    target, own = (candidate.list_source_first()[0] for candidate in (shown, page))
    readers = build_common_access(own.visibility, own.consortium.slug if own.consortium else "")
    return readers.covers(target.visibility, target.consortium.slug if target.consortium else "")


class StandardPageSerializer(ReleasedPageSerializer):
    """A home, section or plain page."""

    layout = serializers.CharField(help_text="home, section or plain.")


def build_own_text(page: Any, serializer: type) -> dict[str, Any]:
    """Build what a page itself says, in its language: the text part of its document before ``registry.finish_text``."""
    with translation.override(page.locale.language_code):
        return dict(serializer(page).data)


def build_text(page: Any, serializer: type) -> dict[str, Any]:
    """Build the text part of a page's document, in the page's language."""
    built = serializer(page)
    html_fields = [name for name, field in built.fields.items() if isinstance(field, HtmlField)]
    # What is built again later is built as at its publication.
    with translation.override(page.locale.language_code):
        text = registry.finish_text(dict(built.data), html_fields, page.last_published_at or timezone.now())
    if LANGUAGES[page.locale.language_code].direction == "rtl":
        for holder, key in list(iterate_html_places(text, html_fields)):
            holder[key] = isolate_pieces(holder[key])
    return text
