"""Pictures and files are shown by reference: whoever shows one that is deleted is released again."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.core.calendar import today
from cms.publication.models import ChangedTarget, Release
from cms.publication.pages.agreement import list_differences
from cms.publication.pages.referrers import release_waiting_referrers
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def draw(name, colour="red"):
    """Draw a picture."""
    content = BytesIO()
    Picture.new("RGB", (40, 30), colour).save(content, "PNG")
    return ContentFile(content.getvalue(), name=name)


def make_image(name="skranke.png"):
    return get_image_model().objects.create(title="Skranken", file=draw(name))


def make_document(name="blanket.pdf"):
    return get_document_model().objects.create(title="Blanket", file=ContentFile(b"%PDF-1.4", name=name))


def publish_body(*body):
    page = make_page()
    page.body = list(body)
    return publish(page)


def show_image(image):
    return ("image", {"image": image, "alt_text": "Skranken", "caption": ""})


def show_document(document):
    return ("document", {"document": document, "label": "Hent"})


def read_address(page):
    """Read the address of the first block; it has to stand in the HTML too."""
    document = read_document(page.translation_key, today())
    url = document["blocks"][0]["value"]["url"]
    assert f'="{url}"' in document["html"]
    return url


@pytest.mark.parametrize(("make", "show"), [(make_image, show_image), (make_document, show_document)])
def test_file_is_shown_with_its_absolute_address(make, show):
    page = publish_body(show(make()))

    assert read_address(page).startswith("http://testserver/")


@pytest.mark.parametrize(("make", "show"), [(make_image, show_image), (make_document, show_document)])
def test_deleted_file_leaves_the_text(make, show):
    file = make()
    page = publish_body(show(file))

    file.delete()
    release_waiting_referrers()

    document = read_document(page.translation_key, today())
    assert (document["blocks"], document["html"]) == ([], "")
    assert list(list_differences()) == []


def test_file_that_nothing_shows_leaves_no_work():
    make_image().delete()
    make_document().delete()

    assert (ChangedTarget.objects.count(), Release.objects.count()) == (0, 0)
