"""Serializers of a difference between two days in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from legal.serializers import ActReferenceSerializer, ExpressionSerializer


class MarkSerializer(serializers.Serializer[Any]):
    """A run of text."""

    op = serializers.ChoiceField(
        choices=["equal", "insert", "delete"],
        help_text="equal: in both texts, insert: only in the text after, delete: only in the text before.",
    )
    text = serializers.CharField(help_text="The run; equal and delete joined are before, equal and insert are after.")


@extend_schema_field(MarkSerializer(many=True))
class MarksField(serializers.ListField):
    """Marks as they were built: thousands of them are not looked at one by one again."""

    def to_representation(self, data: Any) -> Any:
        return data


class ChangedSectionSerializer(serializers.Serializer[Any]):
    """A section of both texts that reads otherwise."""

    section = serializers.CharField(help_text='The section as cited in the text after: "9 a".')
    before = serializers.CharField(help_text="The text before, as delivered.")
    after = serializers.CharField(help_text="The text after, as delivered.")
    marks = MarksField(help_text="What differs, word by word.")
    editorial = serializers.BooleanField(
        help_text="Whether only white space, invisible characters or the name of a ministry differ."
    )


class RenumberedSerializer(serializers.Serializer[Any]):
    """A section with the same text, or nearly so, under another number."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """Name the fields here: ``from`` is no name for an attribute."""
        return {
            "from": serializers.CharField(source="before", help_text="Its number in the text before."),
            "to": serializers.CharField(source="after", help_text="Its number in the text after."),
        }


class ActDiffSerializer(serializers.Serializer[Any]):
    """Differences in an act between two days, over its own sections: transitional clauses are left out."""

    act = ActReferenceSerializer(help_text="The act, pointing to the later text.")
    from_expression = ExpressionSerializer(help_text="The text that applies on the day from.")
    to_expression = ExpressionSerializer(help_text="The text that applies on the day to.")
    added = serializers.ListField(child=serializers.CharField(), help_text="Sections of the text after alone.")
    removed = serializers.ListField(child=serializers.CharField(), help_text="Sections of the text before alone.")
    changed = ChangedSectionSerializer(many=True, help_text="Sections that read otherwise.")
    renumbered = RenumberedSerializer(many=True, help_text="Sections that got another number.")

    def get_fields(self) -> dict[str, serializers.Field]:
        """Put the days first: ``from`` is no name for an attribute."""
        days = {
            "from": serializers.DateField(help_text="The earlier day asked for."),
            "to": serializers.DateField(help_text="The later day asked for."),
        }
        return {**days, **super().get_fields()}
