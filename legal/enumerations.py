"""The lists inside a stk.: which of the marks in running text are items, and what each of them belongs to.

The source delivers no line ends, so order is all there is to go by: "2)" is an item when it comes after "1)", and "1)" when
a "2)" follows or a colon stands before it. Everything else (a footnote's "54)", "nr. 3)") is text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from legal.numbering import LETTER_PLACES, Mark, Reading, find_item_marks
from legal.sections import INVISIBLE
from legal.sentences import find_sentence_ends

KINDS = {"number": "nr", "point": "nr", "roman": "nr", "letter": "litra", "capital": "litra"}
DEPTH_LIMIT = 6
LOOKAHEAD = 400


@dataclass(slots=True)
class Draft:
    """A part while its text is read. ``content`` is where its own text begins, ``closing`` where the text behind its list does."""

    kind: str
    number: str
    start: int
    content: int
    children: list["Draft"] = field(default_factory=list)
    closing: int | None = None


@dataclass(slots=True)
class Enumeration:
    """A list that is still open: the part it stands in, and the item read last."""

    parent: Draft
    last: Reading
    item: Draft


def add_items(parent: Draft, text: str, end: int) -> None:
    """Read the lists in the text of a part that ends at ``end``, and add them to it."""
    marks = find_item_marks(text, parent.content, end)
    if not marks:
        return
    open_lists: list[Enumeration] = []
    for place, mark in enumerate(marks):
        if continued := _find_continued(open_lists, marks, place):
            level, reading = continued
            del open_lists[level + 1 :]
            _add_item(open_lists[level], reading, mark.end)
        elif (reading := _find_beginning(text, marks, place)) and len(open_lists) < DEPTH_LIMIT:
            _begin_list(parent, open_lists, text, marks, place, reading)
    parent.closing = _settle_closings(parent, text, end)


def _find_continued(lists: Sequence[Enumeration], marks: Sequence[Mark], place: int) -> tuple[int, Reading] | None:
    """Find the innermost list that a mark continues."""
    for level in range(len(lists) - 1, -1, -1):
        for reading in marks[place].readings:
            if reading.follows(lists[level].last):
                return None if _begins_roman(reading, marks, place) else (level, reading)
    return None


def _begins_roman(reading: Reading, marks: Sequence[Mark], place: int) -> bool:
    """Whether an "i)" that could come after "h)" has an "ii)" behind it sooner than a "j)"."""
    if (reading.style, reading.number) != ("letter", "i"):
        return False
    for mark in marks[place + 1 : place + LOOKAHEAD]:
        for other in mark.readings:
            if (other.style, other.place) == ("roman", 2):
                return True
            if (other.style, other.place) == ("letter", LETTER_PLACES["j"]):
                return False
    return False


def _find_beginning(text: str, marks: Sequence[Mark], place: int) -> Reading | None:
    """Find how a mark begins a list: it is a first number, and a second one follows or a colon stands before it."""
    for reading in marks[place].readings:
        if reading.place != 1 or reading.suffix:
            continue
        before = INVISIBLE.sub("", text[max(0, reading.start - 8) : reading.start]).rstrip()
        if before.endswith(":") or _has_second(reading, marks, place):
            return reading
    return None


def _has_second(first: Reading, marks: Sequence[Mark], place: int) -> bool:
    """Whether a second number follows that no nearer first number lays claim to."""
    waiting = 1
    for mark in marks[place + 1 : place + LOOKAHEAD]:
        places = {reading.place for reading in mark.readings if reading.style == first.style and not reading.suffix}
        waiting += (1 in places) - (2 in places)
        if not waiting:
            return True
    return False


def _begin_list(
    root: Draft, lists: list[Enumeration], text: str, marks: Sequence[Mark], place: int, reading: Reading
) -> None:
    """Begin a list inside the item read last, or, where one of its style is open and over, as a new one beside that."""
    level = next((level for level, one in enumerate(lists) if one.last.style == reading.style), None)
    parent = lists[-1].item if lists else root
    if level is not None and not _is_resumed(lists, marks, place, reading):
        ends = find_sentence_ends(text[parent.content : reading.start])
        if ends:
            outer = lists[level].parent
            start = _skip_blanks(text, parent.content + ends[-1])
            number = sum(child.kind == "led" for child in outer.children) + 2
            parent = Draft("led", str(number), start, start)
            outer.children.append(parent)
            del lists[level:]
    begun = Enumeration(parent, reading, parent)
    _add_item(begun, reading, marks[place].end)
    lists.append(begun)


def _is_resumed(lists: Sequence[Enumeration], marks: Sequence[Mark], place: int, reading: Reading) -> bool:
    """Whether one of the open lists goes on behind the list that begins here, so that this one stands inside it."""
    last = reading
    for mark in marks[place + 1 : place + LOOKAHEAD]:
        counted = next((other for other in mark.readings if other.follows(last)), None)
        if counted:
            last = counted
        elif any(other.follows(one.last) for other in mark.readings for one in lists):
            return True
        elif any((other.style, other.place) == (reading.style, 1) for other in mark.readings):
            return False
    return False


def _add_item(enumeration: Enumeration, reading: Reading, end: int) -> None:
    item = Draft(KINDS[reading.style], reading.number, reading.start, end)
    enumeration.parent.children.append(item)
    enumeration.last, enumeration.item = reading, item


def _settle_closings(part: Draft, text: str, end: int) -> int | None:
    """Find the text behind lists that belongs to what they stand in.

    Items that are clauses of one sentence end where that sentence does: what comes after the last of them closes the part
    the list stands in. Items that are sentences keep what follows them. Returns the offset where the closing of ``part``
    begins, for the caller to hand on to the outermost part that the sentence runs through; ``None`` when there is none.
    """
    if not part.children:
        ends = find_sentence_ends(text[part.content : end])
        rest = _skip_blanks(text, part.content + ends[0]) if ends else end
        return rest if rest < end else None
    for child, following in pairwise(part.children):
        if child.children:
            child.closing = _settle_closings(child, text, following.start)
    last = part.children[-1]
    is_sentence = last.kind != "led" and _is_of_clauses(part, text)
    if not is_sentence and not last.children:
        return None
    rest = _settle_closings(last, text, end)
    if is_sentence:
        return rest
    last.closing = rest
    return None


def _is_of_clauses(part: Draft, text: str) -> bool:
    items = part.children
    return len(items) > 1 and not any(
        text[item.content : following.start].rstrip().endswith((".", "!", "?")) for item, following in pairwise(items)
    )


def _skip_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place
