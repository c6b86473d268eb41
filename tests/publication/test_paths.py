"""A path has no longest length: Wagtail takes slugs of 255 characters at every level, in any script."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.encoding import iri_to_uri
from wagtail.models import Page

from cms.core.models import StandardPage
from cms.publication.following.followers import catch_up
from cms.publication.models import Release, Window
from knowledge.models import ArticlePage
from search.asking.query import SearchQuery
from search.followers import DatabaseFollower
from search.services import search
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.django_db

# Distinct letters, so that no database can make them small; Arabic ones take two bytes each.
LONG = "-".join(f"opholdstilladelse{number}" for number in range(10))[:200]
LONGER = "-".join(f"arbejdstilladelse{number}" for number in range(20))[:254].strip("-")
ARABIC = "-".join(chr(0x0627 + number % 40) * 7 for number in range(32))[:254]


def make_branch(slug):
    """Publish a section under a section under a section, and an article under it; returns them from the top.

    The slugs are the one given with the level's number in front; older pages have them in any script.
    """
    parent, branch = None, []
    for model in (StandardPage, StandardPage, StandardPage, ArticlePage):
        page = make_page(model, parent=parent, title=f"Niveau {len(branch) + 1}")
        own = f"{len(branch) + 1}{slug}"
        above = page.get_parent().url_path
        Page.objects.filter(pk=page.pk).update(slug=own, url_path=f"{above}{own}/")
        parent = publish(model.objects.get(pk=page.pk))
        branch.append(parent)
    return branch


def read_path(page):
    """Read the path a page is found under today."""
    return Window.objects.get(content_id=page.translation_key).path


@pytest.mark.parametrize("slug", [LONG, ARABIC], ids=["danish", "arabic"])
def test_page_under_long_slugs_is_published_found_and_shown(site, slug):
    *_sections, article = make_branch(slug)
    catch_up(DatabaseFollower())

    path = f"/da/1{slug}/2{slug}/3{slug}/4{slug}/"
    found = search(SearchQuery("niveau 4"))["results"][0]

    assert (read_path(article), found["url"]) == (path, iri_to_uri(f"http://testserver{path}"))
    assert Client().get(path).status_code == 200


def test_renamed_and_moved_branch_has_its_long_paths_at_once_and_says_where_it_went(site):
    top, second, third, article = make_branch(LONG)
    before = read_path(article)

    publish(top, slug=f"1{LONGER}")
    renamed = read_path(article)
    Page.objects.get(pk=third.pk).move(Page.objects.get(pk=top.pk), pos="last-child")

    moved = f"/da/1{LONGER}/3{LONG}/4{LONG}/"
    assert renamed == before.replace(LONG, LONGER, 1)
    assert read_path(article) == moved
    assert [unquote(Client().get(path).headers["Location"]) for path in (before, renamed)] == [moved, moved]
    assert Release.objects.filter(content_id=second.translation_key).count() == 2


def test_path_changes_behind_the_head_of_the_log_as_publishing_does(site):
    section = publish(make_page(StandardPage, title="Sektion"))
    section.slug = "andet-sted"

    with CaptureQueriesContext(
        connection,
    ) as queries:
        section.save()

    statements = [query["sql"] for query in queries]
    held = next(place for place, sql in enumerate(statements) if '"publication_loghead"' in sql)
    written = next(place for place, sql in enumerate(statements) if sql.startswith('UPDATE "wagtailcore_page"'))
    assert held < written
