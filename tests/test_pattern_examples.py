"""Every regular expression of the house carries an example beside it, and the example is true.

``# Example: "efter ‹§ 9 a› i loven"`` above a pattern says that the first match in the text is what stands between ‹ and ›;
without marks it is the whole text. ``# No match: "…"`` says that nothing in the text matches.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("cms", "deploy", "frontend", "knowledge", "legal", "search")
# Example: "‹# Example: "efter ‹§ 9 a› i loven"›"
REMARK = re.compile(r'^# (Example|No match): (".*")$')


@dataclass(frozen=True)
class NamedPattern:
    """One pattern with the remarks above it."""

    module: str
    name: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]

    def load(self) -> re.Pattern[Any]:
        return getattr(importlib.import_module(self.module), self.name)


def list_patterns() -> Iterator[NamedPattern]:
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "re.compile(" not in source or "migrations" in path.parts:
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        lines = source.splitlines()
        for statement in ast.parse(source).body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Attribute(attr="compile"))):
                    remarks = list(_list_remarks(lines, statement.lineno - 1))
                    kinds = {
                        kind: tuple(text for its, text in remarks if its == kind) for kind in ("Example", "No match")
                    }
                    yield NamedPattern(module, name, kinds["Example"], kinds["No match"])


def _list_remarks(lines: list[str], place: int) -> Iterator[tuple[str, str]]:
    while place and lines[place - 1].startswith("#"):
        place -= 1
        if found := REMARK.match(lines[place]):
            yield found[1], ast.literal_eval(found[2])


PATTERNS = [pytest.param(pattern, id=f"{pattern.module}.{pattern.name}") for pattern in list_patterns()]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_has_an_example_that_is_true(pattern: NamedPattern):
    compiled = pattern.load()
    is_bytes = isinstance(compiled.pattern, bytes)

    assert pattern.examples
    for example in pattern.examples:
        start = max(example.find("‹"), 0)
        end = example.find("›") - 1 if "›" in example else len(example)
        text = example.replace("‹", "").replace("›", "")
        found = compiled.search(text.encode() if is_bytes else text)
        assert found is not None, example
        assert text[slice(*found.span())] == text[start:end], example
    for example in pattern.counterexamples:
        assert compiled.search(example.encode() if is_bytes else example) is None, example
