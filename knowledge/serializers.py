"""The released documents of the knowledge base, declared once: stored JSON, OpenAPI schema and index input."""

from typing import Any

from rest_framework import serializers

from cms.publication.pages.serializers import HtmlField, PageReferenceSerializer, ReleasedPageSerializer


class GuideStepSerializer(serializers.Serializer[Any]):
    """One step of a guide."""

    title = serializers.CharField(help_text="What to do.")
    html = serializers.CharField(help_text="How to do it.")
    bring = serializers.ListField(child=serializers.CharField(), help_text="What to bring, in plain text.")
    where = PageReferenceSerializer(allow_null=True, help_text="The contact point, or null.")
    how_long = serializers.CharField(help_text="How long it takes, in words.")


class GuideSerializer(ReleasedPageSerializer):
    """A guide."""

    html_template = "knowledge/released/guide.html"

    steps = GuideStepSerializer(many=True, help_text="The steps, in order.")

    def build_steps(self, page: Any) -> list[dict[str, Any]]:
        return [child.block.get_api_representation(child.value) for child in page.steps]


class AddressSerializer(serializers.Serializer[Any]):
    """A Danish postal address."""

    street = serializers.CharField(help_text="Street and number.")
    postal_code = serializers.CharField(help_text="Four digits.")
    city = serializers.CharField(help_text="Post town.")


class OpeningHoursSerializer(serializers.Serializer[Any]):
    """Opening hours of some days."""

    days = serializers.CharField(help_text="Days, in words.")
    opens = serializers.CharField(help_text="As 09:00, local time.")
    closes = serializers.CharField(help_text="As 15:00, local time.")
    note = serializers.CharField(help_text="Exceptions, in words.")


class ContactPointSerializer(ReleasedPageSerializer):
    """A place or desk."""

    html_template = "knowledge/released/contact_point.html"

    address = AddressSerializer(help_text="Where it is.")
    phone = serializers.CharField(help_text="Telephone number, or empty.")
    email = serializers.CharField(help_text="E-mail address, or empty.")
    website = serializers.CharField(help_text="Web site, or empty.")
    hours = OpeningHoursSerializer(many=True, help_text="Opening hours.")
    languages_spoken = serializers.ListField(child=serializers.CharField(), help_text="BCP 47 codes.")
    serves = serializers.CharField(help_text="Whom it serves, in words.")

    def build_hours(self, page: Any) -> list[dict[str, Any]]:
        return [OpeningHoursSerializer(child.value).data for child in page.hours]


class ArticleSerializer(ReleasedPageSerializer):
    """An answer to a question."""

    answer = serializers.CharField(help_text="The short answer, plain text.")


class BestPracticeSerializer(ReleasedPageSerializer):
    """A best practice."""

    html_template = "knowledge/released/best_practice.html"

    problem = HtmlField(help_text="The problem, HTML.")
    what_we_did = HtmlField(help_text="What was done, HTML.")
    what_it_took = HtmlField(help_text="What it took, HTML.")
    what_came_of_it = HtmlField(help_text="What came of it, HTML.")
    elsewhere = HtmlField(help_text="Whether it would work elsewhere, HTML.")
    status = serializers.CharField(help_text="idea, trial, running or ended.")
    adopted_by = serializers.ListField(
        child=serializers.CharField(), help_text="Slugs of the consortia that took it over."
    )


class MemberSerializer(serializers.Serializer[Any]):
    """A municipality of a consortium."""

    code = serializers.CharField(help_text="Four-character municipality code.")
    name = serializers.CharField(help_text="Its name.")


class PersonSerializer(serializers.Serializer[Any]):
    """A person in the role readers need."""

    name = serializers.CharField(help_text="Name.")
    role = serializers.CharField(help_text="Role, in words.")
    email = serializers.CharField(help_text="E-mail address, or empty.")


class ConsortiumSerializer(ReleasedPageSerializer):
    """A consortium's own page."""

    html_template = "knowledge/released/consortium.html"

    people = PersonSerializer(many=True, help_text="People to write to.")
    members = MemberSerializer(many=True, help_text="Its municipalities.")

    def build_people(self, page: Any) -> list[dict[str, Any]]:
        return [{key: child.value[key] for key in ("name", "role", "email")} for child in page.people]

    def build_members(self, page: Any) -> list[dict[str, Any]]:
        return [dict(MemberSerializer(place).data) for place in page.list_members()]
