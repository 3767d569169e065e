"""Tables of casework. Other parts use ``queries`` and ``services``; they point at ``casework.Case`` by key only."""

from hrss.casework.models.actions import Action, ConflictDeclaration, Opinion
from hrss.casework.models.bulk import BulkBatch, BulkRow
from hrss.casework.models.cases import Bundle, BundleMember, Case
from hrss.casework.models.clocks import Clock, Suspension
from hrss.casework.models.evidence import Draft, Material, Notice
from hrss.casework.models.items import ItemVersion, Transition, WaitingKey
from hrss.casework.models.outcomes import ArchiveBag, Decision, Document, Effect
from hrss.casework.models.papers import Paper
from hrss.casework.models.ratings import Rating, RatingTask

__all__ = [
    "Action",
    "ArchiveBag",
    "BulkBatch",
    "BulkRow",
    "Bundle",
    "BundleMember",
    "Case",
    "Clock",
    "ConflictDeclaration",
    "Decision",
    "Document",
    "Draft",
    "Effect",
    "ItemVersion",
    "Material",
    "Notice",
    "Opinion",
    "Paper",
    "Rating",
    "RatingTask",
    "Suspension",
    "Transition",
    "WaitingKey",
]
