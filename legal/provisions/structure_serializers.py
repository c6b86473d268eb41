"""Serializers of a section's parts in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from legal.provisions.structure import Part

KINDS = ("stk", "nr", "litra", "led")


class PartSerializer(serializers.Serializer[Part]):
    """One part of a section, and in it those below. Own text, the children and the closing, in this order, are its text."""

    kind = serializers.ChoiceField(choices=KINDS, help_text="stk, nr, litra, or led: a further list in the same part.")
    number = serializers.CharField(help_text='The number as printed: "2", "b"; "2-3" for parts printed as one.')
    path = serializers.CharField(
        help_text="Address in the section, the same in every text of the act: stk-2/nr-1/litra-b. "
        "The portal's page has it as an anchor, with hyphens: #stk-2-nr-1-litra-b."
    )
    text = serializers.SerializerMethodField(help_text="Its own text with its mark, up to the first of the children.")
    sentences = serializers.SerializerMethodField(help_text='How many sentences ("pkt.") it has.')
    children = serializers.SerializerMethodField(help_text="The parts below, in printed order.")
    closing = serializers.SerializerMethodField(help_text="The text behind the children that belongs to it, or empty.")

    def get_text(self, part: Part) -> str:
        return part.text.strip()

    def get_sentences(self, part: Part) -> int:
        return len(part.sentences)

    @extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/Part"}})
    def get_children(self, part: Part) -> list[dict[str, Any]]:
        return build_parts(part.children)

    def get_closing(self, part: Part) -> str:
        return part.closing.strip()


_SERIALIZER = PartSerializer()


def build_parts(parts: tuple[Part, ...]) -> list[dict[str, Any]]:
    """Build the parts of a section or of another part: ``{"kind", "number", "path", "text", …, "children"}``."""
    return [dict(_SERIALIZER.to_representation(part)) for part in parts]
