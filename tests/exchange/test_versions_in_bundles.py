"""Drafts, versions and states in bundles: an empty site gets what the first one has, as far as readers and editors see it."""

import json
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from wagtail.models import Locale

from cms.core.models import Audience, Consortium, Membership, Municipality, StandardPage, Topic
from cms.core.starter_set import load_languages, load_organisations, load_vocabularies
from cms.exchange.bundle_export import BundleExporter
from cms.exchange.bundle_import import BundleRefusedError, import_bundle
from cms.publication.models import Release, Window
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish, translate

pytestmark = pytest.mark.django_db
MARCH = "2026-03-01T12:00:00+01:00"


@pytest.fixture(autouse=True)
def vocabularies(db):
    load_languages()
    load_vocabularies()
    load_organisations()
    cache.clear()
    with translation.override("en"):
        yield


def export():
    return [json.loads(line) for line in BundleExporter().write()]


def run(lines):
    return import_bundle([json.dumps(line).encode() for line in lines])


def move(write, read):
    """Write a site at noon of 1 March 2026, import it into itself and into an empty one; returns what is read of both."""
    with transaction.atomic():
        with time_machine.travel(MARCH, tick=False) as traveller:
            write(traveller)
            lines, rows = export(), Release.objects.count()
            report = run(lines)
            changes = (report.released, report.drafted, report.withdrawn, Release.objects.count() - rows)
            before = read()
        transaction.set_rollback(True)
    cache.clear()
    with time_machine.travel(MARCH, tick=False):
        run(lines)
    assert changes == (0, 0, 0, 0)
    return before, read()


def read_drafts():
    return [page.get_latest_revision_as_object() for page in ArticlePage.objects.order_by("slug")]


def test_draft_that_lacks_what_publication_needs_survives():
    def write(traveller):
        page = make_page(title="Kladde")
        raw = [
            {"type": "heading", "value": {"text": "", "level": "3"}},
            {"type": "step", "value": {"title": "", "html": ""}},
            {"type": "citation", "value": {"eli_uri": "", "section": "9 a", "stk": [], "quote": ""}},
        ]
        page.body = ArticlePage._meta.get_field("body").to_python(raw)
        page.save_revision(clean=False)

    def read():
        return [(child.block_type, child.block.get_prep_value(child.value)) for child in read_drafts()[0].body]

    before, after = move(write, read)

    assert (len(before), [name for name, _value in before]) == (3, ["heading", "step", "citation"])
    assert [(name, {**value, "stk": []}) for name, value in after] == [
        (name, {**value, "stk": []}) for name, value in before
    ]


def test_text_that_lacks_what_publication_needs_is_refused_with_the_place():
    blocks = [
        {"type": "heading", "value": {"text": "", "level": 2}},
        {"type": "list", "value": {"ordered": False, "items": ["<p>a</p>", ""]}},
        {"type": "table", "value": {"caption": "x", "header": ["a" * 201], "rows": [["b", "c"]]}},
    ]
    line = {"kind": "article", "source_id": "a", "locale": "da", "title": "A", "blocks": blocks}

    with pytest.raises(BundleRefusedError) as refusal:
        run([line])

    assert [str(error) for error in refusal.value.report.errors] == [
        "line 1: body: 0.text: This field is required. 1.items.1: This field is required. "
        "2.header.0: Ensure this value has at most 200 characters (it has 201)."
    ]


def test_draft_with_another_address_changes_nothing_and_keeps_it():
    def write(traveller):
        page = publish(make_page(title="Bolig"))
        draft = page.get_latest_revision_as_object()
        draft.slug = "hus"
        draft.save_revision()

    before, after = move(write, lambda: [(Window.objects.get().path, draft.slug) for draft in read_drafts()])

    assert before == after == [("/da/bolig/", "hus")]


def test_draft_that_differs_in_its_significance_alone_is_stored():
    line = {"kind": "article", "source_id": "a", "locale": "da", "title": "A", "publish": False}
    run([line])

    report = run([{**line, "significance": "substantive"}])

    assert (report.drafted, read_drafts()[0].significance) == (1, "substantive")


def test_outdated_translation_is_outdated_on_the_other_site_too():
    def write(traveller):
        traveller.move_to("2026-02-01T12:00:00+01:00")
        page = publish(make_page(title="Frist 1. april"))
        traveller.move_to("2026-02-10T12:00:00+01:00")
        translate(page, "en", title="Deadline 1 April")
        traveller.move_to("2026-02-20T12:00:00+01:00")
        publish(page, title="Frist 1. maj", significance="substantive")
        traveller.move_to(MARCH)

    def read():
        return sorted(Window.objects.filter(ends=None).values_list("locale", "title", "state"))

    before, after = move(write, read)

    assert before == after == [("da", "Frist 1. maj", "source"), ("en", "Deadline 1 April", "outdated")]


def test_page_under_a_mirror_of_another_language_keeps_its_address():
    def write(traveller):
        section = publish(make_page(StandardPage, title="Bolig", layout="section"))
        page = publish(make_page(title="Leje", parent=section))
        publish(page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True), title="Rent")

    before, after = move(write, lambda: sorted(Window.objects.values_list("path", flat=True)))

    assert before == after == ["/da/bolig/", "/da/bolig/leje/", "/en/bolig/leje/"]


def test_every_version_says_what_was_last_said_of_the_content():
    def write(traveller):
        page = publish(make_page(title="Nu", topics=["housing"]))
        publish(page, title="Til sommer", applies_from="2026-06-01", topics=["tax"], visibility="network")

    def read():
        return sorted(Window.objects.values_list("title", "visibility"))

    before, after = move(write, read)

    assert before == after == [("Nu", "network"), ("Til sommer", "network")]


def test_quote_of_a_citation_survives():
    def write(traveller):
        citation = {"eli_uri": "https://example.org/a", "section": "9 a", "stk": [1], "quote": "Skal søge"}
        publish(make_page(title="Bolig", citations=[("citation", citation)]))

    before, after = move(write, lambda: [draft.citations[0].value["quote"] for draft in read_drafts()])

    assert before == after == ["Skal søge"]


def test_terms_and_organisations_that_an_editor_added_go_along():
    def write(traveller):
        english = Locale.objects.get(language_code="en")
        Topic.objects.create(slug="boats", label="Både", locale=Locale.objects.get(language_code="da"))
        Audience.objects.create(slug="sailor", label="Sailor", locale=english, kind="nationality")
        Municipality.objects.create(code="0825", name="Læsø")
        islands = Consortium(slug="islands", name="Øerne", names={"en": "The islands"}, valid_from=date(2026, 1, 1))
        islands.memberships = [
            Membership(municipality_id="0825", valid_from=date(2026, 2, 1), valid_to=date(2027, 1, 31))
        ]
        islands.save()
        values = {"topics": ["boats"], "audiences": ["sailor"], "municipalities": ["0825"], "consortium": islands}
        publish(make_page(title="Færger", **values))

    def read():
        islands = Consortium.objects.get(slug="islands")
        members = list(islands.memberships.values_list("municipality__name", "valid_from", "valid_to"))
        terms = [Topic.objects.get(slug="boats").label, Audience.objects.get(slug="sailor").kind]
        return islands.names, members, terms, sorted(Release.objects.values_list("terms__topic", "consortium"))

    before, after = move(write, read)

    assert before == after
    assert after[3] == [(["boats"], "islands")]
