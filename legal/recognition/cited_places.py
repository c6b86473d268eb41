"""Parser of places inside an act: "§ 9 a, stk. 2, nr. 1, litra b", lists and ranges included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from legal.recognition.letter_i import is_letter_i
from legal.recognition.value_lists import (
    COUNTING,
    HYPHEN,
    ValueList,
    is_in_brackets,
    read_letters,
    read_numbers,
    read_sentences,
)

# Example: "efter ‹§§ ›9 og 10"
# Example: "‹paragraf ›9"
SIGN = re.compile(r"(?:§\s*+){1,3}(?=\d)|[Pp]aragraf(?:fer(?:ne)?)?\s+(?=\d)")
# The blank before the letter may be any; a letter that begins a word, an abbreviation or a compound ("a-kasse") is none.
# Example: "‹9 a›, stk. 2"
# Example: "‹12›, stk. 2"
# Example: "‹9› a-kasse"
SECTION = re.compile(
    rf"(\d{{1,4}})(?!\d|/\d|[{HYPHEN}][^\W\d_]{{2}})(?:[\s{HYPHEN}]?(([^\W\d_])\3?)(?!\w|\.[a-zæøå]|[{HYPHEN}][^\W\d_]{{2}}))?"
)
# Example: "9‹-›12"
# Example: "9‹ til ›12"
DASH = re.compile(rf"\s*[{HYPHEN}]\s*(?=\d)|\s+til\s+(?=\d)")
# Example: "9 a‹-c›"
LETTER_DASH = re.compile(rf"\s*[{HYPHEN}]\s*([^\W\d_])(?!\w)")
# Example: "§§ 9‹ og ›10"
# Example: "§§ 9‹, ›10"
MEMBER = re.compile(r"\s*+(?:,\s*(?:(?:og/eller|og|eller|samt)\s+)?|(?:og/eller|og|eller|samt|henholdsvis)\s+)(?=\d)")
# Example: "‹›, stk. 2"
UNCOUNTED = re.compile(COUNTING)
# Example: "‹, stk. ›2, nr. 1"
# Example: "‹ og nr. ›3"
STEP = re.compile(
    r"\s*+,?+\s*+(?:(?P<and>og/eller|og|eller|samt|henholdsvis|jf\.)\s+)?"
    r"(?:(?P<stk>[Ss]tk\b\.?)\s*(?=\d)|(?P<nr>[Nn]r\b\.?)\s*(?=\d)|(?P<litra>[Ll]itra)\s+|(?=\d))"
)
# Example: "‹Stk. 2.› Loven gælder"
SUBSECTION_LABEL = re.compile(rf"Stk\b\.?\s*\d{{1,3}}(?:\s*(?:[{HYPHEN}]|og)\s*\d{{1,3}})?\.(?!\s*(?:pkt|punktum|og))")
LEVELS = ("stk", "nr", "litra", "pkt")


@dataclass(frozen=True)
class CitedPlace:
    """One place, with where it is written. ``section`` "" means that only a part of some section is named."""

    start: int
    end: int
    section: str = ""
    section_to: str = ""
    stk: tuple[int | str, ...] = ()
    nr: tuple[int | str, ...] = ()
    litra: tuple[str, ...] = ()
    pkt: tuple[int, ...] = ()


# The place of a whole act.
NOWHERE = CitedPlace(-1, -1)


class PlacePart(NamedTuple):
    """A part of a section as it is written: its level, the values named, and the conjunction before it."""

    level: str
    values: tuple[int | str, ...]
    start: int
    end: int
    conjunction: str


@dataclass
class PlaceRun:
    """Places that follow each other under one section sign; ``end`` is where reading stopped."""

    places: list[CitedPlace] = field(default_factory=list)
    end: int = 0


def read_sections(text: str, start: int) -> PlaceRun | None:
    """Read what begins with a section sign: a section or a list of sections, each with its parts."""
    sign = SIGN.match(text, start)
    if sign is None:
        return None
    is_list = sign[0].count("§") > 1 or sign[0].lower().startswith("paragraffer")
    run = PlaceRun()
    at = sign.end()
    begins = start
    while (section := _read_section(text, at, begins)) is not None:
        _add_with_parts(text, section, run)
        member = MEMBER.match(text, run.end) if is_list else None
        if member is None or not _is_section(text, member.end()):
            break
        at = begins = member.end()
    return run if run.places else None


def read_parts(text: str, start: int) -> PlaceRun | None:
    """Read parts of a section that is not named: "stk. 2, nr. 1"."""
    run = PlaceRun()
    _add_with_parts(text, CitedPlace(start, start), run)
    return run if run.places else None


def _is_section(text: str, at: int) -> bool:
    """Say whether a number in a list of sections is one more of them, no amount and no mark of a list ("2)")."""
    section = SECTION.match(text, at)
    if section is None or (not section[2] and not UNCOUNTED.match(text, section.end())):
        return False
    return text[section.end() : section.end() + 1] != ")" or is_in_brackets(text, at)


def _read_section(text: str, at: int, begins: int) -> CitedPlace | None:
    first = _read_identifier(text, at)
    if first is None:
        return None
    section, end = first
    number, _blank, letter = section.partition(" ")
    if letter and (last_letter := LETTER_DASH.match(text, end)):
        return CitedPlace(begins, last_letter.end(), section, f"{number} {last_letter[1]}")
    if dash := DASH.match(text, end):
        last = _read_identifier(text, dash.end())
        if last is not None and ("til" not in dash[0] or UNCOUNTED.match(text, last[1])):
            return CitedPlace(begins, last[1], section, last[0])
    return CitedPlace(begins, end, section)


def _read_identifier(text: str, at: int) -> tuple[str, int] | None:
    found = SECTION.match(text, at)
    if found is None:
        return None
    number, letter = found[1].lstrip("0") or "0", found[2]
    if not letter:
        return number, found.end()
    is_apart = found.start(2) != found.end(1)
    if letter in "iI" and is_apart and not is_letter_i(text, found.end()):
        return number, found.end(1)
    return f"{number} {letter}", found.end()


def _add_with_parts(text: str, section: CitedPlace, run: PlaceRun) -> None:
    """Add a section with its parts; a part of a kind already named begins a new place ("stk. 1, nr. 2, og stk. 3")."""
    current = section
    for part in _iterate_parts(text, section.end):
        depth = LEVELS.index(part.level)
        is_named = bool(getattr(current, part.level))
        has_deeper = any(getattr(current, level) for level in LEVELS[depth + 1 :])
        if current.end == current.start or (
            not part.conjunction and not is_named and (not has_deeper or part.level != "stk")
        ):
            values: dict[str, Any] = {part.level: part.values}
            current = replace(current, end=part.end, **values)
            continue
        if not is_named and (part.conjunction == "jf." or not has_deeper):
            break
        run.places.append(current)
        changed: dict[str, Any] = {**dict.fromkeys(LEVELS[depth + 1 :], ()), part.level: part.values}
        current = replace(current, start=part.start, end=part.end, **changed)
    if current.end > current.start:
        run.places.append(current)
        run.end = current.end


def _iterate_parts(text: str, at: int) -> Iterator[PlacePart]:
    """Iterate over the parts written one after the other."""
    while step := STEP.match(text, at):
        level, start = "pkt", step.end()
        found: ValueList | None
        if step["stk"]:
            if "," not in step[0] and SUBSECTION_LABEL.match(text, step.start("stk")):
                return
            level, start = "stk", step.start("stk")
            found = read_numbers(text, step.end())
        elif step["nr"]:
            level, start = "nr", step.start("nr")
            found = read_numbers(text, step.end())
        elif step["litra"]:
            level, start = "litra", step.start("litra")
            found = read_letters(text, step.end())
        else:
            found = read_sentences(text, step.end())
        if found is None:
            return
        yield PlacePart(level, found.values, start, found.end, step["and"] or "")
        at = found.end
