"""Serializers of the law: the released JSON, the OpenAPI schema and the index's input, declared once."""

from typing import Any

from rest_framework import serializers

from cms.publication.pages.serializers import DocumentSerializer
from legal.enums import ActState, Jurisdiction, NameKind, RelationKind, TimelineEvent
from legal.provisions.structure_serializers import PartSerializer


class ExpressionSerializer(serializers.Serializer[Any]):
    """One official text of an act."""

    document_type = serializers.CharField(help_text="LOV, LBK (consolidation), BEK (order) and the like.")
    number = serializers.IntegerField(help_text="Number in the series of the year.")
    year = serializers.IntegerField(help_text="Year of signature, as in the ELI URI.")
    eli_uri = serializers.CharField(help_text="ELI URI of this text at the official source.")
    signed_date = serializers.DateField(help_text="Day of signature.")
    title = serializers.CharField(help_text="The title as delivered by the source.")
    text_hash = serializers.CharField(
        help_text="SHA-256 of the texts of all sections; empty while only the act's data are known."
    )


class SectionEntrySerializer(serializers.Serializer[Any]):
    """One entry of an act's list of sections."""

    section = serializers.CharField(help_text='The section as cited: "9 a".')
    label = serializers.CharField(help_text='The label as printed: "§ 9 a".')  # type: ignore[assignment]
    chapter = serializers.CharField(allow_null=True, help_text="The chapter it stands in, or null.")


class ActStatusSerializer(serializers.Serializer[Any]):
    """Status of an act or a section: in force or not, as far as it can be derived."""

    state = serializers.ChoiceField(
        choices=ActState.values, help_text="in_force, partly_in_force, not_in_force, repealed, historic or unknown."
    )
    since = serializers.DateField(
        allow_null=True, help_text="The day of its own commencement, also one to come; null when it is not known."
    )
    until = serializers.DateField(
        allow_null=True, help_text="The last day on which it is, or was, in force; null when none is known."
    )
    derived_from = serializers.CharField(help_text="What the state is concluded from, in Danish.")


class CommencementSerializer(serializers.Serializer[Any]):
    """A day on which an act or a part of it takes effect."""

    date = serializers.DateField(allow_null=True, help_text="The day, or null while it is not fixed.")
    provisions = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="The sections concerned, or null for the whole act."
    )
    note = serializers.CharField(allow_blank=True, help_text="What is special about it.")


class NameSerializer(serializers.Serializer[Any]):
    """One name an act is called by."""

    kind = serializers.ChoiceField(choices=NameKind.values, help_text="official, short, popular or abbreviation.")
    name = serializers.CharField(help_text="The name as printed.")


class ActReferenceSerializer(serializers.Serializer[Any]):
    """An act, as others point to it."""

    id = serializers.UUIDField(help_text="Id of the act.")
    short_title = serializers.CharField(help_text="What the act is usually called.")
    document_type = serializers.CharField(help_text="Type of the text pointed to.")
    number = serializers.IntegerField(help_text="Number of the text pointed to.")
    year = serializers.IntegerField(help_text="Year of the text pointed to.")
    eli_uri = serializers.CharField(help_text="ELI URI of the text pointed to.")


class PendingAmendmentSerializer(serializers.Serializer[Any]):
    """An amendment that the text of the act does not hold yet."""

    expression = ExpressionSerializer(help_text="The amending text.")
    act = ActReferenceSerializer(allow_null=True, help_text="The amending act.")
    place = serializers.CharField(
        help_text='The section of the amending text, for example "1"; empty when it is not known.'
    )
    sections = serializers.ListField(
        child=serializers.CharField(), help_text="The sections of this act it amends, as far as they are known."
    )
    commencements = CommencementSerializer(
        many=True, help_text="Days on which the amending text takes effect; provisions are its own sections."
    )


class TimelineEntrySerializer(serializers.Serializer[Any]):
    """One event of an act."""

    date = serializers.DateField(allow_null=True, help_text="The day, or null while it is not fixed.")
    event = serializers.ChoiceField(
        choices=TimelineEvent.values, help_text="signed, consolidated, published, amended, commenced or repealed."
    )
    expression = ExpressionSerializer(
        help_text="The text the event concerns: for amended and repealed the one that did it."
    )
    note = serializers.CharField(allow_blank=True, help_text="What is special about it, in Danish.")


class RelationSerializer(serializers.Serializer[Any]):
    """A statement of this act's text about another text."""

    kind = serializers.ChoiceField(
        choices=RelationKind.values, help_text="amends, repeals, consolidates, implements, based_on or commences."
    )
    target = serializers.CharField(help_text="The other text: ELI URI, accession number, or the name as printed.")
    text = serializers.CharField(help_text="The words that say so, as printed.")
    expression = ExpressionSerializer(help_text="The text of this act that says so.")
    act = ActReferenceSerializer(allow_null=True, help_text="The other act, or null when it is not known here.")


