"""Names of sections and acts in an Arabic frame: each stands in an element that is read from left to right."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cms.core.calendar import today
from cms.publication.following.followers import rebuild
from legal.models import Work
from legal.reviews.citation_index import store_citations
from search.followers import DatabaseFollower
from tests.frontend.drafts import release
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

ACT = "/ar/acts/udlaendingeloven/"
# Example: "السابق: ‹§ 9›"
# Example: "‹LBK 1183/2025›"
NAME = re.compile(r"§\s*\d+|\b[A-ZÆØÅ]{3} \d+/\d{4}|\bStk\. \d")


@pytest.fixture(autouse=True)
def law(tmp_path: Path, settings: Any) -> None:
    """An act of three sections in two texts, and Arabic texts that name its sections wherever they can."""
    settings.SEARCH = "embedded"
    title = "Bekendtgørelse af udlændingeloven"
    sections = [build_section(section, f"Tekst om {section}.") for section in ("9", "9 a", "9 b")]
    changed = [build_section("9", "Ni."), build_section("9 a", "Ny tekst. Stk. 2. Mere."), sections[2]]
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", title, sections),
        build_line("LBK", 1183, "2025-09-25", title, changed),
    )
    act = {"id": str(Work.objects.get().content_id), "short_title": "Udlændingeloven", "eli_uri": "x"}
    citation = {"act": act, "section": "9 a", "section_to": None, "url": "", "stk": [2]}
    words = "حسب § 9 a, stk. 2 من القانون"
    common: dict[str, Any] = {"source_locale": "ar"}
    fields = {"title": words, "summary": words, "citations": [citation]}
    release("page", "ar", path="/ar/", fields={"layout": "home", "title": words, "summary": words}, **common)
    release("page", "ar", slug="qanun", fields={"layout": "section", "title": words, "summary": words}, **common)
    steps = [{"title": words, "html": "<p>نص</p>", "bring": [words], "where": {"title": words}, "how_long": words}]
    release("guide", "ar", slug="qanun/dalil", fields={**fields, "steps": steps}, **common)
    note = release(
        "law-note",
        "ar",
        slug="qanun/mulahaza",
        change_note=words,
        fields={
            **fields,
            "sources": [{"eli_uri": "x", "sections": ["9 a"], "act": act}],
            "commencements": [{"date": str(today() + timedelta(days=9)), "provisions": ["9 a"], "note": words}],
        },
        **common,
    )
    store_citations([note.content_id])
    rebuild(DatabaseFollower())


@pytest.mark.parametrize(
    "path",
    [
        "/ar/",
        "/ar/qanun/",
        "/ar/qanun/dalil/",
        "/ar/qanun/mulahaza/",
        "/ar/acts/",
        ACT,
        f"{ACT}?section=77",
        f"{ACT}?as_of=2025-01-01",
        f"{ACT}9-a/",
        f"{ACT}9-a/?as_of=2025-01-01",
        f"{ACT}diff/",
        f"{ACT}diff/?section=9+a&from=2024-09-02&to=2025-09-25",
        "/ar/search/?q=%C2%A7+9+a+udl%C3%A6ndingeloven",
    ],
)
def test_name_of_a_section_or_an_act_is_read_from_left_to_right(read: Any, path: str) -> None:
    page = read(path)

    assert page.status_code == 200
    found = [text for text in page.soup.body.find_all(string=NAME) if text.find_parent(["option", "script"]) is None]
    assert found or path in ("/ar/acts/",)
    bare = [str(text) for text in found if text.find_parent(attrs={"dir": True})["dir"] != "ltr"]
    assert bare == []
    assert [tag["aria-label"] for tag in page.soup.select("[aria-label]") if "§" in tag["aria-label"]] == []


def test_neighbours_of_a_section_are_named_with_their_letter_after_the_number(read: Any) -> None:
    links = read(f"{ACT}9-a/").soup.select(".pagination a")

    assert [(link.bdi.get_text(), link.bdi["dir"], link.bdi["lang"]) for link in links] == [
        ("§\u00a09", "ltr", "da"),
        ("§\u00a09\u00a0b", "ltr", "da"),
    ]
