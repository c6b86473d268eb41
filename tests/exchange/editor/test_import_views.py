"""Import of a document in the editor: who may, what comes of it, and what is said."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission

from cms.exchange.editor.document_import import find_last_import, list_findings
from cms.exchange.sites import get_home
from cms.publication.models import Release
from knowledge.models import ArticlePage
from tests.factories.files import build_picture
from tests.factories.word import build_word_file, cell, paragraph, picture, table

pytestmark = pytest.mark.django_db
KIND = "knowledge.articlepage"


@pytest.fixture
def home(site):
    return get_home("da")


def post(client, home, data, name="gebyrer.docx", **values):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("exchange_import", args=[home.pk]), {"file": file, "kind": KIND, "title": "", **values})


def build_fees(**values):
    merged = [cell(paragraph("Gebyr"), columns=2)], ["6.055 kr.", "4.405 kr."]
    return build_word_file(paragraph("Gebyrer", style="Titel"), paragraph("Se her."), table(*merged), **values)


def test_word_file_becomes_a_draft_with_a_report_that_stays(admin_client, home):
    response = post(admin_client, home, build_fees())

    page = ArticlePage.objects.get(title="Gebyrer")
    report = reverse("exchange_import_report", args=[page.pk])
    assert (response.status_code, response.url) == (302, report)
    assert (page.live, page.slug, page.locale.language_code, Release.objects.count()) == (False, "gebyrer", "da", 0)
    draft = page.get_latest_revision_as_object()
    assert [(block.block_type, block.block.get_api_representation(block.value)) for block in draft.body] == [
        ("paragraph", "<p>Se her.</p>"),
        ("table", {"caption": "–", "header": ["Gebyr", "Gebyr"], "rows": [["6.055 kr.", "4.405 kr."]]}),
    ]
    assert [(finding.code, finding.place.table) for finding in list_findings(find_last_import(page))] == [
        ("merged-cell", 1),
        ("header-guessed", 1),
        ("no-caption", 1),
    ]
    edit = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert report in edit
    assert "gebyrer.docx" in admin_client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()


def test_picture_of_a_document_is_stored_and_shown(admin_client, home):
    data = build_word_file(paragraph(picture("rId1", "Et kort")), pictures=(("kort.png", build_picture()),))

    post(admin_client, home, data, title="Kort")

    image = get_image_model().objects.get()
    (block,) = ArticlePage.objects.get(title="Kort").body
    assert (image.title, block.value["image"], block.value["alt_text"]) == ("Et kort", image, "Et kort")


def test_broken_picture_is_reported_and_the_text_kept(admin_client, home):
    data = build_word_file(paragraph("Før", picture("rId1", "x")), pictures=(("kort.png", b"no picture"),))

    post(admin_client, home, data, title="Kort")

    page = ArticlePage.objects.get(title="Kort")
    assert [finding.code for finding in list_findings(find_last_import(page))] == ["picture-lost"]
    assert [block.block_type for block in page.body] == ["paragraph"]


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"%PDF", "a.pdf", "kun Word-filer (.docx) og websider (.html) kan læses"),
        (
            build_fees(parts={"word/vbaProject.bin": "x"}),
            "a.docm",
            "filen har makroer; gem den som .docx uden dem",
        ),
        (
            b"<p>CPR 010190-1234</p>",
            "a.html",
            "010190-1234 ligner et CPR-nummer; personoplysninger hører ikke hjemme her.",
        ),
        (b"PK" + bytes(21 * 1024 * 1024), "a.docx", "filen fylder 22 MB; højst 20 MB kan læses"),
    ],
)
def test_what_is_refused_is_said_at_the_file_and_makes_no_page(admin_client, home, data, name, message):
    response = post(admin_client, home, data, name, title="Min titel")

    form = response.context["form"]
    assert (form.errors["file"], form["title"].value()) == ([message], "Min titel")
    assert (ArticlePage.objects.count(), get_image_model().objects.count()) == (0, 0)


def test_who_may_not_add_pages_there_may_not_import(client, django_user_model, home):
    user = django_user_model.objects.create_user("laeser", password="x")
    group = Group.objects.create(name="Læsere")
    group.permissions.add(*Permission.objects.filter(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)

    refused = post(client, home, build_fees())
    GroupPagePermission.objects.create(
        group=group,
        page=home,
        permission=Permission.objects.get(codename="add_page"),
    )
    allowed = post(client, home, build_fees())

    assert (refused.status_code, allowed.status_code, ArticlePage.objects.count()) == (302, 302, 1)
    assert refused.url != allowed.url
