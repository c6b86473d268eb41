"""Every block and every rich text of every type of page: published, with all it links to fetched as a reader would."""

from datetime import date
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from wagtail import blocks
from wagtail.fields import RichTextField
from wagtail.models import Locale

from cms.core.blocks import BodyBlock, CitationBlock
from cms.core.models import ReleasablePage, ReusableBlock
from knowledge.models import ContactPointPage
from tests.factories.figures import make_figure
from tests.factories.files import make_document, make_image
from tests.factories.pages import make_page, publish
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

ELI_URI = "https://www.retsinformation.dk/eli/lta/2025/1183"
FOREIGN = {"www.retsinformation.dk", "www.example.dk"}
TYPES = [model for model in apps.get_models() if issubclass(model, ReleasablePage)]


@pytest.fixture
def shown(site, tmp_path, settings):
    """Everything a text can show: a place, an image, a document, a reusable block, a figure and an act."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    act = build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven", [build_section("9a", "Tekst.")])
    import_lines(tmp_path, act)
    publish(site)
    place = publish(make_page(ContactPointPage, title="Borgerservice"))
    document = make_document("blanket å.pdf")
    reusable = ReusableBlock(
        title="Blanket", body=build_rich_text(place, document), locale=Locale.objects.get(language_code="da")
    )
    reusable.save()
    reusable.save_revision().publish()
    return {
        "place": place,
        "image": make_image(),
        "document": document,
        "reusable": reusable,
        "figure": make_figure(amounts={date(2020, 1, 1): "100.00"}),
    }


def build_rich_text(place, document):
    """Build rich text with a link of every kind the editor offers."""
    return (
        f'<p>Gå til <a linktype="page" id="{place.pk}">borgerservice</a> med '
        f'<a linktype="document" id="{document.pk}">blanketten</a>, se <a href="https://www.example.dk/">mere</a>, '
        '<a href="tel:+4570102030">ring</a> eller <a href="mailto:a@example.dk">skriv</a> om udlændingelovens § 9 a.</p>'
    )


def build_sample(name, block, shown):
    """Build a value of a block from the kinds of its parts; a kind that is not known here fails."""
    known = {
        "image": lambda: shown["image"],
        "document": lambda: shown["document"],
        "figure": lambda: shown["figure"],
        "reusable": lambda: shown["reusable"],
        "contact_point": lambda: shown["place"],
        "where": lambda: shown["place"],
        "page": lambda: shown["place"],
        "eli_uri": lambda: ELI_URI,
        "header": lambda: ["Dag", "Tid"],
        "rows": lambda: [["mandag", "9-12"], ["tirsdag", "9-15"]],
        "opens": lambda: "09:00",
        "closes": lambda: "15:00",
        "section": lambda: "9 a",
    }
    if isinstance(block, blocks.StructBlock):
        return {part: build_sample(part, child, shown) for part, child in block.child_blocks.items()}
    if name in known:
        return known[name]()
    if isinstance(block, blocks.ListBlock):
        return [build_sample("section" if name in ("sections", "provisions") else "", block.child_block, shown)]
    kinds = {
        blocks.RichTextBlock: lambda: build_rich_text(shown["place"], shown["document"]),
        blocks.BooleanBlock: lambda: True,
        blocks.IntegerBlock: lambda: 1,
        blocks.DateBlock: lambda: date(2026, 1, 1),
        blocks.ChoiceBlock: lambda: block.get_default() or next(iter(block.field.choices))[0],
        blocks.EmailBlock: lambda: "desk@example.dk",
        blocks.TextBlock: lambda: "En tekst",
        blocks.CharBlock: lambda: "En tekst",
    }
    return next(build for kind, build in kinds.items() if isinstance(block, kind))()


class AddressReader(HTMLParser):
    """Collects every ``href`` and ``src``."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("href", "src")]


