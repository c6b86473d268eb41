"""Pictures and files beside a bundle: by content, refused where missing or another, and never another of the same number."""

import json
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from cms.exchange.bundle_export import BundleExporter
from cms.exchange.bundle_files import BundleFiles, get_folder
from cms.exchange.bundle_import import BundleRefusedError, import_bundle
from cms.publication.models import Release, Window
from knowledge.models import ArticlePage
from tests.factories.files import build_picture, make_collection, make_document, make_image
from tests.factories.pages import make_page, publish
from tests.factories.references import make_block

pytestmark = pytest.mark.django_db
Image, Document = get_image_model(), get_document_model()


@pytest.fixture(autouse=True)
def first_of_march(site):
    with translation.override("en"), time_machine.travel("2026-03-01T12:00:00+01:00", tick=False):
        yield


def export(folder):
    return [json.loads(line) for line in BundleExporter(BundleFiles(folder)).write()]


def run(lines, folder=None, *, keep_going=False):
    raw = [json.dumps(line).encode() for line in lines]
    return import_bundle(raw, keep_going=keep_going, files=BundleFiles(folder))


def refuse(lines, folder=None):
    with pytest.raises(BundleRefusedError) as refusal:
        run(lines, folder)
    return [str(error) for error in refusal.value.report.errors]


def make_shown_image(**values):
    image = make_image("foto.png", build_picture("red", (30, 20)), **values)
    publish(make_page(title="Bolig", body=[("image", {"image": image, "alt_text": "Et foto", "caption": ""})]))
    return image


def read_shown_pictures():
    page = ArticlePage.objects.get(title="Bolig")
    return [child.value["image"] for child in page.get_latest_revision_as_object().body]


def test_picture_goes_to_a_site_that_has_another_of_its_number(tmp_path):
    image = make_shown_image(
        description="En by", focal_point_x=3, focal_point_y=4, focal_point_width=5, focal_point_height=6
    )
    image.tags.add("by", "vinter")
    lines, pk = export(tmp_path), image.pk
    image.delete()
    other = make_image("anden.png", build_picture("blue", (30, 20)), pk=pk)

    report = run(lines, tmp_path)

    (shown,) = read_shown_pictures()
    facts = (shown.title, shown.description, shown.focal_point_x, sorted(shown.tags.names()))
    assert (report.files, shown.pk == other.pk, facts) == (1, False, ("foto.png", "En by", 3, ["by", "vinter"]))


def test_picture_that_is_there_is_used_and_follows_what_is_said_of_it(tmp_path):
    image = make_shown_image()
    lines, rows = export(tmp_path), Release.objects.count()
    Image.objects.update(title="Nyt navn")

    reports = [run(lines, tmp_path), run(lines, tmp_path)]

    image.refresh_from_db()
    assert [(report.files, report.released) for report in reports] == [(1, 0), (0, 0)]
    assert (Image.objects.count(), image.title, Release.objects.count()) == (1, "foto.png", rows)


def test_same_content_twice_stays_two_pictures(tmp_path):
    make_shown_image()
    second = make_image("foto.png", build_picture("red", (30, 20)))
    publish(make_page(title="To", body=[("image", {"image": second, "alt_text": "Et foto", "caption": ""})]))
    lines, rows = export(tmp_path), Release.objects.count()

    report = run(lines, tmp_path)

    assert (report.released, report.files, Release.objects.count(), Image.objects.count()) == (0, 0, rows, 2)
    assert len(list(tmp_path.iterdir())) == 1


def lose(path):
    path.unlink()


def exchange(path):
    path.write_bytes(build_picture("green", (30, 20)))


@pytest.mark.parametrize(("spoil", "message"), [(lose, "is not there"), (exchange, "has another content")])
@pytest.mark.parametrize("keep_going", [False, True])
def test_line_whose_file_is_missing_or_another_is_refused(tmp_path, spoil, message, keep_going):
    image = make_shown_image()
    lines = export(tmp_path)
    image.delete()
    ArticlePage.objects.get(title="Bolig").delete()
    spoil(next(tmp_path.iterdir()))
    numbers = [
        number for number, line in enumerate(lines, start=1) if line["kind"] == "image" or line.get("title") == "Bolig"
    ]

    errors = run(lines, tmp_path, keep_going=True).errors if keep_going else None
    texts = [str(error) for error in errors] if errors else refuse(lines, tmp_path)

    assert [text.partition(":")[0] for text in texts] == [f"line {number}" for number in numbers]
    assert (message in texts[0], "no image" in texts[1], Image.objects.count()) == (True, True, 0)


