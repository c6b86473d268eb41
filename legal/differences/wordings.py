"""Wordings of one section through the texts of its act: when each began and when it ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from cms.core.unicode_text import WHITESPACE, strip_invisible
from legal.models import Expression, Provision, Work
from legal.models.applying_texts import build_windows


@dataclass(frozen=True)
class Wording:
    """A wording of a section, from its first text on.

    ``previous`` is the last text before it, ``None`` where the section was not there yet; ``ended`` is the first text in which
    it reads otherwise or is gone, ``None`` while it stands.
    """

    first: Expression
    previous: Expression | None
    ended: Expression | None


def list_wordings(work: Work, section: str) -> Sequence[Wording]:
    """List the wordings of a section, the newest first; spacing and invisible characters make no new one.

    A number printed twice counts with the first place it is printed at. Two queries.
    """
    expressions = [window.expression for window in build_windows(work.expressions.exclude(text_hash=""))]
    rows = Provision.objects.served().filter(expression__in=expressions, section=section).order_by("-ordinal")
    texts = {key: WHITESPACE.sub("", strip_invisible(text)) for key, text in rows.values_list("expression_id", "text")}
    starts = [
        place
        for place, expression in enumerate(expressions)
        if place == 0 or texts.get(expression.pk) != texts.get(expressions[place - 1].pk)
    ]
    wordings = []
    for start, end in zip(starts, [*starts[1:], len(expressions)], strict=True):
        if expressions[start].pk not in texts:
            continue
        before = expressions[start - 1] if start else None
        previous = before if before is not None and before.pk in texts else None
        ended = expressions[end] if end < len(expressions) else None
        wordings.append(Wording(expressions[start], previous, ended))
    return wordings[::-1]
