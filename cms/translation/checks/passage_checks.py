"""Check of one translated passage for what may not change: numbers, dates, references, links, placeholders and markup."""

from collections import Counter
from decimal import Decimal

from cms.translation.checks.amounts import list_amounts
from cms.translation.checks.dates import list_dates
from cms.translation.checks.facts import Fact, build_findings, list_differences
from cms.translation.checks.findings import Finding, FindingKind
from cms.translation.checks.markup import check_addresses, check_markup, check_placeholders, iterate_covered
from cms.translation.checks.number_words import has_number_word
from cms.translation.checks.plain_passages import blank_out, build_plain_passage
from cms.translation.checks.sections import has_section, is_number_of, is_referring, list_lost_letters, list_sections


def check_facts(source_html: str, target_html: str, source_locale: str, locale: str) -> list[Finding]:
    """Check a passage against its source; both are inline HTML as wagtail-localize keeps it, or the HTML of a block."""
    source, target = build_plain_passage(source_html), build_plain_passage(target_html)
    lost, added = list_differences(_list_facts(source, source_locale), _list_facts(target, locale))
    lost, added = _reconcile_dates(lost, added)
    lost, added = _drop_bare_sections(lost, added, source, target), _drop_bare_sections(added, lost, target, source)
    lost, added = (
        _drop_explained(lost, source, target, locale, leftover=added),
        _drop_explained(added, target, source, source_locale, leftover=lost),
    )
    letters = [Finding(FindingKind.REFERENCE, letter) for letter in list_lost_letters(source, target)]
    return [
        *check_markup(source_html, target_html),
        *check_placeholders(source, target),
        *check_addresses(source, target),
        *build_findings(lost, added),
        *letters,
    ]


def _list_facts(text: str, locale: str) -> list[Fact]:
    """List the facts of a plain passage; what one reads, no later one reads again. A section counts once, however often."""
    for covered in iterate_covered(text):
        text = blank_out(text, *covered.span())
    facts: dict[object, Fact] = {}
    for section in list(list_sections(text, locale)):
        facts.setdefault(section.readings, section)
        text = blank_out(text, section.start, section.end)
    dates: list[Fact] = []
    for date in list_dates(text, locale):
        # Two dates may stand in one span: "1.-5. januar".
        if not any((other.start, other.end) != (date.start, date.end) and _overlap(other, date) for other in dates):
            dates.append(date)
    for date in dates:
        text = blank_out(text, date.start, date.end)
    return [*facts.values(), *dates, *list_amounts(text, locale)]


def _overlap(one: Fact, other: Fact) -> bool:
    return one.start < other.end and other.start < one.end


def _reconcile_dates(lost: list[Fact], added: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Leave out dates of which one side wrote a part by itself: "1/7" and "1 July", "1 iki 5 d." and "1.-5.".

    Where both have whole dates alone, a day and a month may have changed places, and nothing is left out.
    """
    if not any(fact.kind == FindingKind.DATE for fact in (*lost, *added)):
        return lost, added
    if all(fact.kind == FindingKind.DATE for fact in (*lost, *added)) and lost and added:
        return lost, added
    return ([], []) if _count_parts(lost) == _count_parts(added) else (lost, added)


def _count_parts(facts: list[Fact]) -> Counter[object]:
    parts: Counter[object] = Counter()
    for fact in facts:
        reading = next(iter(fact.readings)) if fact.kind == FindingKind.DATE else None
        if isinstance(reading, tuple):
            parts.update(Decimal(part) for part in reading[1:] if part is not None)
        else:
            parts.update(sorted(part for part in fact.readings if isinstance(part, Decimal))[:1])
    return parts


def _drop_bare_sections(facts: list[Fact], leftover: list[Fact], own: str, other: str) -> list[Fact]:
    """Leave out sections that one side names without a sign, "9 a straipsnis", and the number read there instead."""
    bare = [fact for fact in leftover if fact.kind == FindingKind.REFERENCE and has_section(own, fact)]
    return [
        fact
        for fact in facts
        if not (
            (fact.kind == FindingKind.REFERENCE and has_section(other, fact))
            or (fact.kind == FindingKind.AMOUNT and any(is_number_of(fact, section) for section in bare))
        )
    ]


def _drop_explained(facts: list[Fact], own: str, other: str, other_locale: str, *, leftover: list[Fact]) -> list[Fact]:
    """Leave out numbers that the other side says in words, and in a text full of references once instead of twice."""
    return [
        fact
        for fact in facts
        if not (
            _is_in_words(fact, other, other_locale)
            or (
                fact.kind == FindingKind.AMOUNT
                and is_referring(own)
                and _stands_in(fact, other, other_locale, leftover)
            )
        )
    ]


def _is_in_words(fact: Fact, text: str, locale: str) -> bool:
    return fact.written.isdigit() and int(fact.written) <= 20 and has_number_word(text, int(fact.written), locale)


def _stands_in(fact: Fact, text: str, locale: str, leftover: list[Fact]) -> bool:
    """Say whether a small number that is left over stands in the other text too, used up by another of the same."""
    if not fact.written.isdigit() or int(fact.written) >= 100 or any(other.kind == fact.kind for other in leftover):
        return False
    return any(fact.readings & other.readings for other in _list_facts(text, locale))