def test_refused_bundle_leaves_no_file_behind(tmp_path):
    image = make_shown_image()
    lines = export(tmp_path)
    image.delete()
    before = sorted((settings.MEDIA_ROOT / "original_images").iterdir())

    refuse([*lines, {"kind": "poem"}], tmp_path)
    refuse([*lines, {"kind": "article", "source_id": "a", "locale": "da", "title": "CPR 010190-1234"}], tmp_path)

    assert sorted((settings.MEDIA_ROOT / "original_images").iterdir()) == before


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"source_id": "../../etc/passwd"}, "source_id: '../../etc/passwd' does not match"),
        ({"name": "../foto.png"}, "fields.name: '../foto.png' does not match"),
        ({"name": "..png"}, "fields.name: '..png' does not match"),
        ({"name": "foto"}, "fields.name: 'foto' does not match"),
        ({"name": "foto.svg"}, "file: "),
        ({"name": "foto.pdf"}, "file: "),
    ],
)
def test_file_that_the_editor_would_not_take_is_refused(tmp_path, values, message):
    values = dict(values)
    image = make_shown_image()
    line = next(line for line in export(tmp_path) if line["kind"] == "image")
    image.delete()
    stored = next(tmp_path.iterdir())
    for ending in ("svg", "pdf"):
        (tmp_path / f"{stored.stem}.{ending}").write_bytes(stored.read_bytes())
    source_id = values.pop("source_id", line["source_id"])

    errors = refuse([{**line, "source_id": source_id, "fields": {**line["fields"], **values}}], tmp_path)

    assert (len(errors), message in errors[0]) == (1, True)


def test_link_and_block_of_a_document_lead_to_it_on_another_site(tmp_path):
    document = make_document("blanket.pdf", b"%PDF-1.7 en")
    body = [
        ("paragraph", f'<p><a linktype="document" id="{document.pk}">Hent</a></p>'),
        ("document", {"document": document, "label": "Hent"}),
    ]
    publish(make_page(title="Bolig", body=body))
    lines, pk = export(tmp_path), document.pk
    document.delete()
    make_document("andet.pdf", b"%PDF-1.7 to", pk=pk)

    run(lines, tmp_path)

    found = Document.objects.exclude(pk=pk).get()
    page = ArticlePage.objects.get(title="Bolig")
    passage, block = page.body
    assert passage.value.source == f'<p><a linktype="document" id="{found.pk}">Hent</a></p>'
    assert (block.value["document"].pk, found.file.read()) == (found.pk, b"%PDF-1.7 en")


@pytest.mark.parametrize("readers", ["login", ["Jurister"], []])
def test_collection_that_is_made_is_closed_to_all_but_its_readers(tmp_path, readers):
    group = Group.objects.create(name="Jurister")
    collection = make_collection("Intern")
    kind = {"login": "login", "Jurister": "groups"}.get(readers if readers == "login" else "".join(readers), "password")
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, password="x")
    restriction.groups.set([group] if kind == "groups" else [])
    document = make_document(collection=collection)
    lines = export(tmp_path)
    document.delete()
    collection.delete()

    run(lines, tmp_path)

    found = Document.objects.get().collection
    made = found.get_view_restrictions().get()
    assert (found.name, made.restriction_type) == ("Intern", "login" if readers == "login" else "groups")
    assert list(made.groups.values_list("name", flat=True)) == (readers if readers != "login" else [])


def test_private_file_does_not_go_into_a_collection_that_is_open(tmp_path):
    collection = make_collection("Intern")
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = make_document(collection=collection)
    lines = export(tmp_path)
    document.delete()
    restriction.delete()

    errors = refuse(lines, tmp_path)

    assert [error.partition(": ")[2] for error in errors] == [
        "collection: Intern is open to everyone here, and this file is not"
    ]