class IncomingRelationSerializer(serializers.Serializer[Any]):
    """A statement of another act's text about this one."""

    kind = serializers.ChoiceField(
        choices=RelationKind.values,
        help_text="What the other text does: amends, repeals, based_on, commences and the like.",
    )
    text = serializers.CharField(help_text="The words that say so, as printed.")
    expression = ExpressionSerializer(help_text="The other text.")
    act = ActReferenceSerializer(allow_null=True, help_text="The other act.")


class ActSerializer(DocumentSerializer):
    """An act as it is released: its names, its texts and the labels of its sections; texts are read by section.

    ``title`` is the act's own title, ``summary`` the number line of the newest text; blocks, citations and related are
    empty.
    """

    short_title = serializers.CharField(help_text="What the act is usually called; the title when it has no short one.")
    document_type = serializers.CharField(help_text="Type of the newest text.")
    number = serializers.IntegerField(help_text="Number of the newest text.")
    year = serializers.IntegerField(help_text="Year of the newest text.")
    eli_uri = serializers.CharField(help_text="ELI URI of the newest text.")
    signed_date = serializers.DateField(help_text="Day of signature of the newest text.")
    abbreviations = serializers.ListField(
        child=serializers.CharField(), help_text='Abbreviations in use, such as "udl.".'
    )
    jurisdiction = serializers.ChoiceField(
        choices=Jurisdiction.values, help_text="dk Denmark, gl Greenland, fo the Faroe Islands."
    )
    status = ActStatusSerializer(help_text="Whether the act is in force, and what that is derived from.")
    commencements = CommencementSerializer(many=True, help_text="Days on which the act takes effect, where known.")
    ministry = serializers.CharField(help_text="The ministry of the newest text; empty when the source does not say.")
    names = NameSerializer(many=True, help_text="What the act is called, under all titles it has had.")
    repealed_on = serializers.DateField(allow_null=True, help_text="The first day it no longer applies, or null.")
    repealed_by = ExpressionSerializer(allow_null=True, help_text="The text that repeals it, or null.")
    pending_amendments = PendingAmendmentSerializer(
        many=True, help_text="Amendments that the text shown does not hold yet, in order of time."
    )
    expressions = ExpressionSerializer(many=True, help_text="All texts known, the newest first.")
    sections = SectionEntrySerializer(many=True, help_text="The sections of the newest text, in printed order.")
    json_ld = serializers.DictField(required=False, help_text="The act as schema.org Legislation, JSON-LD.")


class ProvisionTextSerializer(SectionEntrySerializer):
    """One section with its text."""

    text = serializers.CharField(help_text="The text as delivered, invisible characters included.")
    html = serializers.CharField(
        help_text="The text as ready HTML: a paragraph for each stk., lists, an id for each part."
    )
    url = serializers.CharField(help_text="Address of the section in the portal.")
    status = ActStatusSerializer(help_text="Whether the section is in force on the day, and what that is derived from.")


class ActDetailSerializer(ActSerializer):
    """An act at a date, with the texts of its sections; of the envelope only what is the act's and not a release's."""

    ENVELOPE = DocumentSerializer.ENVELOPE - {"id", "type", "locale", "url"}

    as_of = serializers.DateField(help_text="The day asked for.")
    expression = ExpressionSerializer(help_text="The text that applies on that day.")
    provisions = ProvisionTextSerializer(many=True, help_text="The sections of that text, in printed order.")
    timeline = TimelineEntrySerializer(many=True, help_text="All events of the act in order of time.")
    relations = RelationSerializer(many=True, help_text="What the act's texts say of others, the newest first.")
    incoming_relations = IncomingRelationSerializer(
        many=True, help_text="What texts of others say of the act, the newest 500: amended by, based on this."
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """Leave out the envelope, so that the schema says what is answered."""
        hidden = self.ENVELOPE - {"json_ld"}
        return {name: field for name, field in super().get_fields().items() if name not in hidden}


class SectionReferenceSerializer(serializers.Serializer[Any]):
    """A neighbouring section."""

    section = serializers.CharField(help_text='The section as cited: "9 b".')
    url = serializers.CharField(help_text="Address of the section in the portal.")


class ProvisionSerializer(ProvisionTextSerializer):
    """One section at a date."""

    parts = PartSerializer(many=True, help_text="The text as its stk. and what they hold, in printed order.")
    act = ActReferenceSerializer(help_text="The act it belongs to.")
    expression = ExpressionSerializer(help_text="The text it is taken from.")
    as_of = serializers.DateField(help_text="The day asked for.")
    transitional = serializers.BooleanField(help_text="Always false: transitional clauses are not served as sections.")
    previous = SectionReferenceSerializer(allow_null=True, help_text="The section printed before, or null.")
    next = SectionReferenceSerializer(allow_null=True, help_text="The section printed after, or null.")
