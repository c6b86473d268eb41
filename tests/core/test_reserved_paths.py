"""Slugs under which a page would never be seen, because a route of the portal answers there."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.core.reserved_paths import reserved_paths
from cms.exchange.bundle_import import BundleRefusedError, import_bundle
from cms.exchange.sites import get_home
from cms.publication.models import Window
from cms.publication.pages.obstacles import ReleaseRefusedError
from frontend.portal.portal_urls import DOCUMENT_ROUTE
from frontend.portal.urls import urlpatterns
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TOLD = "This slug is taken: the site itself answers at /da/search/. Choose another one."


def list_reserved_slugs():
    """List the first fixed part under a language of every route of the portal."""
    routes = [str(pattern.pattern) for pattern in urlpatterns if f"portal:{pattern.name}" != DOCUMENT_ROUTE]
    return sorted({route.split("/")[1] for route in routes if route.startswith("<locale:locale>/")})


def test_every_route_of_the_portal_under_a_language_is_reserved(site):
    assert list_reserved_slugs() == ["acts", "search"]
    for slug in list_reserved_slugs():
        for locale in ("da", "ar"):
            assert reserved_paths.find_reserved(get_home(locale), slug) == f"/{locale}/{slug}/"


@pytest.mark.parametrize("slug", ["api", "admin", "feeds", "media", "documents", "static", "da", "en", "was", "livez"])
def test_what_the_site_has_beside_the_languages_hides_no_page(site, slug):
    page = publish(make_page(title="Her"), slug=slug)

    response = Client().get(f"/da/{slug}/")

    assert reserved_paths.find_reserved(get_home("da"), slug) is None
    assert (response.status_code, page.portal_path) == (200, f"/da/{slug}/")


def test_deeper_down_the_same_slug_is_free(site):
    section = publish(make_page(title="Emne"))

    page = publish(make_page(title="Søgning", parent=section), slug="search")

    assert Client().get(page.portal_path).status_code == 200


def fill_form(page, **values):
    return nested_form_data(
        {
            **dict.fromkeys(("summary", "answer"), ""),
            "title": page.title,
            "slug": page.slug,
            "body": streamfield([("paragraph", rich_text("<p>Tekst</p>"))]),
            **{name: streamfield([]) for name in ("citations", "related")},
            "visibility": "public",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
            **values,
        }
    )


@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}])
def test_editor_is_told_at_the_slug(site, admin_client, button):
    page = make_page(title="Søgning")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    add = reverse("wagtailadmin_pages:add", args=["knowledge", "articlepage", get_home("da").pk])

    for address in (edit, add):
        with translation.override("da"):
            response = admin_client.post(address, fill_form(page, slug="search", **button))

        assert response.context["form"].errors == {
            "slug": ["Dette kortnavn er optaget: webstedet svarer selv på /da/search/. Vælg et andet."]
        }
    assert admin_client.post(edit, fill_form(page, slug="soegning", **button)).status_code == 302


def test_page_that_got_there_another_way_is_not_published(site):
    page = make_page(title="Søgning")
    Page.objects.filter(pk=page.pk).update(slug="search", url_path=page.url_path.replace(page.slug, "search"))

    with pytest.raises(ReleaseRefusedError, match=TOLD):
        publish(ArticlePage.objects.get(pk=page.pk))

    assert not Window.objects.exists()


def test_live_page_is_not_moved_or_renamed_there(site):
    section = publish(make_page(title="Emne"))
    page = publish(make_page(title="Søgning", parent=section), slug="search")

    with pytest.raises(ReleaseRefusedError, match=TOLD):
        page.move(Page.objects.get(pk=get_home("da").pk), pos="last-child")
    section = ArticlePage.objects.get(pk=section.pk)
    section.slug = "search"
    with pytest.raises(ReleaseRefusedError, match=TOLD):
        section.save()

    assert set(Window.objects.values_list("path", flat=True)) == {"/da/emne/", "/da/emne/search/"}
    assert ArticlePage.objects.get(pk=page.pk).portal_path == "/da/emne/search/"


def test_translation_of_a_free_slug_finds_another_one_or_is_refused(site):
    page = publish(make_page(title="Søgning"))

    with pytest.raises(ReleaseRefusedError):
        translate(page, "en", title="Search", slug="search")


def run(*lines):
    return import_bundle(json.dumps({"kind": "article", "locale": "da", **line}).encode() for line in lines)


def test_bundle_line_that_wants_it_is_refused(site):
    with pytest.raises(BundleRefusedError) as refusal:
        run({"source_id": "x", "title": "Søgning", "slug": "search"})

    assert [str(error) for error in refusal.value.report.errors] == [
        "line 1: slug: search is taken, the site itself answers at /da/search/"
    ]
    assert not ArticlePage.objects.exists()


def test_bundle_line_whose_title_leads_there_gets_the_next_slug(site):
    run({"source_id": "x", "title": "Search"}, {"source_id": "y", "title": "Acts"})

    assert set(Window.objects.values_list("path", flat=True)) == {"/da/search-2/", "/da/acts-2/"}
