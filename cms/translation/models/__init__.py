"""Models of the work on translations."""

from cms.translation.models.approvals import PassageApproval
from cms.translation.models.glossary import Concept, Definition, Term
from cms.translation.models.tasks import TranslationStep, TranslationTask

__all__ = ["Concept", "Definition", "PassageApproval", "Term", "TranslationStep", "TranslationTask"]
