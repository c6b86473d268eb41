"""Checks of a whole translation that is kept with wagtail-localize, and what they say against releasing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin
from wagtail_localize.models import StringSegment, Translation

from cms.core.html_reader import read_line
from cms.core.languages import LANGUAGES
from cms.translation.checks.approvals import build_digest, list_approved
from cms.translation.checks.findings import Finding
from cms.translation.checks.services import PassageChecker
from cms.translation.passages.missing_passages import EXAMPLE_LENGTH, find_translation


@dataclass(frozen=True)
class CheckedPassage:
    """A translated passage with what was found in it. ``is_approved`` says that a person let it stand."""

    source: str
    target: str
    digest: str
    findings: tuple[Finding, ...]
    is_approved: bool

    @property
    def blocking(self) -> list[Finding]:
        """The findings for which the translation is not released."""
        return [
            finding
            for finding in self.findings
            if finding.is_blocking and not (self.is_approved and finding.is_approvable)
        ]

    @property
    def is_approvable(self) -> bool:
        """Whether a person may let it stand: everything that blocks it may be right."""
        return bool(self.blocking) and all(finding.is_approvable for finding in self.blocking)

    @property
    def example(self) -> str:
        """The translation's words on one line, cut where they are many."""
        text = read_line(self.target)
        return text if len(text) <= EXAMPLE_LENGTH else text[:EXAMPLE_LENGTH] + "…"


def iterate_checked(translation: Translation) -> Iterator[CheckedPassage]:
    """Check the passages that are translated, in the order in which they are read, and keep those with a finding."""
    locale = translation.target_locale.language_code
    checker = PassageChecker(translation.source.locale.language_code, locale)
    approved = list_approved(translation.source.object_id, locale)
    segments = StringSegment.objects.filter(source=translation.source).exclude(context__path="slug").order_by("order")
    for segment in segments.annotate_translation(translation.target_locale).select_related("string"):
        if not segment.translation:
            continue
        source, target = segment.string.data, segment.translation
        if findings := checker.check(source, target):
            digest = build_digest(source, target)
            yield CheckedPassage(source, target, digest, tuple(findings), digest in approved)


def find_blocked_passages(instance: Any) -> str | None:
    """Say for which passage a translation cannot be released; ``None`` where none blocks it."""
    if not isinstance(instance, DraftStateMixin) or not hasattr(instance, "translation_key"):
        return None
    translation = find_translation(instance)
    return describe_blocked_passages(translation, str(instance)) if translation is not None else None


def describe_blocked_passages(translation: Translation, title: str) -> str | None:
    """Say how many passages block a translation, and what was found in the first; ``None`` where none does."""
    blocked = [passage for passage in iterate_checked(translation) if passage.blocking]
    if not blocked:
        return None
    return _(
        "“%(title)s” was not published in %(language)s: passages that differ from their source: %(count)s. "
        "The first is “%(passage)s” – %(finding)s."
    ) % {
        "title": title,
        "language": LANGUAGES[translation.target_locale.language_code].endonym,
        "count": len(blocked),
        "passage": blocked[0].example,
        "finding": blocked[0].blocking[0].message,
    }
