"""The knowledge base's page types. Outside code imports from here."""

from knowledge.models.articles import ArticlePage
from knowledge.models.best_practices import BestPracticePage, list_consortia
from knowledge.models.consortia import ConsortiumPage
from knowledge.models.contact_points import ContactPointPage
from knowledge.models.guides import GuidePage

__all__ = ["ArticlePage", "BestPracticePage", "ConsortiumPage", "ContactPointPage", "GuidePage", "list_consortia"]
