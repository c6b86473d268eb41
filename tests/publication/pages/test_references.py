"""References of texts: only what their readers may see on the day, and again whenever that changes."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale

from cms.core.models import Consortium
from cms.core.references import build_target
from cms.publication.following.followers import catch_up
from cms.publication.log.publication_log import publication_log
from cms.publication.models import ChangedTarget, Release, ReleaseReference, Window
from cms.publication.pages.agreement import list_differences
from cms.publication.pages.referrers import list_referrers, release_waiting_referrers
from cms.publication.pages.services import withdrawing
from cms.publication.registry import registry
from knowledge.models import ContactPointPage
from tests.factories.pages import make_page, publish, translate
from tests.factories.references import WAYS, make_block, make_place, make_referrer, release_world, write_link
from tests.factories.releases import read_document

NOW = date(2026, 11, 24)
JANUARY = date(2027, 1, 1)
JUNE = date(2027, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(site):
    with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """Run what waits for the commit, which never comes inside a test."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def read_text(page, day=NOW, locale="da"):
    """Read everything that a page's document says on a day, as one text."""
    return json.dumps(read_document(page.translation_key, day, locale), ensure_ascii=False)


def names(text, place):
    """List what of a place stands in a text."""
    return [word for word in (place.title, place.slug, str(place.translation_key)) if word in text]


def shows(text, place):
    """Say whether a text leads to a place: by its address, or as a related document by its id."""
    return f"http://testserver{place.portal_path}" in text or f'"id": "{place.translation_key}"' in text


def find_titles(client, words):
    """List the titles of what readers find, once the search has followed the log."""
    for follower in registry.followers.values():
        catch_up(follower)
    return [result["title"] for result in client.get("/api/v1/search/", {"q": words}).json()["results"]]


def list_problems():
    return [difference.what for difference in list_differences()]


def get_consortium(number):
    return Consortium.objects.order_by("slug")[number]


def hide_from_public(place):
    return publish(place, visibility="network")


def keep_for_a_consortium(place):
    return publish(place, visibility="consortium", consortium=get_consortium(0))


def save_draft(place):
    place.save_revision()
    return place


def plan(place):
    return publish(place, applies_from=JANUARY)


def plan_another_title(place):
    """Publish a place under a harmless title, and plan the one that must not come out before its day."""
    secret = place.title
    place = publish(place, title="Hotline", slug="hotline")
    publish(place, title=secret, applies_from=JANUARY)
    return place


def unpublish(place):
    place = publish(place)
    place.unpublish()
    return place


def end(place):
    return publish(place, applies_until=NOW - timedelta(days=1), applies_from=NOW - timedelta(days=9))


def make_alias(place):
    place = publish(place)
    return CreatePageAliasAction(place, update_slug="hemmelig-hotline-2").execute(skip_permission_checks=True)


HIDDEN = {
    "network": hide_from_public,
    "consortium": keep_for_a_consortium,
    "draft": save_draft,
    "planned": plan,
    "unpublished": unpublish,
    "ended": end,
    "alias": make_alias,
}


def publish_referrers(place):
    """Publish a page for each way to refer to a place; returns the pages by way."""
    return {way: publish(make_referrer(way, place, title=f"Side med {way}")) for way in WAYS}


def find_named(pages, place, day=NOW):
    """Find the ways by which something of a place comes out."""
    return {way: found for way, page in pages.items() if (found := names(read_text(page, day), place))}


def list_showing(pages, place, day=NOW):
    """List the ways by which a place is shown."""
    return [way for way, page in pages.items() if shows(read_text(page, day), place)]


@pytest.mark.parametrize("state", HIDDEN)
def test_what_readers_may_not_see_is_not_named(state):
    place = HIDDEN[state](make_place())

    pages = publish_referrers(place)

    assert find_named(pages, place) == {}
    assert list_problems() == []


def test_what_is_gone_is_not_named(committing):
    place = publish(make_place())
    pages = publish_referrers(place)

    with committing():
        type(place).objects.get(pk=place.pk).delete()

    assert find_named(pages, place) == {}
    assert list_problems() == []


def test_what_everybody_may_see_is_shown_with_its_absolute_address():
    place = publish(make_place())

    pages = publish_referrers(place)

    assert list_showing(pages, place) == list(WAYS)
    assert list_problems() == []


