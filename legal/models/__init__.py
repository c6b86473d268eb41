"""The models of the law. Outside code imports from here."""

from legal.models.acts import Expression, Provision, Work
from legal.models.law_notes import LawNotePage

__all__ = ["Expression", "LawNotePage", "Provision", "Work"]
