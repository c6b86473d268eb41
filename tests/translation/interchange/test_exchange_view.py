"""The page of the editor on which files go out and come back."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.exchange.sites import get_home
from cms.translation.interchange.exchange_view import build_exchange_url
from cms.translation.interchange.formats import read_file
from tests.factories.pages import make_page, publish
from tests.translation.interchange.test_file_import import fill, find_arabic

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/translations/exchange/"


@pytest.fixture
def editor(site, admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    get_home("ar")
    publish(make_page(title="Må jeg arbejde?", answer="Ja, i 14 dage."))
    return admin_client


def download(client, name, locale="ar"):
    return client.post(ADDRESS, {"download": "1", "locale": locale, "format": name})


def upload(client, name, content):
    return client.post(ADDRESS, {"upload": "1", "file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", ["xlf", "po"])
def test_translator_downloads_and_uploads(editor, name):
    response = download(editor, name)
    words = {"Må jeg arbejde?": "هل يمكنني العمل؟", "Ja, i 14 dage.": "نعم، 15 يومًا."}

    page = upload(editor, f"texts.{name}", fill(f"texts.{name}", response.content, words)).content.decode()

    assert response.headers["Content-Disposition"].startswith('attachment; filename="videnbro-ar-')
    assert "refused: 1; 1 draft saved, 0 published" in page
    assert "Number or amount: “14” of the source has become “15”" in page
    assert (find_arabic().title, find_arabic().live) == ("هل يمكنني العمل؟", False)


def test_file_that_cannot_be_read_is_told_at_the_field(editor):
    page = upload(editor, "texts.xlf", b"<xliff").content.decode()

    assert "The file is no XLIFF that can be read" in page
    assert "Nothing was taken." in page


def test_nothing_to_translate_is_said(editor):
    response = editor.post(ADDRESS, {"download": "1", "locale": "ar", "format": "po", "only_outdated": "on"})

    assert "Nothing needs work. Without the tick the file holds every text." in response.content.decode()


def test_file_holds_the_texts_that_were_chosen(editor):
    page = publish(make_page(title="En anden tekst"))
    address = build_exchange_url([page.translation_key], "ar")

    shown = editor.get(address)
    data = {"download": "1", "locale": "ar", "format": "po", "text": [str(page.translation_key)]}
    file = read_file("a.po", editor.post(ADDRESS, data).content)

    assert (shown.context["chosen"], [text.title for text in file.texts]) == (["En anden tekst"], ["En anden tekst"])
    assert f'name="text" value="{page.translation_key}"' in shown.content.decode()
    assert shown.context["download_form"]["locale"].value() == "ar"


@pytest.fixture
def translator(editor, client, django_user_model, django_user_group):
    """A person who may edit Polish pages alone."""
    user = django_user_model.objects.create_user("pl@example.org", password="x")
    user.groups.add(django_user_group)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def django_user_group(db):
    from django.contrib.auth.models import Group

    group = Group.objects.create(name="Polish")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore")
    for kind in ("add_page", "change_page"):
        GroupPagePermission.objects.create(group=group, page=get_home("pl"), permission=permissions.get(codename=kind))
    return group


def test_translator_of_another_language_neither_downloads_nor_uploads(translator, editor):
    content = fill("a.po", download(editor, "po").content, {"Må jeg arbejde?": "هل"})

    refused = download(translator, "po", "ar")
    page = upload(translator, "a.po", content).content.decode()

    assert "ar" not in dict(refused.context["download_form"].fields["locale"].choices)
    assert refused.context["download_form"].errors
    assert "You may not translate “Må jeg arbejde?”." in page
    assert "Every passage of the file is here now." not in page


def test_translator_downloads_their_own_language(translator):
    response = download(translator, "xlf", "pl")

    (text,) = [text for text in read_file("a.xlf", response.content).texts if text.title == "Må jeg arbejde?"]
    assert [passage.source for passage in text.passages] == ["Må jeg arbejde?", "Ja, i 14 dage."]


def test_page_is_for_those_who_write(site, client, django_user_model):
    user = django_user_model.objects.create_user("nobody@example.org", password="x")
    user.user_permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    client.force_login(user)

    assert client.get(ADDRESS).status_code == 302
    assert reverse("translation_exchange") == ADDRESS


def read_messages(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_buttons_of_localizes_editor_use_the_same_files(editor):
    content = download(editor, "po").content
    upload(editor, "a.po", fill("a.po", content, {"Må jeg arbejde?": "هل يمكنني العمل؟"}))
    translation = Translation.objects.get()
    names = ("wagtail_localize:download_pofile", "wagtail_localize:upload_pofile")
    out, back = (reverse(name, args=[translation.pk]) for name in names)

    single = fill("a.po", editor.get(out).content, {"Ja, i 14 dage.": "نعم، 15 يومًا."})
    response = editor.post(back, {"file": SimpleUploadedFile("a.po", single), "next": "/admin/"})
    polish = download(editor, "po", "pl").content
    foreign = editor.post(back, {"file": SimpleUploadedFile("a.po", polish), "next": "/admin/"})

    assert "Number or amount: “14” of the source has become “15”" in read_messages(response)
    assert response.headers["Location"] == "/admin/"
    assert "The file holds other texts" in read_messages(foreign)
