"""Reads of casework, already limited to the actor's scope by the database. Pages cost one round trip, or two."""

from hrss.casework.queries.bundle_page import BundlePage, MemberRow, bundle_page
from hrss.casework.queries.case_page import CasePage, VerbOffer, case_page
from hrss.casework.queries.documents import document
from hrss.casework.queries.drafts import DraftView, draft, drafts
from hrss.casework.queries.due_lists import DueLists, DueRow, due_lists
from hrss.casework.queries.follow_ups import FollowUp, FollowUps, follow_ups
from hrss.casework.queries.guides import Guide, guide
from hrss.casework.queries.inbox import VIEWS, InboxPage, InboxRow, inbox
from hrss.casework.queries.my_cases import MyCase, MyCases, my_cases
from hrss.casework.queries.of_person import CASES_OF, PersonCase, cases_of, cases_of_firm, cases_soon, number_of
from hrss.casework.queries.proposals import Proposal, proposal
from hrss.casework.queries.searching import CaseHit, FoundCases, search_cases
from hrss.casework.queries.verifying import VerifiedDocument, verify_document

__all__ = [
    "CASES_OF",
    "VIEWS",
    "BundlePage",
    "CaseHit",
    "CasePage",
    "DraftView",
    "DueLists",
    "DueRow",
    "FollowUp",
    "FollowUps",
    "FoundCases",
    "Guide",
    "InboxPage",
    "InboxRow",
    "MemberRow",
    "MyCase",
    "MyCases",
    "PersonCase",
    "Proposal",
    "VerbOffer",
    "VerifiedDocument",
    "bundle_page",
    "case_page",
    "cases_of",
    "cases_of_firm",
    "cases_soon",
    "document",
    "draft",
    "drafts",
    "due_lists",
    "follow_ups",
    "guide",
    "inbox",
    "my_cases",
    "number_of",
    "proposal",
    "search_cases",
    "verify_document",
]
