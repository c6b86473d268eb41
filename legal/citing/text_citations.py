"""Resolver of citations found in texts, for a day, to the acts and sections known here.

An act by name is the text of it that applies on the day; an act by number is that very text. The number of queries does not
depend on the texts: names, expressions by number, expressions by day, sections.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from legal.citing.act_names import (
    ApplyingText,
    choose_applying,
    find_applying_texts,
    find_works_by_name,
    list_name_keys,
)
from legal.citing.citation_answers import CitationAnswer
from legal.language.document_types import LOVTIDENDE_A
from legal.language.eli_uris import LOVTIDENDE_A_COLLECTION, build_eli_uri
from legal.models import Expression, Provision, Work
from legal.models.act_references import build_act_reference, build_url
from legal.recognition import ActMention, FoundCitation, MentionKind, find_citations

# Old texts call a consolidation "bekendtgørelse".
SAME_TYPES = {"BEK": ("BEK", "LBK")}


@dataclass(frozen=True)
class ResolvedMention:
    """The act behind a mention; ``end`` is where the act's name really ends in the text, ``act`` ``None`` when not known."""

    act: ApplyingText | None
    end: int


@dataclass
class RecognisedText:
    """One text with what was found in it, and what its mentions are looked up as."""

    text: str
    found: list[FoundCitation]
    keys: dict[ActMention, dict[str, int]] = field(default_factory=dict)

    @property
    def names_act(self) -> bool:
        """Say whether anything in it may lead to an act."""
        return any(entry.act is not None for entry in self.found)


def answer_citations(text: str, as_of: date) -> list[CitationAnswer]:
    """Find and resolve the citations of one text."""
    return resolve_recognised([recognise_citations(text)], as_of)[0]


def recognise_citations(text: str) -> RecognisedText:
    """Find the citations of a text and list what the acts in it are looked up as."""
    recognised = RecognisedText(text, find_citations(text))
    starts = [entry.start for entry in recognised.found]
    for index, entry in enumerate(recognised.found):
        mention = entry.act
        if mention is not None and mention.kind == MentionKind.NAME and mention not in recognised.keys:
            is_last = entry.end == mention.end
            following = starts[index + 1] if index + 1 < len(starts) else len(text)
            recognised.keys[mention] = list_name_keys(text, mention, following if is_last else mention.end)
    return recognised


def resolve_recognised(
    recognised_texts: Sequence[RecognisedText], as_of: date, known_by: datetime | None = None
) -> list[list[CitationAnswer]]:
    """Resolve what was found in some texts, in at most four queries for 5,000 names.

    ``known_by`` is the moment whose knowledge counts; an act that was not known then is taken as it first became known.
    """
    works = find_works_by_name(
        {key for recognised in recognised_texts for keys in recognised.keys.values() for key in keys}
    )
    mentions = {entry.act for recognised in recognised_texts for entry in recognised.found if entry.act is not None}
    numbered = _find_numbered(mentions)
    named = {work.pk: work for found in works.values() for work in found}
    applying = find_applying_texts(named.values(), as_of, known_by) if named else {}
    resolved = [
        {
            mention: _resolve(mention, recognised.keys.get(mention, {}), works, applying, numbered, as_of=as_of)
            for mention in {entry.act for entry in recognised.found if entry.act is not None}
        }
        for recognised in recognised_texts
    ]
    sections = _find_sections(recognised_texts, resolved)
    return [
        [_build_answer(entry, recognised.text, acts, sections) for entry in recognised.found]
        for recognised, acts in zip(recognised_texts, resolved, strict=True)
    ]


