"""Acts by the names a text gives them: what is looked up, and which of several acts of one name is meant."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import batched

from legal.enums import ActKind, Jurisdiction
from legal.models import Expression, Work, WorkName
from legal.recognition import ActMention
from legal.sections import INVISIBLE
from legal.titles import build_name_key

WORD = re.compile(rf"m\.\s?(?:v|m|fl)\.|(?:[\w/&’'‐‑-]|{INVISIBLE.pattern})+")
LONGEST_NAME_WORDS = 30
LONGEST_NAME = 400
KEYS_IN_QUERY = 5000


@dataclass(frozen=True)
class ApplyingText:
    """A work with the expression of it that applies on the day asked for."""

    work: Work
    expression: Expression


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


def find_works(keys: Collection[str]) -> dict[str, list[Work]]:
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


def find_applying(works: Iterable[Work], as_of: date) -> dict[int, ApplyingText]:
    """Find the expression of each work that applies on a day, by the work's primary key. One query."""
    known = {work.pk: work for work in works}
    expressions = Expression.objects.filter(work__in=known, signed_date__lte=as_of).newest_first()
    newest: dict[int, ApplyingText] = {}
    for expression in expressions.defer("introduction", "title"):
        work_id = expression.work_id or 0
        newest.setdefault(work_id, ApplyingText(known[work_id], expression))
    return newest


def choose_applying(works: Iterable[Work], applying: Mapping[int, ApplyingText]) -> ApplyingText | None:
    """Choose which act of a name is meant: a Danish one before Greenland's, an act before an order, else the newest text.

    An act of which no text applies on the day is not meant.
    """
    texts = [applying[work.pk] for work in works if work.pk in applying]
    return max(texts, key=_rank, default=None)


def _rank(text: ApplyingText) -> tuple[bool, bool, date, int, int]:
    is_danish = text.work.jurisdiction == Jurisdiction.DENMARK
    return (is_danish, text.expression.kind == ActKind.MAIN, *text.expression.order)
