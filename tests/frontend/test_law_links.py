"""Links from documents to the law."""

from frontend.portal.law_links import (
    CitationLink,
    SectionLink,
    SourceLink,
    build_citation_link,
    build_source_link,
    name_eli_uri,
)

ELI_URI = "https://www.retsinformation.dk/eli/lta/2025/1183"


def test_citation_of_a_known_act_leads_to_the_section_here() -> None:
    act = {"id": "1", "short_title": "udlændingeloven", "eli_uri": ELI_URI}
    citation = {"act": act, "section": "9 a", "stk": [2], "url": "http://testserver/da/acts/udlaendingeloven/9-a/"}

    link = build_citation_link(citation)

    assert link == CitationLink("/da/acts/udlaendingeloven/9-a/", "udlændingeloven", "9 a", [2])


def test_citation_of_an_unknown_act_leads_to_the_official_source() -> None:
    link = build_citation_link({"act": None, "section": None, "stk": [], "url": ELI_URI})

    assert link == CitationLink(ELI_URI, "lta 2025/1183", "", ())


def test_source_links_its_sections_where_the_act_is_known() -> None:
    source = {"eli_uri": ELI_URI, "sections": ["9 a"], "act": {"id": "1", "short_title": "udlændingeloven"}}

    assert build_source_link(source, {"1": "/da/acts/u/"}) == SourceLink(
        "udlændingeloven", ELI_URI, "/da/acts/u/", [SectionLink("9 a", "/da/acts/u/9-a/")]
    )
    assert build_source_link({**source, "act": None}, {}) == SourceLink(
        "lta 2025/1183", ELI_URI, "", [SectionLink("9 a", "")]
    )


def test_address_that_is_no_eli_is_its_own_name() -> None:
    assert name_eli_uri("https://example.dk/lov") == "https://example.dk/lov"
