"""A text names no page that its readers may not see: not in its blocks, its fields or its HTML, and search does not find it."""

import json

import pytest

from cms.core.models import Consortium, ReusableBlock
from cms.publication.following.followers import catch_up
from cms.publication.models import Window
from cms.publication.registry import registry
from knowledge.models import ArticlePage, ContactPointPage, GuidePage
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

TITLE = "Hemmelig hotline"
SLUG = "hemmelig-hotline"


def make_place(**values):
    return publish(make_page(ContactPointPage, title=TITLE, **values))


def publish_showing(place, model=ArticlePage, **values):
    """Publish a page that shows a place wherever its type can."""
    page = make_page(model, title="Brug for hjælp", **values)
    page.body = [("paragraph", "<p>Der er et sted for alle.</p>"), ("contact_point", place)]
    if model is GuidePage:
        step = {"title": "Gå hen", "html": "<p>Tag pas med.</p>", "bring": [], "where": place, "how_long": ""}
        page.steps = [("step", step)]
    return publish(page)


def read_text(page):
    """Read everything that was released of a page, as one text."""
    window = Window.objects.get(content_id=page.translation_key)
    return json.dumps(read_document(page.translation_key, window.starts), ensure_ascii=False)


def find_titles(client, words):
    for follower in registry.followers.values():
        catch_up(follower)
    answer = client.get("/api/v1/search/", {"q": words}).json()
    return [result["title"] for result in answer["results"]]


def get_consortium(number):
    return Consortium.objects.order_by("slug")[number]


@pytest.mark.parametrize("model", [ArticlePage, GuidePage])
@pytest.mark.parametrize("visibility", ["network", "consortium"])
def test_public_text_does_not_name_a_hidden_place(client, model, visibility):
    place = make_place(visibility=visibility, consortium=get_consortium(0))

    page = publish_showing(place, model)

    text = read_text(page)
    assert [word for word in (TITLE, SLUG, str(place.translation_key)) if word in text] == []
    assert find_titles(client, "hotline") == []
    assert find_titles(client, "hjælp") == ["Brug for hjælp"]


@pytest.mark.parametrize("model", [ArticlePage, GuidePage])
def test_public_place_is_named(client, model):
    place = make_place()

    page = publish_showing(place, model)

    text = read_text(page)
    assert [word for word in (TITLE, SLUG, str(place.translation_key)) if word not in text] == []
    assert sorted(find_titles(client, "hotline")) == ["Brug for hjælp", TITLE]


@pytest.mark.parametrize(
    ("place", "reader", "is_named"),
    [
        ("network", "network", True),
        ("network", "own consortium", True),
        ("own consortium", "own consortium", True),
        ("own consortium", "other consortium", False),
        ("own consortium", "network", False),
        ("public", "network", True),
    ],
)
def test_place_is_named_to_readers_who_may_all_see_it(place, reader, is_named):
    scopes = {
        "public": {},
        "network": {"visibility": "network"},
        "own consortium": {"visibility": "consortium", "consortium": get_consortium(0)},
        "other consortium": {"visibility": "consortium", "consortium": get_consortium(1)},
    }

    page = publish_showing(make_place(**scopes[place]), GuidePage, **scopes[reader])

    assert (TITLE in read_text(page)) is is_named


def test_place_that_leaves_sight_is_not_named_any_more(client):
    place = make_place()
    page = publish_showing(place, GuidePage)

    publish(place, visibility="network")

    assert TITLE not in read_text(page)
    assert find_titles(client, "hotline") == []


def test_translation_does_not_name_what_its_source_hides():
    place = make_place(visibility="network")
    page = publish(make_page(title="Artikel"))
    english = page.copy_for_translation(make_page(locale="en", title="x").locale, copy_parents=True)
    english.body = [("contact_point", place)]

    publish(english, title="Article")

    document = read_document(page.translation_key, Window.objects.get(locale="en").starts, "en")
    assert (document["title"], document["blocks"], document["html"]) == ("Article", [], "")


def test_reusable_block_that_is_not_published_is_not_shown():
    block = ReusableBlock(title="Ring", body="<p>Ring til hotline.</p>", locale=make_page().locale)
    block.save()
    block.save_revision().publish()
    page = make_page(title="Hjælp")
    page.body = [("reusable", block)]
    page = publish(page)
    assert "Ring til hotline" in read_text(page)

    block.refresh_from_db()
    block.unpublish()

    assert "Ring til hotline" not in read_text(page)


def test_link_does_not_give_away_the_address_of_a_hidden_page():
    place = make_place(visibility="network")
    page = make_page(title="Hjælp")
    page.body = [("paragraph", f'<p>Se <a linktype="page" id="{place.pk}">stedet</a>.</p>')]

    page = publish(page)

    assert SLUG not in read_text(page)
    assert "stedet" in read_text(page)


def test_link_to_a_page_is_absolute():
    place = make_place()
    page = make_page(title="Hjælp")
    page.body = [("paragraph", f'<p>Se <a linktype="page" id="{place.pk}">stedet</a>.</p>')]

    page = publish(page)

    assert f'<a href="{place.full_url}"' in json.loads(read_text(page))["html"]
