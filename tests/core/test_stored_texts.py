"""Every door stores one form of a text: composed or decomposed, with or without what nobody sees, it is stored the same."""

import json
import unicodedata

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringTranslation

from cms.core.models import Consortium, Figure, Municipality, ReusableBlock, Topic
from cms.core.unicode_text import normalise_text
from cms.exchange.bundle_import import BundleRefusedError, import_bundle
from cms.exchange.sites import get_home, get_locale
from cms.publication.models import Release
from knowledge.models import ArticlePage
from legal.lexdania.lexdania_document import parse_document
from legal.lines.act_lines import parse_act_line
from tests.core.test_reserved_paths import fill_form
from tests.factories.editor_forms import answer_step
from tests.factories.files import make_document, make_image
from tests.factories.pages import make_page, publish, translate
from tests.legal.acts import build_line, build_section
from tests.legal.lexdania.lexdania_documents import build_document
from tests.translation.test_passages import translate_passage

pytestmark = pytest.mark.django_db

COMPOSED = "Åben rådgivning på Årø é"
WRITTEN = {
    "composed": COMPOSED,
    "decomposed": unicodedata.normalize("NFD", COMPOSED),
    "with invisible characters": "\ufeffÅben råd\u00adgiv\u200bning på\u2060 Årø é",
}


@pytest.fixture(autouse=True)
def english(site):
    with translation.override("en"):
        yield


def read_page(page):
    """Read every text of a page's latest draft and of its row."""
    draft = page.get_latest_revision_as_object()
    stored = type(page).objects.get(pk=page.pk)
    return [
        text
        for held in (draft, stored)
        for text in (held.title, held.summary, json.dumps(list(held.body.raw_data), ensure_ascii=False))
    ]


def come_by_editor(client, text):
    body = streamfield([("paragraph", rich_text(f"<p>{text}</p>")), ("heading", {"text": text, "level": "2"})])
    page = publish(make_page(title="Side"))
    form = fill_form(page, title=text, summary=text, body=body)
    step = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form, "action-publish": "1"})
    answer_step(client, client.get(step.headers["Location"]), change_note=text)
    stored = ArticlePage.objects.get()
    return [*read_page(stored), stored.change_note, Release.objects.last().title]


def come_by_draft(client, text):
    page = publish(make_page(title="Side"))
    form = fill_form(page, title=text, summary=text, body=streamfield([("paragraph", rich_text(f"<p>{text}</p>"))]))
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 302
    return read_page(ArticlePage.objects.get())[:3]


def come_by_new_page(client, text):
    add = reverse("wagtailadmin_pages:add", args=["knowledge", "articlepage", get_home("da").pk])
    assert client.post(add, fill_form(ArticlePage(title=text, slug="ny"), summary=text)).status_code == 302
    return read_page(ArticlePage.objects.get())[:2]


def come_by_bundle(client, text):
    blocks = [
        {"type": "paragraph", "value": f"<p>{text}</p>"},
        {"type": "heading", "value": {"text": text, "level": 2}},
    ]
    line = {"kind": "article", "source_id": "t", "locale": "da", "title": text, "summary": text, "blocks": blocks}
    import_bundle([json.dumps(line).encode()])
    return [*read_page(ArticlePage.objects.get()), Release.objects.get().title]


def come_by_bundle_html(client, text):
    escaped = "".join(character if character.isascii() else f"&#{ord(character)};" for character in text)
    line = {"kind": "article", "source_id": "t", "locale": "da", "title": "T", "html": f"<p>{escaped}</p>"}
    import_bundle([json.dumps(line).encode()])
    return read_page(ArticlePage.objects.get())[2::3]


def come_by_withdrawal_line(client, text):
    line = {"kind": "article", "source_id": "t", "locale": "da", "title": "T", "html": ""}
    import_bundle([json.dumps(line).encode()])
    taken = {"source_id": "t", "locale": "da", "withdraw": "recalled", "explanation": text}
    import_bundle([json.dumps(taken).encode()])
    return [Release.objects.order_by("position").last().change_note]


def come_by_figure_line(client, text):
    fields = {"names": {"da": {"label": text, "unit": text}}, "amounts": [{"valid_from": "2026-01-01", "amount": "1"}]}
    import_bundle([json.dumps({"kind": "figure", "source_id": "fee", "fields": fields}).encode()])
    name = Figure.objects.get().names.get()
    return [name.label, name.unit]


def come_by_shell(client, text):
    page = make_page(title="Side")
    page.title = page.summary = text
    page.body = [("paragraph", f"<p>{text}</p>")]
    page.save(clean=False)
    page.save_revision(clean=False)
    return read_page(page)


def come_by_translation(client, text):
    from wagtail_localize.models import Translation
    from wagtail_localize.operations import translate_object

    page = publish(make_page(title="Bolig"))
    get_home("pl")
    translate_object(page, [get_locale("pl")])
    work = Translation.objects.get()
    translate_passage(work, "Bolig", text)
    work.save_target(publish=False)
    return [StringTranslation.objects.get().data, *read_page(page.get_translation(get_locale("pl")))[:1]]


