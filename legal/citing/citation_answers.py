"""Resolver of a structured citation (ELI URI, section, stk.) to the answer the API gives."""

from collections.abc import Sequence
from typing import Any, TypedDict

from legal.language.eli_uris import normalise_eli_uri
from legal.language.section_numbers import normalise_section
from legal.models import Expression
from legal.models.act_references import build_act_reference, build_url


class CitationAnswer(TypedDict):
    """A resolved citation; ``start``, ``end`` and ``text`` are ``None`` when it was not found in a text.

    ``act`` is ``{"id", "short_title", "document_type", "number", "year", "eli_uri"}`` of the text cited, ``None`` when
    it is not known here; ``url`` leads to the portal then, else to the official source.
    """

    start: int | None
    end: int | None
    text: str | None
    act: dict[str, Any] | None
    section: str | None
    section_to: str | None
    stk: list[int | str]
    nr: list[int | str]
    litra: list[str]
    pkt: list[int]
    partial: bool
    url: str | None


def resolve_citation(
    eli_uri: str,
    section: str | None = None,
    stk: Sequence[int] = (),
    nr: Sequence[int] = (),
    litra: Sequence[str] = (),
) -> CitationAnswer:
    """Resolve a citation given by its parts. One query; an act that is not known here gives ``act: None``."""
    uri = normalise_eli_uri(eli_uri)
    cited = normalise_section(section or "") or None
    expression = Expression.objects.find_by_eli_uri(uri)
    work = expression.work if expression else None
    act, url = None, uri
    if expression is not None and work is not None:
        act = build_act_reference(work, expression)
        url = build_url(work.build_section_path(cited) if cited else work.path)
    return CitationAnswer(
        start=None,
        end=None,
        text=None,
        act=act,
        section=cited,
        section_to=None,
        stk=list(stk),
        nr=list(nr),
        litra=list(litra),
        pkt=[],
        partial=False,
        url=url,
    )
