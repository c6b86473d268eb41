"""A file that is replaced, deleted or closed releases the texts that show it; nothing dead is shown."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Locale

from cms.core.models import ReusableBlock
from cms.publication.models import Release, Window
from tests.factories.files import PDF, build_picture, make_collection, make_document, make_image, replace_file
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def publish_showing(**files):
    """Publish an article that shows an image, a document, both, or a link to a document."""
    page = make_page()
    page.body = [("paragraph", "<p>Tekst.</p>")]
    if "image" in files:
        page.body.append(("image", {"image": files["image"], "alt_text": "Et foto", "caption": ""}))
    if "document" in files:
        page.body.append(("document", {"document": files["document"], "label": "Hent blanketten"}))
    if "link" in files:
        page.body.append(("paragraph", f'<p><a linktype="document" id="{files["link"].pk}">blanketten</a></p>'))
    return publish(page)


def read(page):
    return read_document(page.translation_key, Window.objects.get(content_id=page.translation_key).starts)


def list_addresses(page):
    """List the addresses of files in a page's document, each once."""
    return list(
        dict.fromkeys(
            re.findall(r'http://testserver(/(?:media|documents)/[^"\s]+)"', str(read(page)).replace("'", '"'))
        )
    )


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("desk", password="x" * 20))
    return client


@pytest.mark.parametrize("shown", ["image", "document", "link"])
def test_replaced_file_releases_the_text_with_its_new_address(client, shown):
    file = make_image() if shown == "image" else make_document()
    page = publish_showing(**{shown: file})
    former = list_addresses(page)

    replace_file(file, build_picture("red") if shown == "image" else PDF + b"\n", file.filename)

    present = list_addresses(page)
    assert (len(former), len(present), set(former) & set(present)) == (1, 1, set())
    assert client.get(present[0]).status_code == 200


@pytest.mark.parametrize("model", ["images", "docs"])
def test_file_replaced_in_the_editor_is_shown_with_its_new_content(editor, model):
    is_image = model == "images"
    file = make_image() if is_image else make_document()
    page = publish_showing(**{"image" if is_image else "document": file})
    former = list_addresses(page)
    content = build_picture("red", (300, 200)) if is_image else PDF + b"\n"

    answer = editor.post(
        reverse(f"wagtail{model}:edit", args=[file.pk]),
        {
            "title": "Ny",
            "collection": file.collection_id,
            "tags": "",
            "file": SimpleUploadedFile(file.filename, content),
        },
    )

    assert answer.status_code == 302
    present = list_addresses(page)
    assert (len(present), set(former) & set(present)) == (1, set())
    shown = editor.get(present[0])
    assert shown.status_code == 200
    if is_image:
        block = read(page)["blocks"][1]["value"]
        assert (block["width"], block["height"]) == (300, 200)
    else:
        assert shown.content == content


def test_renditions_that_are_made_anew_leave_addresses_as_they_are(client):
    image = make_image()
    page = publish_showing(image=image)
    former, rows = list_addresses(page), Release.objects.count()

    image.renditions.all().delete()

    assert (list_addresses(page), Release.objects.count()) == (former, rows)
    assert client.get(former[0]).status_code == 200


@pytest.mark.parametrize("shown", ["image", "document", "link"])
def test_deleted_file_is_not_shown_any_more(shown):
    file = make_image() if shown == "image" else make_document()
    page = publish_showing(**{shown: file})

    file.delete()

    document = read(page)
    assert (list_addresses(page), "Tekst." in document["html"]) == ([], True)
    assert len(document["blocks"]) == (2 if shown == "link" else 1)
    assert "href" not in document["html"]
    assert "img" not in document["html"]


def test_page_whose_file_was_deleted_is_published_again():
    image, document = make_image(), make_document()
    page = publish_showing(image=image, document=document)
    image.delete()
    document.delete()

    page = publish(page, title="Ny titel")

    assert (read(page)["title"], list_addresses(page)) == ("Ny titel", [])


def test_document_linked_in_a_reusable_block_releases_the_page(client):
    document = make_document()
    block = ReusableBlock(
        title="Blanket",
        body=f'<p><a linktype="document" id="{document.pk}">blanketten</a></p>',
        locale=Locale.objects.get(language_code="da"),
    )
    block.save()
    block.save_revision().publish()
    page = make_page()
    page.body = [("reusable", block)]
    page = publish(page)
    former = list_addresses(page)

    replace_file(document, PDF + b"\n", "blanket.pdf")

    present = list_addresses(page)
    assert (len(present), set(former) & set(present), client.get(present[0]).status_code) == (1, set(), 200)


def test_other_texts_and_unchanged_files_release_nothing():
    image, other = make_image(), make_image("andet.png", build_picture("green"))
    publish_showing(image=image)
    rows = Release.objects.count()

    replace_file(other, build_picture("red"), "andet.png")
    image.title = "Ny titel"
    image.save()

    assert Release.objects.count() == rows


def test_image_of_a_closed_collection_is_left_out_until_it_is_opened():
    collection = make_collection()
    page = publish_showing(image=make_image(collection=collection))
    former = list_addresses(page)

    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert list_addresses(page) == []

    restriction.delete()
    assert list_addresses(page) == former


@pytest.mark.parametrize("door", ["form", "shell"])
def test_image_of_a_collection_moved_under_a_closed_one_is_left_out_until_it_moves_back(editor, door):
    def move(parent):
        if door == "shell":
            Collection.objects.get(pk=inner.pk).move(parent, "sorted-child")
            return
        form = {"name": inner.name, "parent": parent.pk}
        assert editor.post(reverse("wagtailadmin_collections:edit", args=[inner.pk]), form).status_code == 302

    closed, outer = make_collection("Lukket"), make_collection("Ydre")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    inner = outer.add_child(name="Indre")
    page = publish_showing(image=make_image(collection=inner.add_child(name="Inderst")))
    former = list_addresses(page)

    move(closed)
    assert list_addresses(page) == []

    move(Collection.objects.get(pk=outer.pk))
    assert list_addresses(page) == former


def test_collection_moved_among_open_ones_releases_nothing():
    collection = make_collection()
    publish_showing(image=make_image(collection=collection))
    rows = Release.objects.count()

    collection.move(make_collection("Anden"), "sorted-child")

    assert Release.objects.count() == rows


def test_image_put_into_a_closed_collection_is_left_out():
    collection = make_collection()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    image = make_image()
    page = publish_showing(image=image)

    image.collection = collection
    image.save()

    assert list_addresses(page) == []


def test_images_put_into_a_closed_collection_at_once_are_left_out(editor):
    collection = make_collection()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    image = make_image()
    page = publish_showing(image=image)

    address = reverse("wagtail_bulk_action", args=["wagtailimages", "image", "add_to_collection"])
    answer = editor.post(f"{address}?id={image.pk}", {"collection": collection.pk})

    assert (answer.status_code, list_addresses(page)) == (302, [])


def test_broken_image_is_left_out():
    image = make_image()
    path = image.file.path
    page = publish_showing(image=image)
    image.renditions.all().delete()
    with open(path, "wb") as stream:
        stream.write(b"no picture")

    page = publish(page, title="Ny titel")

    assert list_addresses(page) == []
