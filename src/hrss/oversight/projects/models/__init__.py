"""Tables of plan and projects. Shares, reports, payments and photos keep to the region they belong to."""

from hrss.oversight.projects.models.budgets import BudgetLine
from hrss.oversight.projects.models.evaluations import Evaluation
from hrss.oversight.projects.models.tasks import AnnualTask, Evidence, ProgressReport, Reminder, TaskShare
from hrss.oversight.projects.models.undertakings import InvestmentYear, Milestone, Output, Payment, Photo, Project

__all__ = [
    "AnnualTask",
    "BudgetLine",
    "Evaluation",
    "Evidence",
    "InvestmentYear",
    "Milestone",
    "Output",
    "Payment",
    "Photo",
    "ProgressReport",
    "Project",
    "Reminder",
    "TaskShare",
]
