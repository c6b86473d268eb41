"""Models of the work on translations."""

from cms.translation.models.notices import Notice, NoticeOccasion
from cms.translation.models.tasks import TranslationStep, TranslationTask
from cms.translation.models.teams import LanguageTeam

__all__ = ["LanguageTeam", "Notice", "NoticeOccasion", "TranslationStep", "TranslationTask"]
