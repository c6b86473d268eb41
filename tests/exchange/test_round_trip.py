"""Content out and in loses nothing: generated pages of every type survive a bundle, into the same site and into an empty one."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page

from cms.core.calendar import today
from cms.core.models import Consortium
from cms.core.starter_set import load_languages, load_organisations, load_vocabularies
from cms.exchange.bundle_export import BundleExporter
from cms.exchange.bundle_files import BundleFiles
from cms.exchange.bundle_import import BundleRefusedError, import_bundle
from cms.exchange.bundle_lines import INHERITED
from cms.exchange.bundle_report import FILE_KINDS
from cms.exchange.registry import bundle_registry
from cms.exchange.sites import get_home
from cms.publication.models import Release, Window
from cms.publication.pages.obstacles import accepting_gaps
from tests.factories.figures import make_figure
from tests.factories.files import build_picture, make_document, make_image
from tests.factories.generated_pages import World, build_values
from tests.factories.pages import make_page
from tests.factories.references import make_block

# Half of them translations; the same on every run. The whole suite has them once, the second database takes some of them.
PAGES = int(os.environ.get("ROUND_TRIP_PAGES", "60" if os.environ.get("TEST_DATABASE_URL") else "500"))
# What no two sites have alike: moments, versions, and the numbers under which they keep files.
# Example: "‹/media/image/7/0123456789abcdef/width-1200/foto.png›"
# Example: "‹/documents/7/0123456789abcdef/blanket.pdf›"
FILE_ADDRESS = re.compile(r"/(?:media/image|documents)/\d+/([0-9a-f]{16})/[^\"<\\]*")
OWN_NAMES = {"version", "released_at", "first_released_at", "source_version", "image", "document"}
ACTIONS = ("publish", "publish", "draft", "publish and draft", "publish and plan")


@pytest.fixture
def vocabularies(db):
    """All languages, vocabularies and organisations, and no page."""
    load_languages()
    load_vocabularies()
    load_organisations()
    cache.clear()
    with translation.override("en"), time_machine.travel("2026-03-01T12:00:00+01:00", tick=False):
        yield


def make_world() -> World:
    """Make one page of each type in a Danish and an English site, and records they may refer to."""
    homes = [get_home("da"), get_home("en")]
    pages = {
        name: [make_page(kind.model, title=f"Om {name}", parent=homes[0])]
        for name, kind in bundle_registry.kinds.items()
    }
    block = make_block("<p>Ring <b>nu</b></p>")
    return World(
        pages={**pages, "homes": homes},
        image=[make_image("foto.png", build_picture(size=(40, 10)), description="Et foto")],
        document=[make_document("blanket.pdf")],
        figure=[make_figure(amounts={today(): "514000.00"})],
        reusableblock=[block, make_block("<p>Call</p>", "en", translation_key=block.translation_key)],
        consortium=list(Consortium.objects.all()),
    )


def fill(page: Any, values: dict[str, Any]) -> Any:
    """Set the values on what an editor would see next; a translation keeps what it inherits."""
    draft = page.get_latest_revision_as_object()
    kept = INHERITED if page.list_source_first()[0].pk != page.pk else ()
    for name, value in values.items():
        if name not in kept:
            setattr(draft, name, value)
    return draft


def act(page: Any, action: str, first_values: dict[str, Any], second_values: dict[str, Any]) -> None:
    """Write a page as editors do: publish, save a draft, or one after the other. Generated law notes rest on no act."""
    with accepting_gaps():
        act_on(page, action, first_values, second_values)


def act_on(page: Any, action: str, first_values: dict[str, Any], second_values: dict[str, Any]) -> None:
    first = fill(page, first_values)
    if action == "draft":
        if not page.live:
            # As the editor does: what is not live stands in its row as in its draft, and translations inherit from the row.
            first.save(clean=False)
        first.save_revision()
        return
    if action == "publish and plan":
        first.applies_from, first.applies_until = None, None
    first.save_revision().publish()
    if action == "publish":
        return
    page.refresh_from_db()
    second = fill(page, second_values)
    if action == "publish and draft":
        second.save_revision()
        return
    second.applies_from, second.applies_until = today() + timedelta(days=30), None
    second.save_revision().publish()


def write_site() -> None:
    """Write a site of generated pages, each in Danish and in English, over a world they refer to."""
    world = make_world()
    for page in world.list_pages():
        page.save_revision().publish()
    english = Locale.objects.get(language_code="en")
    block = world.records["reusableblock"][0]
    block.body = f'<p>Se <a linktype="page" id="{world.pages["article"][0].pk}">her</a></p>'
    block.save_revision().publish()
    values = {name: build_values(kind.model, world) for name, kind in bundle_registry.kinds.items()}
    home = world.pages["homes"][0]
    # Contents lie below the home page here, plain pages below any page of the site.
    parents = {"page": st.sampled_from([home, *world.pages["page"]])}
    actions = st.sampled_from(ACTIONS)

    @settings(
        max_examples=PAGES // 2,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def write_page(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(list(values)))
        parent = data.draw(parents.get(name, st.just(home)))
        action, other_action = data.draw(actions), data.draw(actions)
        first, second, third = (data.draw(values[name]) for _number in range(3))
        if name == "consortium":
            # A consortium's own page is about one consortium; its members stand in the text.
            second |= {part: first[part] for part in ("consortium", "visibility")}
        page = make_page(bundle_registry.kinds[name].model, title=f"Side {Page.objects.count()}", parent=parent)
        act(page, action, first, second)
        page.refresh_from_db()
        translated = page.copy_for_translation(english, copy_parents=True)
        act(translated, other_action if page.live else "draft", third, second)

    write_page()


def shift_numbers() -> None:
    """Make and delete one of everything, so that nothing gets the number it had on the other site."""
    for thing in (
        make_image("x.png", build_picture("red", (9, 9))),
        make_document("x.pdf", b"x"),
        make_block("<p>x</p>"),
    ):
        thing.delete()
    home = get_home("da")
    page = make_page(parent=home)
    page.delete()


def read_site() -> dict[tuple[Any, ...], Any]:
    """Read what readers get on every day, without what no two sites have alike."""
    windows = Window.objects.select_related("release__stored_body")
    return {
        (str(window.content_id), window.locale, window.starts, window.ends): _strip(
            bytes(window.release.stored_body.body)
        )
        for window in windows
    }


def _strip(body: bytes) -> Any:
    return _without(orjson.loads(FILE_ADDRESS.sub(r"/\1", body.decode())))


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without(part) for name, part in value.items() if name not in OWN_NAMES}
    return [_without(part) for part in value] if isinstance(value, list) else value


def export(folder: Path) -> list[str]:
    """Write a bundle, and its files beside it; nothing may be left out."""
    exporter = BundleExporter(BundleFiles(folder))
    lines = list(exporter.write())
    assert exporter.warnings == []
    return lines


def import_lines(lines: list[str], folder: Path) -> Any:
    """Import a bundle that has no error."""
    try:
        return import_bundle([line.encode() for line in lines], files=BundleFiles(folder))
    except BundleRefusedError as refusal:
        errors = [f"{error}: {lines[error.line - 1]}" for error in refusal.report.errors]
        raise AssertionError("\n".join(errors)) from refusal


def read_lines(lines: list[str]) -> dict[tuple[Any, ...], Any]:
    """Read lines by their keys, without the name a file is stored under: that depends on what else is stored."""
    read = {}
    for values in map(json.loads, lines):
        if values["kind"] in FILE_KINDS:
            del values["fields"]["name"]
        key = tuple(values.get(name) for name in ("kind", "source_id", "locale", "applies_from", "publish"))
        read[key] = values
    return read


def list_differences(lines: dict[tuple[Any, ...], Any], others: dict[tuple[Any, ...], Any]) -> list[Any]:
    """List where lines differ: their key, the name of the value, and both values."""
    pairs = [(key, lines.get(key, {}), others.get(key, {})) for key in sorted({*lines, *others}, key=str)]
    return [
        (key, name, line.get(name), other.get(name))
        for key, line, other in pairs
        for name in sorted({*line, *other})
        if line.get(name) != other.get(name)
    ]


def test_site_of_generated_pages_survives_a_bundle(vocabularies, tmp_path):
    with transaction.atomic():
        write_site()
        before, rows = read_site(), Release.objects.count()
        lines = export(tmp_path)
        report = import_lines(lines, tmp_path)
        differences = list_differences(read_lines(export(tmp_path)), read_lines(lines))
        changes = (report.released, report.drafted, report.withdrawn, report.files, Release.objects.count() - rows)
        transaction.set_rollback(True)
    cache.clear()
    shift_numbers()
    import_lines(lines, tmp_path)

    assert differences == []
    assert changes == (0, 0, 0, 0, 0)
    assert list_differences(read_site(), before) == []
    assert list_differences(read_lines(export(tmp_path)), read_lines(lines)) == []
