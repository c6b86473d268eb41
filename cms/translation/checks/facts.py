"""Facts of a passage that a translation may not change, and their comparison.

A fact may be read in several ways: "9.30" is half past nine or nine point three. Two facts are the same where one reading is.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from cms.translation.checks.findings import Finding, FindingKind

# An hour of the day is written like any number in most languages.
COUNTED = {FindingKind.TIME: FindingKind.AMOUNT}


@dataclass(frozen=True)
class Fact:
    """One piece of text with what it may mean; ``start`` and ``end`` are its place in the text it was read from."""

    kind: FindingKind
    written: str
    readings: frozenset[Hashable]
    start: int
    end: int


def list_differences(source: Iterable[Fact], target: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    """List the facts that only the source has, and those that only the target has; each is used up by one of the other side.

    The least ambiguous find their partner first.
    """
    rest = sorted(target, key=lambda fact: (len(fact.readings), fact.start))
    lost: list[Fact] = []
    for fact in sorted(source, key=lambda fact: (len(fact.readings), fact.start)):
        partner = next((other for other in rest if fact.readings & other.readings), None)
        if partner is None:
            lost.append(fact)
        else:
            rest.remove(partner)
    return sorted(lost, key=lambda fact: fact.start), sorted(rest, key=lambda fact: fact.start)


def build_findings(lost: Iterable[Fact], added: Iterable[Fact]) -> list[Finding]:
    """Build the findings: of one kind, the first that was lost is taken to have become the first that was added."""
    rest = list(added)
    findings = []
    for fact in lost:
        partner = next(
            (other for other in rest if COUNTED.get(other.kind, other.kind) == COUNTED.get(fact.kind, fact.kind)), None
        )
        if partner is not None:
            rest.remove(partner)
        findings.append(Finding(fact.kind, fact.written, partner.written if partner else ""))
    return findings + [Finding(fact.kind, "", fact.written) for fact in rest]
