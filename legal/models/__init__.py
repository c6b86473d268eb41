"""Models and querysets of the law: works, expressions, provisions, their effects, reviews and the harvest's state.

Outside code imports the models from here. The law note's page stands in ``legal.notes``, with the blocks and checks it needs.
"""

from legal.models.acts import Expression, Provision, Work
from legal.models.effects import Amendment, Commencement, Relation
from legal.models.harvest import HarvestDay, HarvestDocument, HarvestTurn
from legal.models.mentions import UnknownAct
from legal.models.names import WorkName
from legal.models.reviews import CitedProvision, LawChange, ReviewTask
from legal.models.source_snapshots import SourceDeviation, SourceSnapshot

__all__ = [
    "Amendment",
    "CitedProvision",
    "Commencement",
    "Expression",
    "HarvestDay",
    "HarvestDocument",
    "HarvestTurn",
    "LawChange",
    "Provision",
    "Relation",
    "ReviewTask",
    "SourceDeviation",
    "SourceSnapshot",
    "UnknownAct",
    "Work",
    "WorkName",
]
