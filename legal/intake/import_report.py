"""Report of an import, and the callbacks that show its progress."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ImportProblem:
    """A document that was refused, or taken in with a doubt, and why. Lines count from 1; 0 is the file itself."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class MovedText:
    """The source moved: a stored text was replaced by another one. The hashes are ``Expression.text_hash``."""

    eli_uri: str
    stored_hash: str
    found_hash: str


@dataclass
class ActImportReport:
    """Counts and findings of an import. ``outcomes`` counts documents:

    new, filled (a stub got its text), text changed, text completed (an amending act's whole text came after the extracts
    that lines give), text respelled (same words, other spaces), metadata changed, unchanged.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    provisions: int = 0
    released: int = 0
    moved: list[MovedText] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    warnings: list[ImportProblem] = field(default_factory=list)


@dataclass(frozen=True)
class ImportProgress:
    """Callbacks that hear how far an import is: bytes of each document read, acts grouped."""

    on_bytes: Callable[[str, int], None] = lambda file, count: None
    on_grouped: Callable[[int], None] = lambda count: None
