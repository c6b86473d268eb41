"""Slugs out of titles of every language, by import, by the editor and by the shell."""

import json

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from wagtail.models import Page

from cms.core.calendar import today
from cms.core.slugs import build_slug
from cms.core.unicode_text import normalise_text
from cms.exchange.bundle_import import import_bundle
from cms.exchange.sites import get_home, get_locale
from knowledge.models import ArticlePage
from tests.core.test_reserved_paths import fill_form
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document

TITLES = [
    ("da", "Åben rådgivning på Ærø", "aaben-raadgivning-paa-aeroe"),
    ("da", "A\u030aben r\u00adådgivning", "aaben-raadgivning"),
    ("de", "Straßenbau für Größe Ä", "strassenbau-fuer-groesse-ae"),
    ("en", "Über Straßen", "uber-strassen"),
    ("pl", "Łódź i Żłobek", "lodz-i-zlobek"),
    ("pl", "Đorđe", "dorde"),
    ("ro", "Școală și țară", "scoala-si-tara"),
    ("lt", "Šeimų įvežimas", "seimu-ivezimas"),
    ("uk", "Згода в Києві: щастя", "zhoda-v-kyyevi-shchastya"),
    ("ar", "العمل في الدنمارك: Borgerservice", "alml-fy-aldnmark-borgerservice"),
]


@pytest.mark.parametrize(("locale", "title", "slug"), TITLES)
def test_title_of_any_language_gives_a_readable_ascii_slug(locale, title, slug):
    assert build_slug(title, locale) == slug


def test_long_title_is_cut_between_two_letters():
    assert build_slug("ord " * 40, "da") == ("ord-" * 20)[:80].strip("-")


@pytest.mark.django_db
@pytest.mark.parametrize(("locale", "title", "slug"), TITLES)
def test_import_editor_and_shell_choose_the_same(site, admin_client, locale, title, slug):
    home = get_home(locale)
    line = {"kind": "article", "source_id": "t", "locale": locale, "title": title, "html": "<p>x</p>"}
    import_bundle([json.dumps(line).encode()])
    by_import = ArticlePage.objects.get().slug
    ArticlePage.objects.get().delete()

    home.refresh_from_db()
    shell = home.add_child(instance=ArticlePage(title=title, locale=get_locale(locale), live=False))
    by_shell = shell.slug
    # Wagtail's editor suggests what it makes of the title when letters of all scripts are allowed.
    typed = fill_form(shell, slug=slugify(normalise_text(title), allow_unicode=True))
    shell.delete()
    add = reverse("wagtailadmin_pages:add", args=["knowledge", "articlepage", home.pk])
    response = admin_client.post(add, typed)

    assert response.status_code == 302, response.context["form"].errors
    assert (by_import, by_shell) == (slug, slug)
    assert ArticlePage.objects.get().slug == slug


@pytest.mark.django_db
def test_stored_slug_of_a_page_never_changes(site, admin_client):
    page = publish(make_page(title="Prøve"))
    Page.objects.filter(pk=page.pk).update(slug="prøve", url_path=page.url_path.replace("proeve", "prøve"))
    page = ArticlePage.objects.get(pk=page.pk)

    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), fill_form(page, slug="prøve"))
    publish(ArticlePage.objects.get(pk=page.pk), summary="Ny")

    assert response.status_code == 302
    assert ArticlePage.objects.get(pk=page.pk).slug == "prøve"
    assert read_document(page.translation_key, today())["url"].endswith("/da/pr%C3%B8ve/")


@pytest.mark.django_db
def test_new_page_is_offered_a_slug_with_its_letters_written_out(site, admin_client):
    german = reverse("wagtailadmin_pages:add", args=["knowledge", "articlepage", get_home("de").pk])

    widget = admin_client.get(german).context["form"].fields["slug"].widget

    rules = {rule[0][0]: rule[1] for rule in json.loads(widget.attrs["data-w-slug-formatters-value"])}
    assert (rules["ö"], rules["Å"], widget.attrs["data-w-slug-locale-value"]) == ("oe", "aa", "de")


@pytest.mark.django_db
@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}])
def test_taken_slug_is_told_at_the_field_and_the_draft_is_kept(site, admin_client, button):
    make_page(title="Bolig")
    page = make_page(title="Anden")

    with translation.override("da"):
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = admin_client.post(edit, fill_form(page, slug="bolig", summary="Skrevet netop nu", **button))

    form = response.context["form"]
    assert list(form.errors) == ["slug"]
    assert "er allerede i brug" in form.errors["slug"][0]
    assert form["summary"].value() == "Skrevet netop nu"
    assert "Skrevet netop nu" in response.content.decode()
