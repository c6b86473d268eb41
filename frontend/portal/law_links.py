"""Citations and sources of a document as links: to the act here if it is known, else to the official source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontend.portal.portal_urls import build_local_path
from legal.language.citation_forms import write_citation, write_place
from legal.language.section_numbers import build_anchor, build_section_key


@dataclass(frozen=True)
class CitationLink:
    """A place in the law: ``9 a``, stk. 1 and 2, of what is called ``name``."""

    url: str
    name: str
    section: str
    stk: Sequence[int | str] = ()
    nr: Sequence[int | str] = ()
    litra: Sequence[str] = ()

    @property
    def is_part(self) -> bool:
        """Say whether it names something inside a stk., which is not told of together with others."""
        return bool(self.nr or self.litra)

    def write(self, language_code: str) -> str:
        """Write it for readers of a language."""
        place = write_place(self.section, self.stk, self.nr, self.litra, language_code)
        return write_citation(self.name, place, language_code)


@dataclass(frozen=True)
class SectionLink:
    """One section of a source; ``path`` is empty where the act is not known here."""

    section: str
    path: str


@dataclass(frozen=True)
class TextLink:
    """One text of an act at the official source: ``LBK 1183/2025``."""

    name: str
    eli_uri: str


@dataclass(frozen=True)
class SourceLink:
    """An act a law note reports on, with its sections and the texts named. ``path`` is empty where the act is not known here."""

    name: str
    path: str
    sections: Sequence[SectionLink]
    texts: Sequence[TextLink]


def build_citation_links(citations: Iterable[Mapping[str, Any]]) -> list[CitationLink]:
    """Build the links of a document's ``citations``, act by act as they first appear, each place once.

    Several stk. of one section become one link; an act as a whole stands there only where none of its sections does.
    """
    merged: dict[tuple[Any, ...], CitationLink] = {}
    for link in map(_build_citation_link, citations):
        if not link.name:
            continue
        key = (link.name, link.section, *((tuple(link.stk), tuple(link.nr), tuple(link.litra)) if link.is_part else ()))
        before = merged.get(key)
        stk = {*(before.stk if before else ()), *link.stk}
        merged[key] = replace(before or link, stk=sorted(stk, key=_sort_number)) if not link.is_part else link
    names = list(dict.fromkeys(link.name for link in merged.values()))
    with_sections = {link.name for link in merged.values() if link.section}
    kept = [link for link in merged.values() if link.section or link.name not in with_sections]
    return sorted(kept, key=lambda link: (names.index(link.name), build_section_key(link.section), link.is_part))


def build_source_links(sources: Iterable[Mapping[str, Any]], paths: Mapping[str, str]) -> list[SourceLink]:
    """Build the links of a law note's ``sources``, each act once with all its sections; ``paths`` maps ids of acts to paths.

    A note that holds two texts of one act beside each other names both, and the sections of either once.
    """
    by_act: dict[str, list[Mapping[str, Any]]] = {}
    for source in sources:
        by_act.setdefault((source.get("act") or {}).get("id") or source["eli_uri"], []).append(source)
    return [_build_source_link(entries, paths.get(act_id, "")) for act_id, entries in by_act.items()]


def name_eli_uri(uri: str) -> str:
    """Name an act by its ELI when nothing better is known: ``lta 2025/1183``."""
    series, _slash, number = uri.partition("/eli/")[2].strip("/").partition("/")
    return f"{series} {number}" if number else uri


def _build_citation_link(citation: Mapping[str, Any]) -> CitationLink:
    act = citation.get("act") or {}
    url = citation.get("url") or act.get("eli_uri") or ""
    return CitationLink(
        url=build_local_path(url),
        name=act.get("short_title") or name_eli_uri(act.get("eli_uri") or url),
        section=citation.get("section") or "",
        stk=citation.get("stk") or (),
        nr=citation.get("nr") or (),
        litra=citation.get("litra") or (),
    )


def _build_source_link(sources: Sequence[Mapping[str, Any]], path: str) -> SourceLink:
    act = sources[0].get("act") or {}
    sections = dict.fromkeys(section for source in sources for section in source.get("sections") or ())
    texts = {source["eli_uri"]: _name_text(source) for source in sources}
    return SourceLink(
        name=act.get("short_title") or name_eli_uri(sources[0]["eli_uri"]),
        path=path,
        sections=[
            SectionLink(section, f"{path}{build_anchor(section)}/" if path else "")
            for section in sorted(sections, key=build_section_key)
        ],
        texts=[TextLink(name, eli_uri) for eli_uri, name in texts.items()],
    )


def _name_text(source: Mapping[str, Any]) -> str:
    text = source.get("expression")
    return f"{text['document_type']} {text['number']}/{text['year']}" if text else name_eli_uri(source["eli_uri"])


def _sort_number(number: int | str) -> tuple[int, str]:
    return build_section_key(str(number))
