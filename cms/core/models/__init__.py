"""The models of the floor. Outside code imports from here; modules below import each other downward only."""

from cms.core.models.desk_visits import DeskVisit
from cms.core.models.figures import Figure, FigureAmount, FigureName
from cms.core.models.organisations import Consortium, Membership, Municipality, list_municipalities
from cms.core.models.releasable import ReleasablePage
from cms.core.models.reusable import ReusableBlock
from cms.core.models.standard import PageLayout, StandardPage
from cms.core.models.vocabularies import (
    Audience,
    FocusArea,
    PolicyArea,
    Topic,
    VocabularyEntry,
    build_labels,
    list_audiences,
    list_focus_areas,
    list_topics,
)

__all__ = [
    "Audience",
    "Consortium",
    "DeskVisit",
    "Figure",
    "FigureAmount",
    "FigureName",
    "FocusArea",
    "Membership",
    "Municipality",
    "PageLayout",
    "PolicyArea",
    "ReleasablePage",
    "ReusableBlock",
    "StandardPage",
    "Topic",
    "VocabularyEntry",
    "build_labels",
    "list_audiences",
    "list_focus_areas",
    "list_municipalities",
    "list_topics",
]
