"""Slugs of works, given once: the plain name for a main act, with number and year for everything else."""

from collections.abc import Sequence

from cms.core.slugs import transliterate_slug
from legal.enums import ActKind
from legal.models import Expression, Work

NAME_LENGTH = 80
# Before the 33 characters of an id: a slug has 120 in all.
NUMBERED_LENGTH = 80


def assign_slugs(new: Sequence[tuple[Work, Expression]]) -> None:
    """Give each new work, in order, a slug that no other has; the expression is the work's earliest."""
    options = [_list_options(work, earliest) for work, earliest in new]
    wanted = {slug for slugs in options for slug in slugs}
    taken = set(Work.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    for (work, _earliest), slugs in zip(new, options, strict=True):
        work.slug = next(slug for slug in slugs if slug not in taken)
        taken.add(work.slug)


def _list_options(work: Work, earliest: Expression) -> list[str]:
    """List the slugs to try, the last of which is unique."""
    name = transliterate_slug(work.short_title, "da") or "act"
    if len(name) > NAME_LENGTH:
        name = name[:NAME_LENGTH].rsplit("-", 1)[0]
    numbered = f"{name}-{earliest.number}-{earliest.year}"
    plain = [name] if earliest.kind == ActKind.MAIN else []
    return [*plain, numbered, f"{numbered[:NUMBERED_LENGTH]}-{work.content_id.hex}"]
