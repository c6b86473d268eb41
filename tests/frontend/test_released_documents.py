"""Menus and lists cost the same however much there is elsewhere on the site."""

from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.core.calendar import today
from frontend.portal.released_documents import find_by_path, list_children
from frontend.portal.site_places import MenuEntry, list_home_locales, list_menu_entries
from tests.api.contents import Loads
from tests.frontend.drafts import release

pytestmark = pytest.mark.django_db

_numbers = count(1)


@pytest.fixture
def home() -> None:
    """A home page with a section and a plain page beneath it, and what does not belong into its menus."""
    release("page", path="/da/", fields={"layout": "home", "title": "Forside"})
    release("page", path="/da/svar/", fields={"layout": "section", "title": "Svar"})
    release("page", path="/da/om/", fields={"layout": "plain", "title": "Om"})
    release("page", path="/da/om/os/", fields={"layout": "plain", "title": "Os"})
    release("page", "en", path="/en/about/", fields={"layout": "plain", "title": "About"})
    release("page", path="/da/skjult/", visibility="network", fields={"layout": "plain", "title": "Skjult"})


def fill(many: int) -> None:
    """Release plain pages below others, answers, and acts: nothing that a menu names."""
    for number in (next(_numbers) for _ in range(many)):
        release("page", path=f"/da/om/side-{number}/", fields={"layout": "plain"})
        release("article", path=f"/da/svar/{number}/")
        release("article", path=f"/da/svar/{number}/bilag/")
        release("article", path=f"/da/acts/lov-{number}/")


def test_menus_name_what_lies_right_under_the_home_page(home: None) -> None:
    assert list_menu_entries("da", today()) == [
        MenuEntry("Svar", "/da/svar/", "section", "da"),
        MenuEntry("Om", "/da/om/", "plain", "da"),
    ]
    assert list_home_locales(today()) == ["da"]


def test_section_lists_what_lies_right_under_it(home: None) -> None:
    fill(3)
    section = find_by_path("/da/svar/", today())
    assert section is not None

    listing = list_children(section, "da", today())

    assert listing is not None
    assert (listing.total, {item.path.count("/") for item in listing.items}) == (3, {4})


@pytest.mark.parametrize(("path", "opened"), [("/da/", 2), ("/da/om/", 1), ("/da/svar/", 21), ("/da/findes/ikke/", 0)])
def test_page_opens_and_asks_the_same_however_much_there_is(read: Any, home: None, path: str, opened: int) -> None:
    fill(22)
    with CaptureQueriesContext(connection) as few, Loads() as loads:
        read(path)
    fill(30)
    with CaptureQueriesContext(connection) as many, Loads() as later_loads:
        read(path)

    assert len(many) == len(few)
    assert later_loads.count == loads.count <= opened
