"""Query parameters, declared per endpoint: the strict reading of a request and the OpenAPI document come from the same lines.

A name that is not declared, a single value given twice and a value that is not of its kind are all told at once. In parameters that
take several values a comma means or, and repeating the parameter means and.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from cms.api.problems import ProblemError, build_bad_parameters
from cms.api.v1.values import LONGEST_VALUE, BadValueError, Term, TextValue, Token, ValueKind

MOST_ALTERNATIVES = 50
MOST_REPETITIONS = 10
LONGEST_RAW_VALUE = 4000
FORBIDDEN_CATEGORIES = ("Cc", "Cs", "Co", "Cn")
LINES = str.maketrans("\t\n\r", "   ")
REPLACEMENT_CHARACTER = "\ufffd"


@dataclass(frozen=True)
class Parameter:
    """One declared parameter. ``several`` takes lists: the value is a tuple (and) of tuples (or), else what ``kind`` reads.

    ``remedy`` is a sentence that tells a caller whose value is missing or wrong what to do instead.
    """

    name: str
    kind: ValueKind
    help_text: str
    default: Any = None
    several: bool = False
    once: bool = False
    required: bool = False
    remedy: str = ""

    def read(self, texts: Sequence[str]) -> Any:
        """Read the parameter's values.

        Raises:
            BadValueError: with a sentence for the caller.
        """
        if len(texts) > 1 and (not self.several or self.once):
            raise BadValueError("may be given once only")
        if not self.several:
            return self._read_one(texts[0])
        if len(texts) > MOST_REPETITIONS:
            raise BadValueError(f"may be repeated {MOST_REPETITIONS} times at most")
        groups = tuple(tuple(self._read_one(part) for part in text.split(",")) for text in texts)
        if any(len(group) > MOST_ALTERNATIVES for group in groups):
            raise BadValueError(f"may list {MOST_ALTERNATIVES} values at most")
        if isinstance(self.kind, Term):
            self.kind.check([value for group in groups for value in group])
        return groups

    def _read_one(self, text: str) -> Any:
        longest = LONGEST_RAW_VALUE if isinstance(self.kind, Token | TextValue) else LONGEST_VALUE
        has_lines = False
        if isinstance(self.kind, TextValue):
            longest, has_lines = max(longest, self.kind.longest), self.kind.has_lines
        if len(text) > longest:
            raise BadValueError(f"is longer than {longest} characters")
        seen = text.translate(LINES) if has_lines else text
        if (
            any(unicodedata.category(character) in FORBIDDEN_CATEGORIES for character in seen)
            or REPLACEMENT_CHARACTER in text
        ):
            raise BadValueError("holds control characters, or is not UTF-8")
        if not text and self.several:
            raise BadValueError("holds an empty value")
        return self.kind.read(text)


class Asked(Mapping[str, Any]):
    """The parameters of one request: every declared parameter with its value or default. ``given`` are the names in the request."""

    def __init__(self, values: dict[str, Any], given: frozenset[str]) -> None:
        self._values = values
        self.given = given

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def list_values(self, name: str) -> list[Any]:
        """List the alternatives of a parameter that is given once; empty when it was not given."""
        groups = self._values[name] or ()
        return [value for group in groups for value in group]

    def describe(self, without: Sequence[str] = ()) -> str:
        """Describe the values in one line, the same for requests that mean the same; cursors are bound to it."""
        return repr([(name, self._values[name]) for name in sorted(self._values) if name not in without])


def read_parameters(query: QueryDict, declared: Sequence[Parameter]) -> Asked:
    """Read a request's parameters.

    Raises:
        Problem: 400 ``unknown-parameter`` or ``invalid-parameter``, with every fault in ``errors``.
    """
    known = {parameter.name: parameter for parameter in declared}
    errors: list[ProblemError] = [
        {"parameter": _quote(name), "detail": _suggest(list(known))} for name in query if name not in known
    ]
    values: dict[str, Any] = {parameter.name: parameter.default for parameter in declared}
    for name, parameter in known.items():
        try:
            if name in query:
                values[name] = parameter.read(query.getlist(name))
            elif parameter.required:
                raise BadValueError("must be given")
        except BadValueError as error:
            detail = f"{error}. {parameter.remedy}" if parameter.remedy else str(error)
            errors.append({"parameter": name, "detail": detail})
    if errors:
        raise build_bad_parameters(errors)
    return Asked(values, frozenset(query) & known.keys())


def _quote(name: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in name[:60])


def _suggest(names: list[str]) -> str:
    if not names:
        return "is not a parameter; this resource takes none"
    return f"is not a parameter of this resource; those are {', '.join(names)}"
