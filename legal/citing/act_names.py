"""Look-up of acts by the names a text gives them, with the text of each that applies on a day."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched

from cms.core.calendar import local_day
from cms.core.unicode_text import INVISIBLE
from legal.citing.act_choice import NamedAct, choose_act
from legal.language.act_titles import build_name_key
from legal.models import Expression, Work, WorkName
from legal.recognition import ActMention

# Example: "‹lov› om ferie"
# Example: "‹m.v.› og andet"
WORD = re.compile(rf"m\.\s?(?:v|m|fl)\.|(?:[\w/&’'‐‑-]|{INVISIBLE.pattern})+")
LONGEST_NAME_WORDS = 30
LONGEST_NAME = 400
KEYS_IN_QUERY = 5000


@dataclass(frozen=True)
class ApplyingText:
    """A work with the expression of it that applies on the day asked for, and what a choice among several goes by.

    ``first_signed`` and ``founded_on`` are those of the work's texts up to that day; ``was_known``: known at the moment asked for.
    """

    work: Work
    expression: Expression
    first_signed: date
    founded_on: date | None
    was_known: bool = True

    def build_named(self) -> NamedAct:
        """Build what ``legal.citing.act_choice`` compares."""
        return NamedAct(
            work_id=self.work.pk,
            kind=self.expression.kind,
            jurisdiction=self.work.jurisdiction,
            number=self.expression.number,
            first_signed=self.first_signed,
            founded_on=self.founded_on,
            was_known=self.was_known,
        )


def list_name_keys(text: str, mention: ActMention, limit: int) -> dict[str, int]:
    """List what a mention by name is looked up as, each key with the place in the text where that name ends.

    An open name ("lov om …") may end behind each of its words and go on beyond the guess, as far as ``limit``. Titles carry
    "m.v." where texts leave it out, and a title may stand in the genitive.
    """
    keys = {build_name_key(mention.name): mention.end}
    if mention.is_open:
        keys[build_name_key(f"{mention.name} m.v.")] = mention.end
        words = WORD.finditer(text, mention.start, min(limit, mention.start + LONGEST_NAME))
        for count, word in enumerate(words):
            if count >= LONGEST_NAME_WORDS:
                break
            if count >= 2:
                keys.setdefault(build_name_key(text[mention.start : word.end()]), word.end())
    if mention.name.endswith("s"):
        keys.setdefault(build_name_key(mention.name[:-1]), mention.end)
    return {key: end for key, end in keys.items() if key}


def find_works_by_name(keys: Collection[str]) -> dict[str, list[Work]]:
    """Find the works of each name. One query for 5,000 keys."""
    found: dict[str, list[Work]] = defaultdict(list)
    for some in batched(sorted(set(keys)), KEYS_IN_QUERY, strict=False):
        names = WorkName.objects.filter(key__in=some, work__current__isnull=False).select_related("work")
        for name in names:
            found[name.key].append(name.work)
    return dict(found)


def find_known_keys(keys: Collection[str]) -> set[str]:
    """Find which names some work has."""
    known: set[str] = set()
    for some in batched(sorted(set(keys)), KEYS_IN_QUERY, strict=False):
        known.update(WorkName.objects.filter(key__in=some, work__current__isnull=False).values_list("key", flat=True))
    return known


def find_applying_texts(
    works: Iterable[Work], as_of: date, known_by: datetime | None = None
) -> dict[int, ApplyingText]:
    """Find the expression of each work that applies on a day, by the work's primary key. One query.

    With ``known_by`` what became known later does not count, unless nothing of the act was known then: it is taken as it stood
    on the first day.
    """
    known = {work.pk: work for work in works}
    expressions: dict[int, list[Expression]] = defaultdict(list)
    begun = Expression.objects.filter(work__in=known).begun_by(as_of)
    for expression in begun.defer("introduction", "title"):
        expressions[expression.work_id or 0].append(expression)
    applying = {}
    for work_id, found in expressions.items():
        early = [entry for entry in found if known_by is None or entry.known_since <= known_by]
        first_day = local_day(min(entry.known_since for entry in found))
        counted = early or [entry for entry in found if local_day(entry.known_since) == first_day]
        applying[work_id] = ApplyingText(
            known[work_id],
            counted[0],
            first_signed=found[-1].signed_date,
            founded_on=min((entry.founded_on for entry in found if entry.founded_on), default=None),
            was_known=bool(early),
        )
    return applying


def choose_applying(works: Iterable[Work], applying: Mapping[int, ApplyingText], day: date) -> ApplyingText | None:
    """Choose which act of a name is meant on a day; an act of which no text applies on that day is not."""
    chosen = choose_act((applying[work.pk].build_named() for work in works if work.pk in applying), day)
    return applying[chosen.work_id] if chosen else None
