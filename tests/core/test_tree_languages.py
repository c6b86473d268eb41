"""A page and the page above it are of one language, whichever way it came there."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.exchange.sites import get_home, get_locale
from knowledge.models import ArticlePage
from tests.core.test_reserved_paths import fill_form
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.django_db

TOLD = "This page is in Dansk, and what stands under “English” is in English."


@pytest.fixture(autouse=True)
def english(site):
    with translation.override("en"):
        yield


@pytest.fixture
def page():
    return publish(make_page(title="Bolig"))


def test_page_is_not_made_there(page):
    stray = ArticlePage(title="Bolig", slug="bolig", locale=get_locale("da"), live=False)

    with pytest.raises(ValidationError, match=TOLD):
        get_home("en").add_child(instance=stray)


def test_page_is_not_copied_there(page):
    with pytest.raises(ValidationError, match=TOLD):
        page.copy(to=get_home("en"))


def test_alias_is_not_made_there(page):
    with pytest.raises(ValidationError, match=TOLD):
        page.create_alias(parent=get_home("en"))


def test_page_is_not_moved_there(page):
    with pytest.raises(ValidationError, match=TOLD):
        page.move(get_home("en"), pos="last-child")
    with pytest.raises(ValidationError, match=TOLD):
        page.move(make_page(title="Housing", locale="en"), pos="right")

    assert ArticlePage.objects.get(pk=page.pk).portal_path == "/da/bolig/"


def test_editor_is_told_at_the_place_of_the_copy(page, admin_client):
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])

    with translation.override("da"):
        response = admin_client.post(
            copy, {"new_title": "Kopi", "new_slug": "kopi", "new_parent_page": get_home("en").pk}
        )

    assert list(response.context["form"].errors) == ["new_parent_page"]
    assert "Denne side er på Dansk, og det, der står under “English”, er på English." in response.content.decode()
    assert ArticlePage.objects.count() == 1


def test_copy_within_the_language_goes_through(page, admin_client):
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])

    admin_client.post(copy, {"new_title": "Kopi", "new_slug": "kopi", "new_parent_page": get_home("da").pk})

    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {"bolig", "kopi"}


def put_under_english_home(page):
    """Put a page where an older version let it go."""
    home = get_home("en")
    Page.objects.filter(pk=page.pk).update(path=f"{home.path}0001", depth=home.depth + 1)
    Page.objects.filter(pk=home.pk).update(numchild=1)
    return type(page).objects.get(pk=page.pk)


def test_editor_is_told_of_a_page_that_stands_there(page, admin_client):
    stray = put_under_english_home(page)

    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[stray.pk]), fill_form(stray))

    assert TOLD in response.context["form"].non_field_errors()[0]


def test_alias_that_stands_there_becomes_no_page(page, admin_client):
    alias = put_under_english_home(page.create_alias(parent=get_home("da"), update_slug="alias"))

    admin_client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))

    assert ArticlePage.objects.get(pk=alias.pk).is_alias
    with pytest.raises(ValidationError, match=TOLD):
        alias.alias_of = None
        alias.save()
