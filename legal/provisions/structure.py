"""Parts of a section as a tree of stk., nr. and litra, parsed from the running text the source delivers.

Kinds are the words of Danish citations: ``section``, ``stk``, ``nr`` ("1)", "ii)", "1."), ``litra``, ``led`` (a second list
of the same kind within one part) and ``pkt`` (a sentence, found on request). The address of a part is made of printed
numbers only, so it is the same in another expression for the same printed place; a section whose stk. are not numbered has
one, ``stk-1``.
"""

from dataclasses import dataclass, field

from cms.core.sentences import find_sentence_ends
from legal.language.section_numbers import normalise_section
from legal.provisions.item_lists import PartDraft, add_items
from legal.provisions.item_marks import LABEL, find_subsection_marks


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a section.

    ``text`` is its own text with its mark, up to its first child, as delivered; ``closing`` is the text behind its children
    that belongs to it. ``text``, the children and ``closing``, one after the other, are the text from ``start`` to ``end``
    (code points of the section's text). ``number`` is the printed one, "2-3" for "Stk. 2 og 3." ; ``path`` is
    ``stk-2/nr-1/litra-b``, "" for the section. ``marker`` is the beginning of ``text`` that numbers it ("Stk. 2.", "b)").
    """

    kind: str
    number: str
    path: str
    marker: str
    text: str
    start: int
    end: int
    children: tuple["Part", ...] = field(default=(), repr=False)
    closing: str = ""

    @property
    def anchor(self) -> str:
        """The path as the id of an element: ``stk-2-nr-1-litra-b``."""
        return self.path.replace("/", "-")

    @property
    def sentences(self) -> tuple["Part", ...]:
        """The sentences ("pkt."), in order. The one that leads into a list runs to the end of that list."""
        content = self.start + len(self.marker)
        bounds = _find_bounds(self.text[len(self.marker) :], content)
        if self.children:
            bounds = [*bounds[:-1], (bounds[-1][0] if bounds else content, self.children[-1].end)]
            bounds += _find_bounds(self.closing, self.children[-1].end)
        whole = self.build_text()
        return tuple(
            Part(
                kind="pkt",
                number=str(number),
                path="/".join(filter(None, [self.path, f"pkt-{number}"])),
                marker="",
                text=whole[start - self.start : end - self.start],
                start=start,
                end=end,
            )
            for number, (start, end) in enumerate(bounds, start=1)
        )

    def build_text(self) -> str:
        """Build the whole text of the part, as delivered."""
        return self.text + "".join(child.build_text() for child in self.children) + self.closing

    def names(self, kind: str, number: str) -> bool:
        """Say whether a citation of this kind and number points here; "stk. 3" also points to "Stk. 2-4."."""
        if self.kind != kind:
            return False
        first, dash, last = self.number.partition("-")
        if dash and number.isdecimal():
            return int(first) <= int(number) <= int(last)
        return self.number == number


def parse_section(text: str) -> Part:
    """Parse the text of a section ("§ 9 a. Der kan … Stk. 2. …") into its parts; text that has none is one stk."""
    label = LABEL.match(text)
    content = label.end() if label else 0
    while content < len(text) and text[content].isspace():
        content += 1
    section = PartDraft("section", normalise_section(label[0]) if label else "", 0, label.end() if label else 0)
    marks = find_subsection_marks(text, content)
    if not marks or marks[0].first != 1:
        section.children.append(PartDraft("stk", "1", content, content))
    for mark in marks:
        number = str(mark.first) if mark.first == mark.last else f"{mark.first}-{mark.last}"
        section.children.append(PartDraft("stk", number, mark.start, mark.end))
    for place, stk in enumerate(section.children):
        following = section.children[place + 1].start if place + 1 < len(section.children) else len(text)
        add_items(stk, text, following)
    return _freeze(section, text, len(text), "")


def find_part(
    section: Part,
    stk: int | None = None,
    nr: int | str | None = None,
    litra: str | None = None,
    pkt: int | None = None,
) -> Part | None:
    """Find what a citation points to; without ``stk`` a number or letter is looked for in the first, as in "§ 5, nr. 2".

    Without anything the section itself is found. ``None`` when there is no such part.
    """
    if stk is None and (nr is not None or litra is not None or pkt is not None):
        stk = 1
    found: Part | None = section
    for kind, number in (("stk", stk), ("nr", nr), ("litra", litra)):
        if number is not None and found is not None:
            found = _find_child(found, kind, str(number))
    if pkt is None or found is None:
        return found
    sentences = found.sentences
    return sentences[pkt - 1] if 0 < pkt <= len(sentences) else None


def build_part_anchor(stk: int | None = None, nr: int | str | None = None, litra: str | None = None) -> str:
    """Build the id a part has on a page, ``stk-2-nr-1-litra-b``; "" for the section itself. Without stk. it is the first."""
    if stk is None and nr is None and litra is None:
        return ""
    steps = (("stk", stk or 1), ("nr", nr), ("litra", litra))
    return "-".join(f"{kind}-{number}" for kind, number in steps if number is not None)


def _find_child(parent: Part, kind: str, number: str) -> Part | None:
    for child in parent.children:
        if child.names(kind, number):
            return child
    further = (child for child in parent.children if child.kind == "led")
    return next((found for child in further if (found := _find_child(child, kind, number))), None)


def _freeze(draft: PartDraft, text: str, end: int, path: str) -> Part:
    children = []
    behind = end if draft.closing is None else draft.closing
    for place, child in enumerate(draft.children):
        following = draft.children[place + 1].start if place + 1 < len(draft.children) else behind
        step = f"{child.kind}-{child.number}"
        children.append(_freeze(child, text, following, f"{path}/{step}" if path else step))
    return Part(
        kind=draft.kind,
        number=draft.number,
        path=path,
        marker=text[draft.start : draft.content],
        text=text[draft.start : draft.children[0].start if draft.children else end],
        start=draft.start,
        end=end,
        children=tuple(children),
        closing=text[behind:end] if draft.children else "",
    )


def _find_bounds(text: str, offset: int) -> list[tuple[int, int]]:
    """Find the bounds of the sentences of a text that stands at an offset, blanks around them left out."""
    bounds = []
    start = 0
    for end in (*find_sentence_ends(text), len(text)):
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            bounds.append((offset + start + lead, offset + start + len(piece.rstrip())))
        start = end
    return bounds
