"""Serializers of a law note: the released JSON, the OpenAPI schema and the index's input."""

from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cms.publication.pages.serializers import HtmlField, ReleasedPageSerializer
from legal.language.section_numbers import normalise_section
from legal.notes.law_note_sources import build_own_source, build_source
from legal.serializers import ActReferenceSerializer, CommencementSerializer


class SourceExpressionSerializer(serializers.Serializer[Any]):
    """The text of an act a law note was written on."""

    document_type = serializers.CharField(help_text="LOV, LBK (consolidation), BEK (order) and the like.")
    number = serializers.IntegerField(help_text="Number in the series of the year.")
    year = serializers.IntegerField(help_text="Year of signature, as in the ELI URI.")
    eli_uri = serializers.CharField(help_text="ELI URI of this text at the official source.")
    signed_date = serializers.DateField(help_text="Day of signature.")


class SourceProvisionSerializer(serializers.Serializer[Any]):
    """One section a law note was written on."""

    section = serializers.CharField(help_text='The section as cited: "9 a".')
    text_hash = serializers.CharField(help_text="SHA-256 of the section's text as delivered, UTF-8.")


class SourceSerializer(serializers.Serializer[Any]):
    """An act a law note reports on, with the version and the hash of what was read."""

    eli_uri = serializers.CharField(help_text="ELI URI of the text.")
    sections = serializers.ListField(
        child=serializers.CharField(), help_text="The sections concerned; none: the whole act."
    )
    act = ActReferenceSerializer(allow_null=True, help_text="The act, or null when it is not known here.")
    expression = SourceExpressionSerializer(allow_null=True, help_text="The text named, or null when it is not known.")
    text_hash = serializers.CharField(
        allow_null=True, help_text="SHA-256 of the texts of all its sections, or null while they are not known."
    )
    provisions = SourceProvisionSerializer(many=True, help_text="The sections concerned that the text named has.")
    retrieved_at = serializers.DateTimeField(
        allow_null=True,
        default_timezone=UTC,
        help_text="When the text was taken from the official source, UTC, or null.",
    )


class LawNoteSerializer(ReleasedPageSerializer):
    """A law note."""

    html_template = "legal/released/law_note.html"

    what_changed = HtmlField(help_text="What changed, HTML.")
    before = HtmlField(help_text="How it was until the change, HTML.")
    after = HtmlField(help_text="How it is now, HTML.")
    who = HtmlField(help_text="Who is concerned, HTML.")
    what_to_do = HtmlField(help_text="What to do, HTML.")
    transition = HtmlField(help_text="Transitional rules, HTML.")
    plain_language = HtmlField(help_text="The same in plain language, HTML.")
    applicable_from = serializers.DateField(
        allow_null=True, help_text="First day the change is to be followed, where it differs from the commencements."
    )
    deadline = serializers.DateField(allow_null=True, help_text="The day by which readers must have acted, or null.")
    commencements = serializers.SerializerMethodField(
        help_text="Days on which the law takes effect: date, provisions, note."
    )
    sources = serializers.SerializerMethodField(
        help_text="The acts reported on: eli_uri, sections, act, and the version and hashes of the text named."
    )
    json_ld = serializers.DictField(
        required=False, help_text="The note as schema.org Article about Legislation, JSON-LD."
    )

    @extend_schema_field(CommencementSerializer(many=True))
    def get_commencements(self, page: Any) -> list[dict[str, Any]]:
        return [dict(CommencementSerializer(build_commencement(child.value)).data) for child in page.commencements]

    @extend_schema_field(SourceSerializer(many=True))
    def get_sources(self, page: Any) -> list[dict[str, Any]]:
        return [build_own_source(child.value) for child in page.sources]


def resolve_sources(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add to a note's own sources the act, and the version and hashes of the text, as they are known here now."""
    return [dict(SourceSerializer(build_source(source)).data) for source in sources]


def build_commencement(value: Mapping[str, Any]) -> dict[str, Any]:
    """Build ``{"date", "provisions", "note"}`` from an editor's entry; no sections means the whole act, ``None``."""
    sections = [normalise_section(section) for section in value["provisions"]]
    return {"date": value["date"], "provisions": sections or None, "note": value["note"] or ""}