def test_what_has_moved_is_followed(committing):
    place, other = publish(make_place()), publish(make_place("Ny hotline"))
    pages = publish_referrers(place)

    with committing(), withdrawing(reason="moved", moved_to=other.translation_key):
        place.unpublish()

    assert (find_named(pages, place), list_showing(pages, other)) == ({}, list(WAYS))
    assert list_problems() == []


def test_planned_text_of_a_target_stays_for_its_day():
    place = plan_another_title(make_place())

    pages = publish_referrers(place)

    assert [way for way, page in pages.items() if "Hemmelig" in read_text(page)] == []
    assert list_showing(pages, place) == list(WAYS)


def test_what_opens_later_is_shown_from_its_day_on():
    place = publish(make_place(), applies_from=JANUARY, applies_until=JUNE - timedelta(days=1))

    pages = publish_referrers(place)

    assert [list_showing(pages, place, day) for day in (NOW, JANUARY, JUNE)] == [[], list(WAYS), []]
    assert list_problems() == []


@pytest.mark.parametrize("state", ["network", "consortium", "draft", "planned", "unpublished"])
def test_what_becomes_visible_comes_into_the_text(state):
    place = HIDDEN[state](make_place())
    pages = publish_referrers(place)

    publish(type(place).objects.get(pk=place.pk), visibility="public", applies_from=None)

    assert list_showing(pages, place) == list(WAYS)
    assert list_problems() == []


@pytest.mark.parametrize("state", ["network", "consortium", "unpublished"])
def test_what_leaves_sight_leaves_the_text(state, committing):
    place = publish(make_place())
    pages = publish_referrers(place)

    with committing():
        HIDDEN[state](place)

    assert find_named(pages, place) == {}
    assert list_problems() == []


def test_new_address_of_a_target_comes_into_the_text(committing):
    section = publish(make_page(title="Afdeling"))
    place = publish(make_place(parent=section))
    pages = publish_referrers(place)

    with committing():
        publish(section, slug="ny-afdeling")

    linking = [way for way in WAYS if way != "related"]
    assert [way for way in linking if "/da/ny-afdeling/hemmelig-hotline/" in read_text(pages[way])] == linking
    assert [way for way in linking if "/da/afdeling/" in read_text(pages[way])] == []
    assert list_problems() == []


@pytest.mark.parametrize(
    ("target", "reader", "is_named"),
    [
        ("network", "network", True),
        ("network", "own consortium", True),
        ("own consortium", "own consortium", True),
        ("own consortium", "other consortium", False),
        ("own consortium", "network", False),
        ("public", "network", True),
    ],
)
def test_target_is_named_to_readers_who_may_all_see_it(target, reader, is_named):
    scopes = {
        "public": {},
        "network": {"visibility": "network"},
        "own consortium": {"visibility": "consortium", "consortium": get_consortium(0)},
        "other consortium": {"visibility": "consortium", "consortium": get_consortium(1)},
    }

    place = publish(make_place(**scopes[target]))

    pages = [publish(make_referrer(way, place, **scopes[reader])) for way in ("contact point", "where of a guide")]

    assert [place.title in read_text(page) for page in pages] == [is_named, is_named]


@pytest.mark.parametrize("way", ["contact point", "contact point of a guide", "where of a guide"])
@pytest.mark.parametrize("state", ["network", "consortium"])
def test_search_finds_a_text_by_what_it_shows_alone(client, state, way):
    place = publish(make_place())
    page = publish(make_referrer(way, place))
    shown = names(read_text(page), place), sorted(find_titles(client, "hotline"))

    place = HIDDEN[state](place)

    assert shown == ([place.title, place.slug, str(place.translation_key)], ["Brug for hjælp", place.title])
    assert (find_titles(client, "hotline"), find_titles(client, "hjælp")) == ([], ["Brug for hjælp"])


def test_translation_does_not_show_what_its_source_hides():
    page = publish(make_referrer("contact point", publish(make_place(visibility="network"))))

    translate(page, "en", title="Help", body=page.body)

    document = read_document(page.translation_key, NOW, "en")
    assert (document["title"], document["blocks"], document["html"]) == ("Help", [], "")


