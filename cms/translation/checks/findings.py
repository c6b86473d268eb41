"""Findings of the checks: kind, pieces of the source and of the translation they are about, and the sentence for a person."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class FindingKind(TextChoices):
    """Kinds of findings."""

    AMOUNT = "amount", gettext_lazy("Number or amount")
    DATE = "date", gettext_lazy("Date")
    TIME = "time", gettext_lazy("Time of day")
    REFERENCE = "reference", gettext_lazy("Reference to a provision")
    LINK = "link", gettext_lazy("Link")
    PLACEHOLDER = "placeholder", gettext_lazy("Placeholder")
    MARKUP = "markup", gettext_lazy("Markup")
    TERM_MISSING = "term_missing", gettext_lazy("Required term missing")
    TERM_FORBIDDEN = "term_forbidden", gettext_lazy("Forbidden term")


WARNINGS = frozenset((FindingKind.TERM_MISSING,))
# A person may let these stand: "kl. 14" is "2 pm", "14 dage" is "two weeks", and an act's own name may hold a forbidden term.
APPROVABLE = frozenset((FindingKind.AMOUNT, FindingKind.DATE, FindingKind.TIME, FindingKind.TERM_FORBIDDEN))


@dataclass(frozen=True)
class Finding:
    """One difference between a passage and its source.

    ``expected`` is the piece as the source writes it, "" for what only the translation has; ``found`` the piece of the
    translation, "" for what it lacks. Of a term, ``expected`` is what to write and ``found`` what stands there.
    """

    kind: FindingKind
    expected: str = ""
    found: str = ""

    @property
    def is_blocking(self) -> bool:
        """Whether the translation may not be released with it."""
        return self.kind not in WARNINGS

    @property
    def is_approvable(self) -> bool:
        """Whether a person may let it stand."""
        return self.kind in APPROVABLE

    @property
    def message(self) -> str:
        """The finding in words of the active language."""
        values = {"kind": self.kind.label, "expected": self.expected, "found": self.found}
        if self.kind == FindingKind.TERM_MISSING:
            return _("%(kind)s: “%(expected)s”") % values
        if self.kind == FindingKind.TERM_FORBIDDEN and self.expected:
            return _("%(kind)s: “%(found)s”, write “%(expected)s”") % values
        if not self.expected:
            return _("%(kind)s: “%(found)s” is not in the source like this") % values
        if not self.found:
            return _("%(kind)s: “%(expected)s” of the source is missing") % values
        return _("%(kind)s: “%(expected)s” of the source has become “%(found)s”") % values