def test_picture_of_a_private_collection_stays_in_its_text(tmp_path):
    collection = make_collection("Intern")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    make_shown_image(collection=Collection.objects.get(pk=collection.pk))
    lines, rows = export(tmp_path), Release.objects.count()

    report = run(lines, tmp_path)

    assert (report.errors, report.released, Release.objects.count()) == ([], 0, rows)


def test_commands_write_and_read_the_folder_beside_the_bundle(tmp_path):
    image = make_shown_image()
    bundle, out, err = tmp_path / "site.ndjson", StringIO(), StringIO()
    folder = get_folder(bundle)
    folder.mkdir()
    (folder / f"{'0' * 64}.png").write_bytes(b"of an earlier bundle")
    (folder / "notes.txt").write_text("mine")

    call_command("content_export", str(bundle), stdout=out, stderr=err)
    image.delete()
    call_command("content_import", str(bundle), stdout=out, stderr=err)

    digest = next(line for line in map(json.loads, bundle.read_text().splitlines()) if line["kind"] == "image")[
        "source_id"
    ]
    assert sorted(path.name for path in folder.iterdir()) == sorted([f"{digest}.png", "notes.txt"])
    assert ("1 files to" in out.getvalue(), "1 files stored" in out.getvalue()) == (True, True)
    assert read_shown_pictures() == [Image.objects.get()]


def test_picture_whose_file_is_gone_is_left_out_with_a_warning(tmp_path):
    image = make_shown_image()
    image.file.storage.delete(image.file.name)
    exporter = BundleExporter(BundleFiles(tmp_path))

    lines = [json.loads(line) for line in exporter.write()]

    assert [line["blocks"] for line in lines if line.get("title") == "Bolig"] == [[]]
    assert exporter.warnings[0] == f"left out: image {image.pk} (foto.png), whose file is missing or broken"


@pytest.mark.parametrize("is_deleted", [True, False])
def test_link_to_what_is_in_no_bundle_becomes_its_words_with_a_warning(tmp_path, is_deleted):
    linked = make_page(title="Væk")
    target = linked.pk if is_deleted else 1  # the root
    publish(make_page(title="Bolig", body=[("paragraph", f'<p><a linktype="page" id="{target}">Se</a></p>')]))
    linked.delete()
    exporter = BundleExporter()

    lines = [json.loads(line) for line in exporter.write()]

    values = [block["value"] for line in lines if line.get("title") == "Bolig" for block in line["blocks"]]
    assert (values, len(exporter.warnings)) == (["<p>Se</p>"], 1)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ('linktype="page" id="233"', "nothing is known by the source_id 233"),
        ('linktype="document" id="7"', "no document 7"),
        ('linktype="user" id="1"', "“Se”: the link has no address that can be used (user); its words are kept"),
    ],
)
def test_link_that_leads_nowhere_is_refused(link, message):
    line = {"kind": "article", "source_id": "bolig", "locale": "da", "title": "Bolig"}

    errors = refuse([{**line, "blocks": [{"type": "paragraph", "value": f"<p><a {link}>Se</a></p>"}]}])

    assert errors == [f"line 1: {message}"]


def test_reusable_block_and_the_page_it_leads_to_may_show_each_other(tmp_path):
    page = make_page(title="Bolig")
    block = make_block(f'<p>Se <a linktype="page" id="{page.pk}">bolig</a></p>')
    publish(page, body=[("reusable", block)])
    before = Window.objects.get().release.stored_body.body
    lines = export(tmp_path)
    ArticlePage.objects.get().delete()
    block.delete()

    run(lines, tmp_path)

    blocks = [json.loads(bytes(body))["blocks"] for body in (before, Window.objects.get().release.stored_body.body)]
    assert blocks[0] == blocks[1]


def test_draft_of_a_reusable_block_stays_a_draft(tmp_path):
    block = make_block("<p>Nu</p>")
    block.body = "<p>Snart</p>"
    block.save_revision()
    lines = export(tmp_path)
    model = type(block)
    block.delete()

    reports = [run(lines, tmp_path), run(lines, tmp_path)]

    found = model.objects.get()
    assert (found.body, found.get_latest_revision_as_object().body) == ("<p>Nu</p>", "<p>Snart</p>")
    assert [(report.released, report.drafted) for report in reports] == [(1, 1), (0, 0)]
