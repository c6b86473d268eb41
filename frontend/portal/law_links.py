"""Citations and sources of a document as links: to the act here if it is known, else to the official source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frontend.portal.portal_urls import build_local_path
from legal.language.section_numbers import build_anchor


@dataclass(frozen=True)
class CitationLink:
    """A place in the law: ``9 a``, stk. 1 and 2, of what is called ``name``."""

    url: str
    name: str
    section: str
    stk: Sequence[int]


@dataclass(frozen=True)
class SectionLink:
    """One section of a source; ``path`` is empty where the act is not known here."""

    section: str
    path: str


@dataclass(frozen=True)
class SourceLink:
    """An act a law note reports on, with its sections. ``path`` is empty where the act is not known here."""

    name: str
    eli_uri: str
    path: str
    sections: Sequence[SectionLink]


def build_citation_link(citation: Mapping[str, Any]) -> CitationLink:
    """Build the link of one entry of a document's ``citations``."""
    act = citation.get("act") or {}
    url = citation.get("url") or act.get("eli_uri") or ""
    return CitationLink(
        url=build_local_path(url),
        name=act.get("short_title") or name_eli_uri(act.get("eli_uri") or url),
        section=citation.get("section") or "",
        stk=citation.get("stk") or (),
    )


def build_source_link(source: Mapping[str, Any], paths: Mapping[str, str]) -> SourceLink:
    """Build the link of one entry of a law note's ``sources``; ``paths`` maps ids of acts to where they stand."""
    act = source.get("act") or {}
    path = paths.get(act.get("id", ""), "")
    return SourceLink(
        name=act.get("short_title") or name_eli_uri(source["eli_uri"]),
        eli_uri=source["eli_uri"],
        path=path,
        sections=[
            SectionLink(section, f"{path}{build_anchor(section)}/" if path else "")
            for section in source.get("sections") or ()
        ],
    )


def name_eli_uri(uri: str) -> str:
    """Name an act by its ELI when nothing better is known: ``lta 2025/1183``."""
    series, _slash, number = uri.partition("/eli/")[2].strip("/").partition("/")
    return f"{series} {number}" if number else uri
