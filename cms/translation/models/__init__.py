"""Models of the work on translations."""

from cms.translation.models.tasks import TranslationStep, TranslationTask

__all__ = ["TranslationStep", "TranslationTask"]
