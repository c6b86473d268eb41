"""Finder of all citations in a text, read from left to right, with the act each belongs to.

What opens a text as its own label ("§ 9 a. Der kan …", "Stk. 2. …") is no citation, nor are chapters, annexes, and articles of
treaties and of regulations of the European Union.
"""

import re
from dataclasses import dataclass, field, replace

from legal.recognition.act_mentions import find_mention_after, find_mention_before
from legal.recognition.cited_places import NOWHERE, CitedPlace, read_sections
from legal.recognition.found_citations import ActMention, FoundCitation
from legal.recognition.numbered_acts import find_eli_start, find_kind_before, read_eli, read_numbered_act
from legal.recognition.partial_places import read_partial
from legal.recognition.visible_text import VisibleText

# Example: "efter ‹§› 9 a"
# Example: "efter ‹nr› 5"
# Example: "jf. ‹stk›. 2"
# Example: "1183‹/›2025"
# Example: "se ‹LBK› 1183"
MARK = re.compile(
    r"(?P<section>§|[Pp]aragraf)|(?P<number>[Nn]r\b)|(?P<part>(?:[Ss]tk|[Ll]itra)\b)|(?P<sentence>pkt\b|punktum\b)|"
    r"(?P<eli>/eli/)|(?P<year>/(?=(?:1[6-9]|20)\d\d(?!\d)))|(?P<kind>(?:LBK|BEK|LOV|CIR|VEJ|lbk|bek|[Ll]ov)(?=\s\d))"
)
# Example: "‹§ 9 a.› Der kan gives"
# Example: "‹§§ 20-31.› (Ophævet)"
LABEL = re.compile(
    r"\s*+(?:§\s*+){1,3}\d{1,4}(?:\s?([^\W\d_])\1?)?(?:\s*+(?:[-–,]|og)\s*+\d{1,4}(?:\s?[^\W\d_])?)*"
    r"\.(?=\s+\S)(?!\s*+(?:pkt|punktum|og|eller|samt|til|[-–,])\b)"
)
# What joins sections to one citation of an act; a chapter or a clause ("1. led") may stand between.
# Example: "‹, jf. ›§ 41"
# Example: "‹ og ›§ 41"
JOINT = re.compile(
    r"\s*+,?+\s*+(?:\d\.\s+led\b\s*+,?+\s*+)?(?:(?:og/eller|og|eller|samt|henholdsvis|sammenholdt\s+med|(?P<under>jf\.))\s+)?"
    r"(?:i\s+|kapitel\s+\d+(?:\s+[a-z])?(?:\s*,\s*|\s+(?:og|eller)\s+))?(?=§)"
)
# Example: "‹ (›§ 1, nr. 73)"
BRACKET = re.compile(r"\s?\(\s?")
# Example: "‹, ›§ 9"
GAP = re.compile(r"\s*+,?+\s*+")


@dataclass
class CitationEntry:
    """A place and the act it belongs to, in places of the visible text; ``start`` and ``end`` include the act's name."""

    start: int
    end: int
    place: CitedPlace = NOWHERE
    act: ActMention | None = None


@dataclass
class SectionChain:
    """Sections joined to each other that wait for an act named behind them; ``counts`` are the lengths at each "jf."."""

    entries: list[CitationEntry] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def mark_under(self) -> None:
        """Mark that what follows stands behind a "jf."."""
        self.counts.append(len(self.entries))

    def list_ungoverned(self) -> list[CitationEntry]:
        """List the entries an act named behind governs too.

        In "§ 39, jf. § 41, i husdyrbrugloven" it governs both; sections listed before a "jf." are those of the text itself.
        """
        is_list_apart = len(self.counts) == 1 and self.counts[0] > 1
        entries = self.entries[self.counts[0] :] if is_list_apart else self.entries
        return [entry for entry in entries if entry.act is None]


