"""Checks of a whole translation, what a person let stand in it, and what they say against releasing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

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


class TranslationChecker:
    """The checks of one content in one language, with what a person let stand; glossary and approvals are read once."""

    def __init__(self, content_id: UUID, source_locale: str, locale: str) -> None:
        self.checker = PassageChecker(source_locale, locale)
        self.approved = list_approved(content_id, locale)

    def check(self, source: str, target: str) -> CheckedPassage | None:
        """Check one passage; ``None`` where nothing was found."""
        return self.build(source, target, self.checker.check(source, target))

    def check_change(self, before: str, now: str, target: str) -> CheckedPassage | None:
        """Check one passage for what a change of its source has made wrong: findings it had before are left out.

        Words that were written freely beside a source, and not passage by passage, may differ from it since ever.
        """
        known = self.checker.check(before, target)
        return self.build(now, target, [found for found in self.checker.check(now, target) if found not in known])

    def build(self, source: str, target: str, findings: list[Finding]) -> CheckedPassage | None:
        """Build a passage with its findings; ``None`` where there is none."""
        if not findings:
            return None
        digest = build_digest(source, target)
        return CheckedPassage(source, target, digest, tuple(findings), digest in self.approved)


def iterate_checked(translation: Translation) -> Iterator[CheckedPassage]:
    """Check the passages that are translated, in the order in which they are read, and keep those with a finding."""
    locale = translation.target_locale.language_code
    checker = TranslationChecker(translation.source.object_id, translation.source.locale.language_code, locale)
    segments = StringSegment.objects.filter(source=translation.source).exclude(context__path="slug").order_by("order")
    for segment in segments.annotate_translation(translation.target_locale).select_related("string"):
        if not segment.translation:
            continue
        if checked := checker.check(segment.string.data, segment.translation):
            yield checked


def is_blocked(translation: Translation) -> bool:
    """Say whether a passage blocks the release of a translation."""
    return any(passage.blocking for passage in iterate_checked(translation))


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
        "“%(title)s” cannot be published in %(language)s: passages that differ from their source: %(count)s. "
        "The first is “%(passage)s” – %(finding)s."
    ) % {
        "title": title,
        "language": LANGUAGES[translation.target_locale.language_code].endonym,
        "count": len(blocked),
        "passage": blocked[0].example,
        "finding": blocked[0].blocking[0].message,
    }
