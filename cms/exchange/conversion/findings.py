"""Findings of a conversion: each names a place in the document and what became of it there."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.exchange.conversion.messages import ERRORS, MESSAGES

LONGEST_EXCERPT = 60
# Each kind once more adds nothing for who reads the report.
MOST_FINDINGS = 500


def build_excerpt(text: str) -> str:
    """Shorten a text to what is enough to find it in the document."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EXCERPT else line[: LONGEST_EXCERPT - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: a cell of a table, a picture, or the words that stand there; numbers count from 1, 0 is none."""

    table: int = 0
    row: int = 0
    column: int = 0
    picture: int = 0
    near: str = ""

    def __str__(self) -> str:
        parts = [
            _("table %(number)s") % {"number": self.table} if self.table else "",
            _("row %(number)s") % {"number": self.row} if self.row else "",
            _("column %(number)s") % {"number": self.column} if self.column else "",
            _("picture %(number)s") % {"number": self.picture} if self.picture else "",
            f"“{self.near}”" if self.near else "",
        ]
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; ``code`` is a key of ``MESSAGES``, ``params`` fill the placeholders of its message."""

    code: str
    place: Place = Place()
    params: tuple[tuple[str, str | int], ...] = ()

    @property
    def is_error(self) -> bool:
        """Say whether the document cannot be taken in because of it."""
        return self.code in ERRORS

    @property
    def message(self) -> str:
        """The message in the language of the reader, without the place."""
        return str(MESSAGES[self.code]) % dict(self.params)

    def __str__(self) -> str:
        place = str(self.place)
        return f"{place}: {self.message}" if place else self.message

    def as_json(self) -> dict[str, Any]:
        """Build ``{"code", "place", "params"}``, from which ``from_json`` makes the finding again."""
        place = {name: value for name, value in asdict(self.place).items() if value}
        return {"code": self.code, "place": place, "params": dict(self.params)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Make a finding from what ``as_json`` built."""
        return cls(stored["code"], Place(**stored["place"]), tuple(stored["params"].items()))


@dataclass
class ConversionReport:
    """Findings of one document.

    ``added`` are the numbers that are written more often than they were read, each with a finding: repeated cells, and the
    automatic numbers of a list that are words now.
    """

    findings: list[Finding] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, place: Place = Place(), **params: str | int) -> None:
        """Add a finding; the same one only once."""
        finding = Finding(code, place, tuple(params.items()))
        if finding not in self.findings and (finding.is_error or len(self.findings) < MOST_FINDINGS):
            self.findings.append(finding)

    def refuse_errors(self, codes: Collection[str] = ()) -> None:
        """Refuse the document if anything in it would be cut or changed, or is of one of the codes.

        Raises:
            ConversionRefusedError: with every such finding.
        """
        errors = [finding for finding in self.findings if finding.is_error or finding.code in codes]
        if errors:
            raise ConversionRefusedError(errors)


class ConversionRefusedError(ValidationError):
    """A document that cannot be taken in whole; ``findings`` say where and why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__([str(finding) for finding in findings])
        self.findings = findings


def refuse(code: str, place: Place = Place(), **params: str | int) -> ConversionRefusedError:
    """Build the refusal for one reason."""
    return ConversionRefusedError([Finding(code, place, tuple(params.items()))])