@dataclass
class CitationFinder:
    """Reads one text from left to right."""

    text: str
    entries: list[CitationEntry] = field(default_factory=list)
    at: int = 0

    def find(self) -> list[CitationEntry]:
        """Find all citations, in order; they do not overlap."""
        if label := LABEL.match(self.text):
            self.at = label.end()
        while mark := MARK.search(self.text, self.at):
            reached = self._read(mark.start(), mark.lastgroup)
            self.at = mark.end() if reached is None else reached
        return self.entries

    def _read(self, start: int, kind: str | None) -> int | None:
        """Read what stands at a mark and return where it ends; ``None``: it is nothing."""
        if kind == "section":
            return self._read_sections(start)
        if kind == "eli":
            return self._add_act(read_eli(self.text, find_eli_start(self.text, start, self.at)))
        if kind in ("number", "year", "kind"):
            begins = start if kind == "kind" else find_kind_before(self.text, start, self.at)
            reached = None if begins is None else self._add_act(read_numbered_act(self.text, begins))
            if reached is not None or kind != "number":
                return reached
        run = read_partial(self.text, start, self.at, is_sentence=kind == "sentence")
        if run is None:
            return None
        self.entries += [CitationEntry(place.start, place.end, place) for place in run.places]
        return run.end

    def _add_act(self, act: ActMention | None) -> int | None:
        if act is None:
            return None
        self.entries.append(CitationEntry(act.start, act.end, act=act))
        return act.end

    def _read_sections(self, start: int) -> int | None:
        """Read sections joined to each other: an act before them governs all, one behind them those that have none yet."""
        run = read_sections(self.text, start)
        if run is None:
            return None
        leading = self._take_act_alone(start) or find_mention_before(self.text, start, self.at)
        begins = leading.start if leading else start
        if leading is None and self._is_behind_bracket(start):
            leading = self.entries[-1].act
        chain = SectionChain()
        while True:
            entries = [CitationEntry(place.start, place.end, place, leading) for place in run.places]
            entries[0].start = begins
            self.entries += entries
            end = run.end
            following = None if leading and begins < run.places[0].start else find_mention_after(self.text, end)
            if following is not None:
                end = entries[-1].end = following.end
                for entry in entries + chain.list_ungoverned():
                    entry.act = following
                leading, chain = None, SectionChain()
            else:
                chain.entries += entries
            joint = JOINT.match(self.text, end)
            joined = read_sections(self.text, joint.end()) if joint and joint.end() > end else None
            if joint is None or joined is None:
                return end
            if joint["under"]:
                chain.mark_under()
            run, begins = joined, joint.end()

    def _is_behind_bracket(self, start: int) -> bool:
        """Say whether a section stands in brackets behind an act by number: "lov nr. 310 af 30. marts 2015 (§ 1, nr. 73)"."""
        last = self.entries[-1] if self.entries else None
        return last is not None and last.place is NOWHERE and bool(BRACKET.fullmatch(self.text, last.end, start))

    def _take_act_alone(self, start: int) -> ActMention | None:
        """Take an act mentioned by number directly before a section: the two are one citation."""
        if not self.entries or self.entries[-1].place is not NOWHERE:
            return None
        if not GAP.fullmatch(self.text, self.entries[-1].end, start):
            return None
        return self.entries.pop().act


def find_citations(text: str) -> list[FoundCitation]:
    """Find the citations of a text, in order; they do not overlap. Time grows with the length of the text alone."""
    visible = VisibleText(text)
    return [_build_found(entry, visible) for entry in CitationFinder(visible.text).find()]


def _build_found(entry: CitationEntry, visible: VisibleText) -> FoundCitation:
    start, end = visible.get_span(entry.start, entry.end)
    place = entry.place
    act = entry.act
    if act is not None and visible.is_shifted:
        act_start, act_end = visible.get_span(act.start, act.end)
        act = replace(act, start=act_start, end=act_end, text=visible.sent[act_start:act_end])
    return FoundCitation(
        start=start,
        end=end,
        text=visible.sent[start:end],
        act=act,
        section=place.section or None,
        section_to=place.section_to or None,
        stk=place.stk,
        nr=place.nr,
        litra=place.litra,
        pkt=place.pkt,
        partial=place is not NOWHERE and not place.section,
    )
