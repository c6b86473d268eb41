"""The style sheet: it mirrors by itself and asks no one."""

import re
from pathlib import Path

STYLES = (Path(__file__).parents[2] / "frontend/portal/static/portal/portal.css").read_text(encoding="utf-8")


def test_styles_name_no_physical_direction() -> None:
    physical = re.findall(r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|float:", STYLES)

    assert physical == []


def test_styles_load_nothing() -> None:
    assert re.findall(r"url\(|@import|@font-face|https?:", STYLES) == []