def test_text_that_gets_more_readers_loses_what_they_may_not_see():
    place = publish(make_place(visibility="network"))
    page = publish(make_referrer("contact point", place, visibility="network"))
    publish(page, title="Plan", applies_from=JANUARY)
    translate(page, "en", title="Help", applies_from=None)

    publish(page, title="Brug for hjælp", applies_from=None, visibility="public")

    texts = [read_text(page), read_text(page, JANUARY), read_text(page, NOW, "en")]
    assert [names(text, place) for text in texts] == [[], [], []]
    assert list_problems() == []


def test_target_is_shown_in_the_best_language_it_is_released_in():
    place = publish(make_place())
    page = publish(make_referrer("contact point", place))
    polish = translate(page, "pl", title="Pomoc")

    before = read_document(page.translation_key, NOW, "pl")["blocks"][0]["value"]
    english = translate(place, "en", title="Hotline")
    after = read_document(page.translation_key, NOW, "pl")["blocks"][0]["value"]

    assert polish.locale.language_code == "pl"
    assert before == {"id": str(place.translation_key), "title": place.title, "url": place.full_url}
    assert after == {"id": str(place.translation_key), "title": "Hotline", "url": english.full_url}
    assert list_problems() == []


def test_reusable_block_is_shown_only_while_it_is_published():
    block = make_block("<p>Ring til hotline.</p>")
    page = make_page()
    page.body = [("reusable", block)]
    page = publish(page)

    block.unpublish()
    without = read_document(page.translation_key, NOW)
    block.save_revision().publish()

    assert (without["blocks"], "hotline" in without["html"]) == ([], False)
    assert "Ring til hotline." in read_document(page.translation_key, NOW)["html"]
    assert list_problems() == []


def test_deleted_reusable_block_leaves_the_text():
    block = make_block("<p>Ring til hotline.</p>")
    page = make_page()
    page.body = [("reusable", block)]
    page = publish(page)

    block.delete()

    assert "hotline" not in read_text(page)
    assert list_problems() == []


def test_reusable_block_is_shown_in_the_language_of_the_text():
    block = make_block("<p>Ring.</p>")
    make_block("<p>Call.</p>", "en", translation_key=block.translation_key)
    page = make_page()
    page.body = [("reusable", block)]
    page = publish(page)

    translate(page, "en", title="Help")

    assert read_document(page.translation_key, NOW, "en")["blocks"][0]["value"]["html"] == "<p>Call.</p>"
    assert "Ring." in read_document(page.translation_key, NOW)["html"]


def test_reusable_block_that_is_not_translated_says_its_language():
    page = make_page()
    page.body = [("reusable", make_block("<p>Ring.</p>"))]
    page = publish(page)

    translate(page, "en", title="Help")

    shown = '<div lang="da" dir="ltr"><p>Ring.</p></div>'
    document = read_document(page.translation_key, NOW, "en")
    assert document["blocks"][0]["value"]["html"] == shown
    assert f'<div class="reusable">{shown}</div>' in document["html"]
    assert 'lang="da" dir="ltr"><p>' not in read_document(page.translation_key, NOW)["blocks"][0]["value"]["html"]


def test_nothing_else_is_released_when_a_target_changes():
    place, other = publish(make_place()), publish(make_place("Andet sted"))
    page = publish(make_referrer("contact point", place))
    publish(make_referrer("contact point", other))
    before = Release.objects.count()

    publish(place, title="Nyt navn", slug="nyt-navn")

    appended = Release.objects.order_by("position")[before:]
    assert {row.content_id for row in appended} == {place.translation_key, page.translation_key}


def test_change_that_others_do_not_show_releases_nobody():
    place = publish(make_place())
    publish(make_referrer("contact point", place))
    before = Release.objects.count()

    publish(place, summary="Kun for den selv.")

    assert Release.objects.count() == before + 1


def test_texts_that_show_each_other_come_to_rest():
    first, second = publish(make_place("Første")), publish(make_place("Anden"))
    first.body, second.body = [("contact_point", second)], [("contact_point", first)]
    first, second = publish(first), publish(second)
    before = Release.objects.count()

    publish(first, title="Forrest")

    assert Release.objects.count() == before + 2
    assert "Forrest" in read_text(second)
    assert list_problems() == []


def test_text_that_links_to_itself_has_its_own_address():
    page = make_page(title="Om os selv")
    page.body = [("paragraph", write_link(page))]

    page = publish(page)

    assert shows(read_document(page.translation_key, NOW)["html"], page)
    assert list_problems() == []