def list_addresses(value, key=""):
    """List the addresses in a document: what stands in HTML, and every ``url``."""
    if isinstance(value, dict):
        return [address for name, inner in value.items() for address in list_addresses(inner, name)]
    if isinstance(value, list):
        return [address for inner in value for address in list_addresses(inner, key)]
    if isinstance(value, str) and "<" in value:
        reader = AddressReader()
        reader.feed(value)
        return reader.found
    return [value] if key == "url" and isinstance(value, str) else []


def check_addresses(client, addresses):
    """Fetch every address of ours and return those that do not answer, or are no address at all on another site."""
    broken = []
    for address in dict.fromkeys(addresses):
        parts = urlsplit(address)
        if parts.scheme in ("tel", "mailto") or (parts.scheme == "https" and parts.hostname in FOREIGN):
            continue
        if not address.startswith(f"{settings.PUBLIC_URL}/"):
            broken.append((address, "not absolute"))
            continue
        status = client.get(address.removeprefix(settings.PUBLIC_URL)).status_code
        if status != 200:
            broken.append((address, status))
    return broken


def publish_and_fetch(client, page):
    """Publish a page; returns its document and every address in it, or in the portal's page, that does not answer."""
    page = publish(page)
    document = client.get(f"/api/v1/documents/{page.translation_key}/").json()
    portal = client.get(page.portal_path)
    assert portal.status_code == 200
    main = portal.content.decode().partition("<main")[2].partition("</main>")[0]
    on_portal = [urljoin(f"{settings.PUBLIC_URL}{page.portal_path}", address) for address in list_addresses(f"<{main}")]
    return document, check_addresses(client, [*list_addresses(document), *on_portal])


@pytest.mark.parametrize("name", BodyBlock().child_blocks)
def test_block_of_a_body_shows_only_what_can_be_fetched(client, shown, name):
    page = make_page(title="Side")
    page.body = [(name, build_sample(name, BodyBlock().child_blocks[name], shown))]

    document, broken = publish_and_fetch(client, page)

    assert ([block["type"] for block in document["blocks"]], broken) == ([name.replace("_", "-")], [])


@pytest.mark.parametrize("model", TYPES)
def test_fields_of_a_page_show_only_what_can_be_fetched(client, shown, model):
    page = make_page(model, title="Side")
    streams = [field for field in page.list_stream_fields() if field != "body"]
    texts = [field.name for field in model._meta.get_fields() if isinstance(field, RichTextField)]
    for name in streams:
        children = model._meta.get_field(name).stream_block.child_blocks
        setattr(page, name, [(kind, build_sample(kind, child, shown)) for kind, child in children.items()])
    for name in texts:
        setattr(page, name, build_rich_text(shown["place"], shown["document"]))

    document, broken = publish_and_fetch(client, page)

    assert ([name for name in (*streams, *texts) if not document[name]], broken) == ([], [])


@pytest.mark.parametrize("name", ["paragraph", "list", "step", "callout", "reusable"])
def test_links_of_a_text_stay_links(client, shown, name):
    page = make_page(title="Side")
    page.body = [(name, build_sample(name, BodyBlock().child_blocks[name], shown))]

    document, _broken = publish_and_fetch(client, page)

    own = [address for address in list_addresses(document["html"]) if address.startswith(settings.PUBLIC_URL)]
    assert shown["place"].full_url in own
    assert any("/documents/" in address for address in own)


@pytest.mark.parametrize(
    ("stk", "written"), [([2], "§ 9 m, stk. 2"), ([1, 3], "§ 9 m, stk. 1 og 3"), ([1, 2, 8], "§ 9 m, stk. 1, 2 og 8")]
)
def test_citation_of_several_stk_names_each_and_is_no_range(stk: list[int], written: str) -> None:
    value = {"eli_uri": ELI_URI, "section": "9 m", "stk": stk, "quote": ""}

    html = CitationBlock().render(CitationBlock().to_python(value))

    assert f">{written}<" in html
