"""Delivery of files: to whom, under which headers, in parts, and not at all."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.models import CollectionViewRestriction

from cms.core.files import build_document_reference, build_image_reference
from tests.factories.files import PDF, build_picture, make_collection, make_document, make_image, replace_file

pytestmark = pytest.mark.django_db


def get_image_path(image):
    return build_image_reference(image)["url"].removeprefix(settings.PUBLIC_URL)


def get_document_path(document):
    return build_document_reference(document)["url"].removeprefix(settings.PUBLIC_URL)


def read(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_superuser("desk", password="x" * 20)
    client.force_login(user)
    return client


@pytest.fixture
def private():
    collection = make_collection()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def test_image_of_a_text_is_answered_and_kept_for_ever(client):
    response = client.get(get_image_path(make_image()))

    assert response.status_code == 200
    assert read(response).startswith(b"\x89PNG")
    expected = {
        "Content-Type": "image/png",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Disposition": 'inline; filename="foto.png"',
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
    }
    assert {name: response.headers.get(name) for name in expected} == expected
    assert "Vary" not in response.headers


@pytest.mark.parametrize(
    ("kind", "name", "content_type"), [("JPEG", "a.jpg", "image/jpeg"), ("WEBP", "a.webp", "image/webp")]
)
def test_image_has_the_type_it_is_shown_in(client, kind, name, content_type):
    response = client.get(get_image_path(make_image(name, build_picture(kind=kind))))

    assert response.headers["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("name", "content_type", "disposition", "policy"),
    [
        (
            "blanket.pdf",
            "application/pdf",
            'inline; filename="blanket.pdf"',
            "default-src 'none'; style-src 'unsafe-inline'",
        ),
        ("tal.csv", "text/csv", 'attachment; filename="tal.csv"', None),
        ("side.html", "text/html", 'attachment; filename="side.html"', None),
        ("tegning.svg", "image/svg+xml", 'attachment; filename="tegning.svg"', None),
        ("ukendt.xyzzy", "application/octet-stream", 'attachment; filename="ukendt.xyzzy"', None),
        (
            "brev.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            'attachment; filename="brev.docx"',
            None,
        ),
        (
            "ansøgning_nr_1.pdf",
            "application/pdf",
            "inline; filename=\"ansogning_nr_1.pdf\"; filename*=UTF-8''ans%C3%B8gning_nr_1.pdf",
            "default-src 'none'; style-src 'unsafe-inline'",
        ),
    ],
)
def test_document_is_shown_only_where_it_cannot_run_script(client, name, content_type, disposition, policy):
    response = client.get(get_document_path(make_document(name)))

    assert read(response) == PDF
    expected = {
        "Content-Type": content_type,
        "Content-Disposition": disposition,
        "Content-Security-Policy": policy or "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert {name: response.headers.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("asked", "status", "body", "content_range"),
    [
        ("bytes=0-4", 206, PDF[:5], f"bytes 0-4/{len(PDF)}"),
        ("bytes=0-0", 206, PDF[:1], f"bytes 0-0/{len(PDF)}"),
        ("bytes=5-", 206, PDF[5:], f"bytes 5-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-6", 206, PDF[-6:], f"bytes {len(PDF) - 6}-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=2-999999", 206, PDF[2:], f"bytes 2-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=999999-", 416, b"", f"bytes */{len(PDF)}"),
        ("bytes=0-1,4-5", 200, PDF, None),
        ("lines=1-2", 200, PDF, None),
        ("bytes=5-2", 200, PDF, None),
    ],
)
def test_part_of_a_document_is_answered(client, asked, status, body, content_range):
    response = client.get(get_document_path(make_document()), headers={"Range": asked})

    assert (response.status_code, read(response), response.headers.get("Content-Range")) == (
        status,
        body,
        content_range,
    )
    if status == 206:
        assert response.headers["Content-Length"] == str(len(body))


def test_large_document_is_streamed_and_a_part_of_it_too(client):
    content = PDF * 20_000
    path = get_document_path(make_document(content=content))

    whole, part = client.get(path), client.get(path, headers={"Range": "bytes=5-1200000"})

    assert (whole.streaming, read(whole)) == (True, content)
    assert (part.streaming, part.status_code, read(part)) == (True, 206, content[5:1200001])


def test_interrupted_download_is_continued_only_with_the_same_content(client):
    path = get_document_path(make_document())
    etag = client.get(path).headers["ETag"]

    same = client.get(path, headers={"Range": "bytes=5-", "If-Range": etag})
    other = client.get(path, headers={"Range": "bytes=5-", "If-Range": '"another"'})

    assert (same.status_code, other.status_code) == (206, 200)


@pytest.mark.parametrize("get_path", [lambda: get_document_path(make_document()), lambda: get_image_path(make_image())])
def test_head_and_conditional_requests_are_answered_without_a_body(client, get_path):
    path = get_path()
    whole = client.get(path)
    length = len(read(whole))

    head = client.head(path)
    unchanged = client.get(path, headers={"If-None-Match": whole.headers["ETag"]})

    assert (head.status_code, head.headers["Content-Length"], read(head)) == (200, str(length), b"")
    assert (unchanged.status_code, read(unchanged)) == (304, b"")
    assert unchanged.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert {name.lower() for name in ("Content-Length", "Content-Type")} & {
        name.lower() for name in unchanged.headers
    } == set()


@pytest.mark.parametrize(
    "make_path", [lambda: get_document_path(make_document()), lambda: get_image_path(make_image())]
)
def test_address_with_another_digest_is_not_there(client, make_path):
    path = re.sub("/[0-9a-f]{16}/", "/0123456789abcdef/", make_path())

    assert client.get(path).status_code == 404


def test_unknown_files_filters_and_methods_are_refused(client):
    path = get_image_path(make_image())

    statuses = [
        client.get("/media/image/999999999999999999999999/0123456789abcdef/width-1200/a.png").status_code,
        client.get("/documents/999999999999999999999999/0123456789abcdef/a.pdf").status_code,
        client.get(path.replace("width-1200", "original")).status_code,
        client.get(path.replace("width-1200", "width-9000")).status_code,
        client.post(path).status_code,
    ]

    assert statuses == [404, 404, 404, 404, 405]


def test_replaced_file_has_another_address_and_the_old_one_is_gone(client):
    image, document = make_image(), make_document()
    former = [get_image_path(image), get_document_path(document)]

    image = replace_file(image, build_picture("red"), "foto.png")
    document = replace_file(document, PDF + b"\n", "blanket.pdf")

    present = [get_image_path(image), get_document_path(document)]
    assert [client.get(path).status_code for path in former] == [404, 404]
    answers = [client.get(path) for path in present]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert read(answers[1]) == PDF + b"\n"


def test_missing_rendition_is_made_anew(client):
    image = make_image()
    path = get_image_path(image)
    rendition = image.renditions.get()
    rendition.file.storage.delete(rendition.file.name)

    response = client.get(path)

    assert (response.status_code, read(response)[:4]) == (200, b"\x89PNG")


def test_missing_original_is_not_there(client):
    image, document = make_image(), make_document()
    paths = [get_image_path(image), get_document_path(document)]
    for file in (image, document):
        file.file.storage.delete(file.file.name)

    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert (build_image_reference(image), build_document_reference(document)) == (None, None)


def test_stored_names_are_for_editors(client, editor):
    image, document = make_image(), make_document()
    thumbnail = image.get_rendition("max-165x165")
    paths = [thumbnail.url, image.file.url, document.file.url, document.url]
    client.logout()
    assert [client.get(path).status_code for path in paths] == [404, 404, 404, 404]

    client.force_login(get_user_model().objects.get(username="desk"))
    answers = [client.get(path) for path in paths]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 302]
    assert answers[3].headers["Location"] == build_document_reference(document)["url"]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-cache"}
    assert all("Cookie" in answer.headers["Vary"] for answer in answers)


@pytest.mark.parametrize(
    "name", ["../env", "..%2fenv", "%2e%2e/env", "a/../../env", "/etc/passwd", "a%00b", "documents", ""]
)
def test_names_that_lead_out_of_the_storage_are_refused(editor, name):
    assert editor.get(f"/media/{name}").status_code in (400, 404)


def test_private_document_asks_for_a_sign_in(client, private):
    path = get_document_path(make_document(collection=private))

    refused = client.get(path, follow=True)
    assert refused.redirect_chain[-1] == (f"/admin/login/?{urlencode({'next': path})}", 302)

    client.force_login(get_user_model().objects.create_user("reader", password="x" * 20))
    allowed = client.get(path)
    assert (allowed.status_code, allowed.headers["Cache-Control"]) == (200, "private, no-cache")
    assert "Access-Control-Allow-Origin" not in allowed.headers


def test_password_opens_a_private_document(client):
    collection = make_collection()
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="hemmelig"
    )
    path = get_document_path(make_document(collection=collection))
    asked = client.get(path)
    assert (asked.status_code, b"password" in asked.content, PDF in asked.content) == (200, True, False)

    client.post(
        f"/documents/authenticate_with_password/{restriction.pk}/", {"password": "hemmelig", "return_url": path}
    )

    assert read(client.get(path)) == PDF


def test_image_of_a_private_collection_is_for_those_who_may_see_it(client, private):
    image = make_image()
    path = get_image_path(image)
    image.collection = private
    image.save()

    assert client.get(path).status_code == 404
    client.force_login(get_user_model().objects.create_user("reader", password="x" * 20))
    response = client.get(path)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-cache")


def test_proxy_is_told_where_the_file_is(client, settings):
    settings.MEDIA_OFFLOAD = "/protected-media/"
    document = make_document("åben blanket.pdf")

    response = client.get(get_document_path(document))

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["X-Accel-Redirect"] == "/protected-media/documents/%C3%A5ben_blanket.pdf"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_bucket_gets_what_is_public_and_nothing_else(client, settings, private):
    settings.MEDIA_OFFLOAD = "https://files.example/media/"
    public, closed = make_document("a.pdf"), make_document("b.pdf", collection=private)
    digest = public.file_hash[:16]

    response = client.get(get_document_path(public))
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"https://files.example/media/documents/a.pdf?{digest}",
    )

    client.force_login(get_user_model().objects.create_user("reader", password="x" * 20))
    assert read(client.get(get_document_path(closed))) == PDF