def come_by_reusable_block(client, text):
    add = reverse(ReusableBlock.snippet_viewset.get_url_name("add"))
    form = nested_form_data({"title": text, "body": rich_text(f"<p>{text}</p>")})
    assert client.post(add, form).status_code == 302
    block = ReusableBlock.objects.get()
    draft = block.get_latest_revision_as_object()
    return [block.title, block.body, draft.title, draft.body]


def come_by_vocabulary(client, text):
    add = reverse(Topic.snippet_viewset.get_url_name("add"))
    assert client.post(add, {"label": text, "slug": "ny-ny"}).status_code == 302
    return [Topic.objects.get(slug="ny-ny").label]


def come_by_organisations(client, text):
    Municipality.objects.create(code="0999", name=text)
    Consortium.objects.create(slug="nyt-nyt", name=text, names={"en": text}, valid_from="2026-01-01")
    consortium = Consortium.objects.get(slug="nyt-nyt")
    return [Municipality.objects.get(code="0999").name, consortium.name, consortium.names["en"]]


def come_by_files(client, text):
    image = make_image(name="foto.png")
    edit = reverse("wagtailimages:edit", args=[image.pk])
    focus = {f"focal_point_{name}": "" for name in ("x", "y", "width", "height")}
    root = Collection.get_first_root_node().pk
    assert client.post(edit, {"title": text, "description": text, "collection": root, **focus}).status_code == 302
    image = get_image_model().objects.get()
    document = make_document()
    document.title = text
    document.save()
    return [image.title, image.description, get_document_model().objects.get().title]


DOORS = [
    come_by_editor,
    come_by_draft,
    come_by_new_page,
    come_by_bundle,
    come_by_bundle_html,
    come_by_withdrawal_line,
    come_by_figure_line,
    come_by_shell,
    come_by_translation,
    come_by_reusable_block,
    come_by_vocabulary,
    come_by_organisations,
    come_by_files,
]


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_stores_the_same(admin_client, door, written):
    for text in door(admin_client, WRITTEN[written]):
        assert COMPOSED in text
        assert normalise_text(text) == text


def test_decomposed_line_changes_nothing_of_the_composed_one():
    blocks = [{"type": "paragraph", "value": f"<p>{COMPOSED}</p>"}]
    line = {"kind": "article", "source_id": "t", "locale": "da", "title": COMPOSED, "blocks": blocks}
    import_bundle([json.dumps(line).encode()])

    report = import_bundle([unicodedata.normalize("NFD", json.dumps(line, ensure_ascii=False)).encode()])

    assert (report.unchanged, Release.objects.count()) == (1, 1)


LAW = [
    lambda line: parse_act_line(json.dumps(line).encode()),
    lambda line: parse_document(build_document(line)),
]


@pytest.mark.parametrize("parse", LAW)
def test_law_is_composed_and_keeps_what_is_invisible(parse):
    def read(text):
        line = parse(build_line("LBK", 5, "2020-01-01", text, [build_section("1", text)]))
        return line.metadata["title"], line.provisions[0][2]

    title, provision = read(unicodedata.normalize("NFD", COMPOSED))

    assert title == COMPOSED
    assert COMPOSED in provision
    assert "op\u00adhold" in read("op\u00adhold")[1]


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u200e", "\u2066"])
def test_cpr_number_is_refused_whatever_hides_in_it(admin_client, hidden):
    text = f"Født 010203{hidden}-1234"
    page = make_page(title="Side")
    body = streamfield([("paragraph", rich_text(f"<p>{text}</p>"))])
    line = {"kind": "article", "source_id": "t", "locale": "da", "title": "T", "html": f"<p>{text}</p>"}

    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), fill_form(page, body=body))
    with pytest.raises(BundleRefusedError) as refusal:
        import_bundle([json.dumps(line).encode()])

    assert list(response.context["form"].errors) == ["body"]
    assert "looks like a CPR number" in str(refusal.value.report.errors[0])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(
        st.sampled_from("aoeåé< &\u0301\u030a\u0338\u00ad\u200b\u200d\u200e\u2066\u2069م"), min_size=1, max_size=20
    )
)
def test_page_stores_any_text_as_its_composed_form(site, text):
    forms = {}
    page = make_page(title="Side")
    for form in ("NFC", "NFD"):
        written = "<".join(unicodedata.normalize(form, part) for part in text.split("<"))
        page.summary, page.title = written, f"x{written}"
        page.save_revision(clean=False)
        page.save(clean=False)
        forms[form] = read_page(page)[:2]
    Page.objects.get(pk=page.pk).delete()

    assert forms["NFC"] == forms["NFD"]


def test_translation_by_copy_keeps_the_form():
    page = publish(make_page(title=WRITTEN["decomposed"]))

    assert translate(page, "en").title == COMPOSED
