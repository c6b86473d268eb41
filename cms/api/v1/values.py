"""The kinds of value a query parameter takes: how each is read, and how the OpenAPI document describes it.

Reading raises ``BadValueError`` with a sentence for the caller; nothing but the text decides, unless a kind says that it asks the
database.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import UUID

from cms.core.languages import LANGUAGES

LONGEST_VALUE = 200
# Example: "20"
INTEGER = re.compile(r"[0-9]{1,9}")
# Example: "2027-01-01"
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A plus sign that was not percent-encoded arrives as a blank.
# Example: "2027-01-01T09:30:00+01:00"
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[ +-][0-9]{2}:[0-9]{2})"
)
# Example: "0b7e8d4c-1f2a-4e3b-9c5d-6a7b8c9d0e1f"
IDENTIFIER = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# Example: "0123456789abcdef"
VERSION = re.compile(r"[0-9a-f]{16}")
# Example: "Zm9v_-1"
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,4000}")


class BadValueError(ValueError):
    """A value that is not of its kind; the message is for the caller."""


class ValueKind(Protocol):
    """A kind of value."""

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the text."""

    def read(self, text: str) -> Any:
        """Read one value."""


@dataclass(frozen=True)
class Flag:
    """true or false."""

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def read(self, text: str) -> bool:
        if text not in ("true", "false"):
            raise BadValueError("must be true or false")
        return text == "true"


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def read(self, text: str) -> int:
        if not INTEGER.fullmatch(text) or not self.least <= int(text) <= self.most:
            raise BadValueError(f"must be a whole number from {self.least} to {self.most}")
        return int(text)


@dataclass(frozen=True)
class Day:
    """A calendar day, ISO 8601."""

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def read(self, text: str) -> date:
        try:
            if DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise BadValueError("must be a day such as 2027-01-31")


@dataclass(frozen=True)
class Moment:
    """A moment, RFC 3339, read as UTC."""

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def read(self, text: str) -> datetime:
        try:
            if MOMENT.fullmatch(text):
                return datetime.fromisoformat(text.replace(" ", "+").upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise BadValueError("must be a moment such as 2027-01-31T08:00:00Z")


@dataclass(frozen=True)
class Choice:
    """One of a closed list, asked for when needed: types are registered after this module is read."""

    list_choices: Callable[[], Sequence[str]]

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.list_choices())}

    def read(self, text: str) -> str:
        choices = self.list_choices()
        if text not in choices:
            raise BadValueError(f"must be one of {', '.join(choices)}")
        return text


@dataclass(frozen=True)
class TextValue:
    """Free text; line breaks and tabs belong to a text of several lines alone."""

    longest: int = LONGEST_VALUE
    least: int = 1
    has_lines: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": self.least, "maxLength": self.longest}

    def read(self, text: str) -> str:
        if not self.least <= len(text.strip()) or len(text) > self.longest:
            raise BadValueError(f"must have {self.least} to {self.longest} characters")
        return text


@dataclass(frozen=True)
class Identifier:
    """The id of a document."""

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}

    def read(self, text: str) -> UUID:
        if not IDENTIFIER.fullmatch(text):
            raise BadValueError("must be the id of a document")
        return UUID(text)


@dataclass(frozen=True)
class Version:
    """The opaque id of a release."""

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{VERSION.pattern}$"}

    def read(self, text: str) -> str:
        if not VERSION.fullmatch(text):
            raise BadValueError("must be a version as documents carry it")
        return text


@dataclass(frozen=True)
class Token:
    """A cursor: opaque, to be handed back as it was given."""

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{TOKEN.pattern}$"}

    def read(self, text: str) -> str:
        if not TOKEN.fullmatch(text):
            raise BadValueError("must be a cursor as it was given")
        return text


@dataclass(frozen=True)
class Term:
    """A slug or code of a vocabulary; ``find_known`` asks the database which of the given are there."""

    vocabulary: str
    find_known: Callable[[Sequence[str]], set[str]]

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 60}

    def read(self, text: str) -> str:
        return text

    def check(self, values: Sequence[str]) -> None:
        """Check that the vocabulary has all of the values; one query."""
        if missing := sorted(set(values) - self.find_known(values)):
            raise BadValueError(
                f"unknown: {', '.join(missing)}; those there are stand in /api/v1/vocabularies/{self.vocabulary}/"
            )


LOCALE = Choice(lambda: list(LANGUAGES))
