"""Links from documents to the law."""

from typing import Any

from frontend.portal.law_links import (
    CitationLink,
    SectionLink,
    SourceLink,
    TextLink,
    build_citation_links,
    build_source_links,
    name_eli_uri,
)

ELI_URI = "https://www.retsinformation.dk/eli/lta/2025/1183"
OLD_ELI_URI = "https://www.retsinformation.dk/eli/lta/2024/1009"
ACT = {"id": "1", "short_title": "Udlændingeloven", "eli_uri": ELI_URI}


def cite(section: str | None = None, stk: tuple[int, ...] = (), **parts: Any) -> dict[str, Any]:
    path = f"{section.replace(' ', '-')}/" if section else ""
    return {
        "act": ACT,
        "section": section,
        "stk": list(stk),
        "url": f"http://testserver/da/acts/u/{path}",
        **parts,
    }


def test_citation_of_a_known_act_leads_to_the_section_here() -> None:
    assert build_citation_links([cite("9 a", (2,))]) == [CitationLink("/da/acts/u/9-a/", "Udlændingeloven", "9 a", [2])]


def test_citation_of_an_unknown_act_leads_to_the_official_source() -> None:
    links = build_citation_links([{"act": None, "section": None, "stk": [], "url": ELI_URI}])

    assert links == [CitationLink(ELI_URI, "lta 2025/1183", "", [])]


def test_citations_of_one_section_are_told_once_with_every_stk() -> None:
    citations = [cite("14", (1,)), cite("9 a", (8,)), cite("9 a", (1, 2)), cite("9 a", (8,)), cite("9 a"), cite()]

    links = build_citation_links(citations)

    assert [link.write("da") for link in links] == [
        "Udlændingelovens § 9 a, stk. 1, 2 og 8",
        "Udlændingelovens § 14, stk. 1",
    ]


def test_citation_of_a_number_keeps_its_place_and_stands_there_once() -> None:
    citations = [cite("14", (1,), nr=[2]), cite("14", (1,)), cite("14", (1,), nr=[2])]

    assert [link.write("en") for link in build_citation_links(citations)] == [
        "Udlændingeloven § 14, stk. 1",
        "Udlændingeloven § 14, stk. 1, nr. 2",
    ]


def test_citation_that_names_no_act_is_no_link() -> None:
    assert build_citation_links([{"act": None, "section": "9", "stk": [], "url": None}]) == []


def test_source_in_two_texts_is_one_act_with_each_section_once() -> None:
    def build_source(uri: str, sections: list[str], year: int, number: int) -> dict[str, Any]:
        text = {"document_type": "LBK", "number": number, "year": year, "eli_uri": uri}
        return {"eli_uri": uri, "sections": sections, "act": ACT, "expression": text}

    sources = [
        build_source(ELI_URI, ["13", "9 a"], 2025, 1183),
        build_source(OLD_ELI_URI, ["9 a"], 2024, 1009),
    ]

    assert build_source_links(sources, {"1": "/da/acts/u/"}) == [
        SourceLink(
            "Udlændingeloven",
            "/da/acts/u/",
            [SectionLink("9 a", "/da/acts/u/9-a/"), SectionLink("13", "/da/acts/u/13/")],
            [TextLink("LBK 1183/2025", ELI_URI), TextLink("LBK 1009/2024", OLD_ELI_URI)],
        )
    ]


def test_source_that_is_not_known_here_leads_to_the_official_text() -> None:
    source = {"eli_uri": ELI_URI, "sections": ["9 a"], "act": None}

    assert build_source_links([source], {}) == [
        SourceLink("lta 2025/1183", "", [SectionLink("9 a", "")], [TextLink("lta 2025/1183", ELI_URI)])
    ]


def test_address_that_is_no_eli_is_its_own_name() -> None:
    assert name_eli_uri("https://example.dk/lov") == "https://example.dk/lov"
