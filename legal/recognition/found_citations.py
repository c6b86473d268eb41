"""Result types of recognition: a citation with its place in the text, and the act as the text mentions it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MentionKind(StrEnum):
    """Ways in which a text points to an act."""

    NAME = "name"
    NUMBER = "number"
    ELI = "eli"
    SELF = "self"


@dataclass(frozen=True)
class ActMention:
    """An act as a text mentions it; ``start`` and ``end`` are code points of the text as sent.

    ``text`` is as written. ``name`` is what is looked up: nothing invisible, single blanks, the genitive taken off. A name that
    begins with its kind ("lov om …") has no marked end; ``is_open`` says that ``end`` is a guess and that the act's real name may
    be shorter. ``document_type`` is that of Retsinformation (LOV, LBK, BEK, …). "denne lov" and "lovens" are ``SELF``.
    """

    kind: MentionKind
    start: int
    end: int
    text: str
    name: str = ""
    is_open: bool = False
    document_type: str = ""
    number: int | None = None
    year: int | None = None
    signed_date: date | None = None
    eli_uri: str = ""


@dataclass(frozen=True)
class FoundCitation:
    """One citation. ``start`` and ``end`` are code points of the text as sent, ``text`` what stands between them.

    ``section`` is in the stored form ("9 a"), ``None`` for a whole act and for a ``partial`` citation ("jf. stk. 2").
    ``section_to`` is the last section of a range. A number with a letter ("nr. 5 c") is text.
    ``act`` is ``None`` where the text names none ("§ 9").
    """

    start: int
    end: int
    text: str
    act: ActMention | None = None
    section: str | None = None
    section_to: str | None = None
    stk: tuple[int | str, ...] = ()
    nr: tuple[int | str, ...] = ()
    litra: tuple[str, ...] = ()
    pkt: tuple[int, ...] = ()
    partial: bool = False
