"""Models of the work on translations."""

from cms.translation.models.bundles import BundleEntry, ReleaseBundle
from cms.translation.models.tasks import TranslationStep, TranslationTask

__all__ = ["BundleEntry", "ReleaseBundle", "TranslationStep", "TranslationTask"]
