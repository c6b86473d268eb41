"""The style sheets and what they bring: they mirror by themselves, ask no other host, and their fonts are free and small."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "frontend/portal/static/portal"
SHEETS = sorted(FOLDER.glob("*.css"))
# Example: url("fonts/source-serif-4-latin.woff2")
ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
MOST_FONT_BYTES = 200_000


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_styles_name_no_physical_direction(sheet: Path) -> None:
    styles = sheet.read_text(encoding="utf-8")

    assert re.findall(r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|float:", styles) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_styles_load_only_what_lies_beside_them(sheet: Path) -> None:
    styles = sheet.read_text(encoding="utf-8")

    assert re.findall(r"@import|https?:|//[a-z]", styles) == []
    assert [address for address in ADDRESS.findall(styles) if not (FOLDER / address).is_file()] == []


def test_fonts_are_small_and_lie_beside_their_licences() -> None:
    fonts = sorted((FOLDER / "fonts").glob("*.woff2"))
    families = {font.name.partition("-latin")[0].partition("-cyrillic")[0].partition("-600")[0] for font in fonts}

    assert sum(font.stat().st_size for font in fonts) <= MOST_FONT_BYTES
    assert {font.name for font in fonts} == {
        Path(url).name for url in ADDRESS.findall((FOLDER / "fonts.css").read_text())
    }
    assert families == {licence.stem.removeprefix("OFL-") for licence in (FOLDER / "fonts").glob("OFL-*.txt")}