def test_recalled_version_of_a_target_leaves_the_text(committing):
    place = publish(make_place())
    page = publish(make_referrer("link", place))

    with committing():
        version = Window.objects.get(content_id=place.translation_key).version
        publication_log.withdraw(content_id=place.translation_key, version=version, reason="recalled")

    assert names(read_text(page), place) == []


def test_recall_waits_for_no_referrer_and_the_work_is_kept():
    place = publish(make_place())
    page = publish(make_referrer("link", place))
    before = Release.objects.count()

    with withdrawing(reason="recalled"):
        place.unpublish()

    assert (Release.objects.count(), ChangedTarget.objects.count()) == (before + 1, 1)
    release_waiting_referrers()
    assert (names(read_text(page), place), ChangedTarget.objects.count()) == ([], 0)


def test_much_work_is_left_to_the_worker(monkeypatch):
    monkeypatch.setattr("cms.publication.pages.referrers.MOST_AT_ONCE", 1)
    place = publish(make_place())
    pages = [publish(make_referrer("link", place, title=f"Side {number}")) for number in range(2)]

    publish(place, slug="nyt-sted")
    release_waiting_referrers()

    assert ["/da/nyt-sted/" in read_text(page) for page in pages] == [True, True]


def test_planned_text_is_found_by_what_it_shows():
    place = publish(make_place())
    page = publish(make_page(title="Nu"))
    page.body = [("contact_point", place)]
    publish(page, applies_from=JANUARY)

    publish(place, title="Nyt navn")

    assert "Nyt navn" in read_text(page, JANUARY)
    assert list_referrers([build_target(place)]) == [(page.translation_key, "da")]


def test_same_words_with_another_link_are_another_text():
    place, other = save_draft(make_place()), save_draft(make_place("Andet sted"))
    page = publish(make_referrer("link", place))
    page.body = [("paragraph", write_link(other))]
    page = publish(page)

    publish(place)
    publish(other)

    assert (names(read_text(page), place), shows(read_text(page), other)) == ([], True)


def test_link_that_does_not_show_leaves_its_words():
    page = publish(make_referrer("link", save_draft(make_place())))

    assert read_document(page.translation_key, NOW)["blocks"][0]["value"] == "<p>Se stedet.</p>"


def test_typed_address_on_this_site_is_absolute():
    page = make_page()
    page.body = [("paragraph", '<p><a href="/da/svar/">svar</a> <a href="//example.org/">andet</a></p>')]

    page = publish(page)

    html = read_document(page.translation_key, NOW)["html"]
    assert ('href="http://testserver/da/svar/"' in html, 'href="//example.org/"' in html) == (True, True)


def test_deleted_draft_is_forgotten_by_what_asked_for_it(committing):
    place = save_draft(make_place())
    page = publish(make_referrer("link", place))

    with committing():
        place.delete()

    assert list_referrers([build_target(place)]) == []
    assert list_problems() == []
    assert read_document(page.translation_key, NOW)["blocks"][0]["value"] == "<p>Se stedet.</p>"


def test_references_are_rebuilt_and_stale_texts_found():
    place = publish(make_place())
    page = publish(make_referrer("link", place))
    stored = set(ReleaseReference.objects.values_list("release_id", "kind", "target"))
    ReleaseReference.objects.all().delete()
    publish(place, slug="nyt-sted")
    assert list_problems() == ["the live text is not the released one"]

    call_command("publication_rebuild", "references")

    assert set(ReleaseReference.objects.values_list("release_id", "kind", "target")) == stored
    assert "/da/nyt-sted/" in read_text(page)
    assert list_problems() == []


def count_statements(place, title):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        publish(place, title=title)
    return len(queries)


def test_publishing_needs_as_many_statements_whatever_else_is_planned_or_shown():
    place = publish(make_place())
    publish(make_referrer("link", place, title="Den der viser det"))
    release_world(planned=3, referrers=3)
    count_statements(place, "Et navn")
    few = count_statements(place, "Et andet navn")
    release_world(planned=60, referrers=60)

    assert count_statements(place, "Et tredje navn") == few


def test_sight_of_a_place_in_another_tree_language_is_its_source_s():
    place = publish(make_place(visibility="network"))
    english = place.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    page = make_page(locale="en", title="Help")
    page.body = [("contact_point", publish(ContactPointPage.objects.get(pk=english.pk), title="Secret desk"))]

    page = publish(page)

    assert "Secret desk" not in read_text(page, NOW, "en")
