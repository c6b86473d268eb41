"""Report of an import, passage by passage."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

EXCERPT_LENGTH = 80


class Outcome(models.TextChoices):
    """What became of a passage. The last five were not taken although the file has a translation."""

    TAKEN = "taken", gettext_lazy("taken")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    MISSING = "missing", gettext_lazy("not translated")
    UNSURE = "unsure", gettext_lazy("marked as unsure")
    STALE = "stale", gettext_lazy("stale: the source has changed since the export")
    CONFLICT = "conflict", gettext_lazy("changed here since the export; what stands here is kept")
    BROKEN = "broken", gettext_lazy("refused")
    UNKNOWN = "unknown", gettext_lazy("no such passage")


REFUSALS = frozenset((Outcome.STALE, Outcome.CONFLICT, Outcome.BROKEN, Outcome.UNKNOWN))
QUIET = frozenset((Outcome.TAKEN, Outcome.UNCHANGED))


@dataclass(frozen=True, slots=True)
class PassageResult:
    """What became of one passage; ``reason`` says more about a refusal."""

    outcome: Outcome
    title: str
    source: str
    reason: str = ""

    @property
    def excerpt(self) -> str:
        return self.source if len(self.source) <= EXCERPT_LENGTH else self.source[:EXCERPT_LENGTH] + "…"

    def __str__(self) -> str:
        said = f"{self.outcome.label}: {self.reason}" if self.reason else str(self.outcome.label)
        return _("“%(title)s”, passage “%(passage)s”: %(said)s") % {
            "title": self.title,
            "passage": self.excerpt,
            "said": said,
        }


@dataclass
class InterchangeReport:
    """Results by passage, ``problems`` of whole texts, and how many drafts were saved and texts published."""

    results: list[PassageResult] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    saved: int = 0
    published: int = 0

    @property
    def has_refusals(self) -> bool:
        """Say whether anything in the file was not taken."""
        return bool(self.problems) or any(result.outcome in REFUSALS for result in self.results)

    @property
    def loud(self) -> list[PassageResult]:
        """The results somebody has to look at."""
        return [result for result in self.results if result.outcome not in QUIET]

    @property
    def is_complete(self) -> bool:
        """Say whether every passage of the file is stored here."""
        return bool(self.results) and not self.problems and not self.loud

    def count(self) -> list[tuple[str, int]]:
        """Count the passages by outcome, in the order of the outcomes."""
        counted = Counter(result.outcome for result in self.results)
        return [(str(outcome.label), counted[outcome]) for outcome in Outcome if counted[outcome]]

    def __str__(self) -> str:
        counts = [f"{label}: {count}" for label, count in self.count()] or [_("no passages")]
        texts = ngettext(
            "%(saved)s draft saved, %(published)s published",
            "%(saved)s drafts saved, %(published)s published",
            self.saved,
        ) % {"saved": self.saved, "published": self.published}
        return f"{', '.join(counts)}; {texts}"