def _find_numbered(mentions: set[ActMention]) -> dict[ActMention, ApplyingText]:
    """Find the very texts named by number or address. One query."""
    asked = [mention for mention in mentions if mention.kind in (MentionKind.NUMBER, MentionKind.ELI)]
    if not asked:
        return {}
    numbers = [mention for mention in asked if mention.kind == MentionKind.NUMBER]
    expressions = (
        Expression.objects.filter(
            Q(eli_uri__in={mention.eli_uri for mention in asked if mention.eli_uri})
            | Q(number__in={mention.number for mention in numbers}, year__in={mention.year for mention in numbers}),
            work__isnull=False,
        )
        .select_related("work")
        .defer("introduction", "title")
    )
    by_uri: dict[str, Expression] = {}
    by_number: dict[tuple[str, int, int], Expression] = {}
    for expression in expressions:
        by_uri[expression.eli_uri] = expression
        by_number[expression.document_type, expression.number, expression.year] = expression
    found: dict[ActMention, ApplyingText] = {}
    for mention in asked:
        types = SAME_TYPES.get(mention.document_type, (mention.document_type,))
        candidates = [by_number.get((name, mention.number or 0, mention.year or 0)) for name in types]
        match = next(filter(None, [by_uri.get(mention.eli_uri), *candidates]), None)
        if match is not None and match.work is not None:
            found[mention] = ApplyingText(match.work, match, match.signed_date, match.founded_on)
    return found


def _resolve(
    mention: ActMention,
    keys: Mapping[str, int],
    works: Mapping[str, list[Work]],
    applying: Mapping[int, ApplyingText],
    numbered: Mapping[ActMention, ApplyingText],
    *,
    as_of: date,
) -> ResolvedMention:
    if mention in numbered:
        return ResolvedMention(numbered[mention], mention.end)
    # The longest name that is known is meant: "lov om ferie" in "lov om ferie til en person".
    for key, end in sorted(keys.items(), key=lambda entry: -entry[1]):
        act = choose_applying(works.get(key, ()), applying, as_of)
        if act is not None:
            return ResolvedMention(act, end)
    return ResolvedMention(None, mention.end)


def _find_sections(
    recognised_texts: Sequence[RecognisedText], resolved: Sequence[Mapping[ActMention, ResolvedMention]]
) -> dict[tuple[int, str], str]:
    """Find the sections cited, as stored, by expression and section as written. One query.

    The case of the letter decides only where both cases occur.
    """
    wanted: set[tuple[int, str]] = set()
    for recognised, acts in zip(recognised_texts, resolved, strict=True):
        for entry in recognised.found:
            act = acts[entry.act].act if entry.act is not None else None
            if act is not None and entry.section:
                wanted.add((act.expression.pk, entry.section))
    if not wanted:
        return {}
    spellings = {spelling for _key, section in wanted for spelling in (section, section.lower(), section.upper())}
    served = Provision.objects.served().filter(expression__in={key for key, _section in wanted}, section__in=spellings)
    stored = set(served.values_list("expression_id", "section"))
    found = {}
    for key, section in wanted:
        spelled = [name for name in (section, section.lower(), section.upper()) if (key, name) in stored]
        if spelled:
            found[key, section] = spelled[0]
    return found


def _build_answer(
    entry: FoundCitation,
    text: str,
    acts: Mapping[ActMention, ResolvedMention],
    sections: Mapping[tuple[int, str], str],
) -> CitationAnswer:
    resolved = acts[entry.act] if entry.act is not None else None
    act = resolved.act if resolved is not None else None
    end = entry.end
    if resolved is not None and entry.act is not None and entry.end == entry.act.end:
        end = resolved.end
    url = build_official_uri(entry.act) if entry.act is not None else None
    if act is not None:
        section = sections.get((act.expression.pk, entry.section or ""))
        url = build_url(act.work.build_section_path(section) if section else act.work.path)
    return CitationAnswer(
        start=entry.start,
        end=end,
        text=text[entry.start : end],
        act=build_act_reference(act.work, act.expression) if act is not None else None,
        section=entry.section,
        section_to=entry.section_to,
        stk=list(entry.stk),
        nr=list(entry.nr),
        litra=list(entry.litra),
        pkt=list(entry.pkt),
        partial=entry.partial,
        url=url,
    )


def build_official_uri(mention: ActMention) -> str | None:
    """Build the official address of an act mentioned by number or address; ``None`` where it does not follow from that."""
    if mention.eli_uri:
        return mention.eli_uri
    if mention.document_type in LOVTIDENDE_A and mention.number:
        return build_eli_uri(LOVTIDENDE_A_COLLECTION, mention.year, mention.number)
    return None
