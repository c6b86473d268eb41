"""Lists inside a stk.: which of the marks in running text are items, and what each of them belongs to.

The source delivers no line ends, so order is all there is to go by: "2)" is an item when it comes after "1)", and "1)" when
a "2)" follows or a colon stands before it. Everything else (a footnote's "54)", "nr. 3)") is text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cms.core.sentences import find_sentence_ends
from cms.core.unicode_text import INVISIBLE
from legal.provisions.item_marks import LETTER_PLACES, ItemMark, MarkReading, find_item_marks

KINDS = {"number": "nr", "point": "nr", "roman": "nr", "letter": "litra", "capital": "litra"}
DEPTH_LIMIT = 6
LOOKAHEAD = 200
COLON_REACH = 8


@dataclass(slots=True)
class PartDraft:
    """A part while its text is read. ``content`` is where its own text begins, ``closing`` where the text behind its list does."""

    kind: str
    number: str
    start: int
    content: int
    children: list["PartDraft"] = field(default_factory=list)
    closing: int | None = None


@dataclass(slots=True)
class ItemList:
    """A list that is still open: the part it stands in, and the item read last."""

    parent: PartDraft
    last: MarkReading
    item: PartDraft

    def add_item(self, reading: MarkReading, content: int) -> None:
        self.last = reading
        self.item = PartDraft(KINDS[reading.style], reading.number, reading.start, content)
        self.parent.children.append(self.item)


def add_items(parent: PartDraft, text: str, end: int) -> None:
    """Read the lists in the text of a part that ends at ``end``, and add them to it."""
    marks = find_item_marks(text, parent.content, end)
    if marks:
        _ListReader(text, marks).read(parent)
        parent.closing = _settle_closings(parent, text, end)


class _ListReader:
    """Goes through the marks of one stk. from left to right, with the lists that are open, the outermost first."""

    def __init__(self, text: str, marks: Sequence[ItemMark]) -> None:
        self.text = text
        self.marks = marks
        self.lists: list[ItemList] = []
        self.paired = _find_paired(marks)

    def read(self, root: PartDraft) -> None:
        for place, mark in enumerate(self.marks):
            if continued := self._find_continued(place):
                level, reading = continued
                del self.lists[level + 1 :]
                self.lists[level].add_item(reading, mark.end)
            elif (beginning := self._find_beginning(place)) and len(self.lists) < DEPTH_LIMIT:
                parent = self._find_place_of_list(root, beginning, place)
                self.lists.append(ItemList(parent, beginning, parent))
                self.lists[-1].add_item(beginning, mark.end)

    def _find_continued(self, place: int) -> tuple[int, MarkReading] | None:
        """Find the innermost list that a mark continues."""
        for level in range(len(self.lists) - 1, -1, -1):
            for reading in self.marks[place].readings:
                if reading.follows(self.lists[level].last):
                    return None if self._begins_roman(reading, place) else (level, reading)
        return None

    def _begins_roman(self, reading: MarkReading, place: int) -> bool:
        """Say whether an "i)" that could come after "h)" has an "ii)" behind it sooner than a "j)"."""
        if (reading.style, reading.number) != ("letter", "i"):
            return False
        for mark in self.marks[place + 1 : place + LOOKAHEAD]:
            for other in mark.readings:
                if (other.style, other.place) == ("roman", 2):
                    return True
                if (other.style, other.place) == ("letter", LETTER_PLACES["j"]):
                    return False
        return False

    def _find_beginning(self, place: int) -> MarkReading | None:
        """Find how a mark begins a list: it is a first number, and a second one follows or a colon stands before it."""
        for reading in self.marks[place].readings:
            if reading.place == 1 and not reading.suffix:
                before = INVISIBLE.sub("", self.text[max(0, reading.start - COLON_REACH) : reading.start])
                if reading in self.paired or before.rstrip().endswith(":"):
                    return reading
        return None

    def _find_place_of_list(self, root: PartDraft, beginning: MarkReading, place: int) -> PartDraft:
        """Find the part a new list stands in: the item read last.

        Where a list of its style is open and over, it is a further one beside that, with the sentence before it.
        """
        if not self.lists:
            return root
        item = self.lists[-1].item
        level = next((level for level, one in enumerate(self.lists) if one.last.style == beginning.style), None)
        if level is None or self._is_resumed(beginning, place):
            return item
        ends = find_sentence_ends(self.text[item.content : beginning.start])
        if not ends:
            return item
        outer = self.lists[level].parent
        start = _skip_blanks(self.text, item.content + ends[-1])
        number = sum(child.kind == "led" for child in outer.children) + 2
        further = PartDraft("led", str(number), start, start)
        outer.children.append(further)
        del self.lists[level:]
        return further

    def _is_resumed(self, beginning: MarkReading, place: int) -> bool:
        """Say whether one of the open lists goes on behind the list that begins here, so that this one stands inside it."""
        last = beginning
        for mark in self.marks[place + 1 : place + LOOKAHEAD]:
            counted = next((other for other in mark.readings if other.follows(last)), None)
            if counted:
                last = counted
            elif any(other.follows(one.last) for other in mark.readings for one in self.lists):
                return True
            elif any((other.style, other.place) == (beginning.style, 1) for other in mark.readings):
                return False
        return False


def _find_paired(marks: Sequence[ItemMark]) -> set[MarkReading]:
    """Find the first numbers behind which a second one follows that no nearer first number lays claim to."""
    paired = set()
    seconds: Counter[str] = Counter()
    for mark in reversed(marks):
        for reading in mark.readings:
            if reading.suffix or reading.place > 2:
                continue
            if reading.place == 2:
                seconds[reading.style] += 1
            elif seconds[reading.style]:
                seconds[reading.style] -= 1
                paired.add(reading)
    return paired


def _settle_closings(part: PartDraft, text: str, end: int) -> int | None:
    """Find the text behind lists that belongs to what they stand in.

    Items that are clauses of one sentence end where that sentence does: what comes after the last of them closes the part
    the list stands in. Items that are sentences keep what follows them. Returns the offset where the closing of ``part``
    begins, for the caller to hand on to the outermost part that the sentence runs through; ``None`` when there is none.
    """
    if not part.children:
        ends = find_sentence_ends(text[part.content : end])
        behind = _skip_blanks(text, part.content + ends[0]) if ends else end
        return behind if behind < end else None
    for child, following in pairwise(part.children):
        if child.children:
            child.closing = _settle_closings(child, text, following.start)
    last = part.children[-1]
    is_sentence = last.kind != "led" and _has_clauses(part, text)
    if not is_sentence and not last.children:
        return None
    rest = _settle_closings(last, text, end)
    if is_sentence:
        return rest
    last.closing = rest
    return None


def _has_clauses(part: PartDraft, text: str) -> bool:
    items = part.children
    return len(items) > 1 and not any(
        text[item.content : following.start].rstrip().endswith((".", "!", "?")) for item, following in pairwise(items)
    )


def _skip_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place
