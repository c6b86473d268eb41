"""The page of a section, whose parts can be linked to."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cms.core.starter_set import load_languages
from tests.browser.test_portal import RULES
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.browser
TEXT = (
    "Der kan efter ansøgning gives opholdstilladelse til 1) en udlænding over 24 år, som samlever på fælles bopæl i ægteskab "
    "med en person over 24 år, der a) har dansk indfødsret, b) har statsborgerskab i et af de andre nordiske lande eller "
    "c) har opholdstilladelse efter § 7, og 2) et ugift mindreårigt barn under 15 år. Tilladelsen er betinget. "
    + "".join(
        f"Stk. {number}. " + "Reglerne gælder ikke for ansøgninger, der er indgivet forinden. " * 9
        for number in (2, 3, 4)
    )
    + "Stk. 5 og 6. (Ophævet) Stk. 7. Gælder for 1) unge og 2) gamle."
)


@pytest.fixture
def section_path(site: str, tmp_path: Path) -> str:
    """The address of a section with lists."""
    load_languages()
    title = "Bekendtgørelse af udlændingeloven"
    import_lines(tmp_path, build_line("LBK", 1183, "2025-09-25", title, [build_section("9 c", TEXT)]))
    return "/da/acts/udlaendingeloven/9-c/"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_section_with_lists_breaks_no_rule_of_access_and_fits(
    section_path: str, open_page: Any, width: int, dark: bool
) -> None:
    page = open_page(f"{section_path}#stk-1-nr-1-litra-b", width=width, dark=dark)

    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_link_to_a_part_leads_there_and_sets_it_off(section_path: str, open_page: Any) -> None:
    page = open_page(f"{section_path}#stk-7-nr-2")

    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(target).to_have_text("2) gamle.")
    assert target.evaluate("(part) => getComputedStyle(part).boxShadow") != "none"


def test_link_to_one_of_two_joint_stk_sets_off_both(section_path: str, open_page: Any) -> None:
    page = open_page(f"{section_path}#stk-6")

    assert page.locator("#stk-5-6").evaluate("(part) => getComputedStyle(part).boxShadow") != "none"


def test_copied_list_keeps_its_numbers(section_path: str, open_page: Any) -> None:
    page = open_page(section_path)

    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('#stk-1-nr-1 ol')); return getSelection().toString(); }"
    )

    assert copied.split("\n")[0] == "a) har dansk indfødsret,"
