"""Models of the work on translations."""

from cms.translation.models.approvals import PassageApproval
from cms.translation.models.bundles import BundleEntry, ReleaseBundle
from cms.translation.models.draft_readings import DraftReading
from cms.translation.models.glossary import Concept, Definition, Term
from cms.translation.models.notices import Notice, NoticeOccasion
from cms.translation.models.tasks import TranslationStep, TranslationTask
from cms.translation.models.teams import LanguageTeam

__all__ = [
    "BundleEntry",
    "Concept",
    "Definition",
    "DraftReading",
    "LanguageTeam",
    "Notice",
    "NoticeOccasion",
    "PassageApproval",
    "ReleaseBundle",
    "Term",
    "TranslationStep",
    "TranslationTask",
]
