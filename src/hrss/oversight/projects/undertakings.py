"""Reading projects: progress by weight, delay of milestones, payments by year against the plan, outputs as measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.catalogue import statistic_of
from hrss.oversight.indicators.definitions import Kind
from hrss.oversight.indicators.sample import share
from hrss.oversight.indicators.values import value_of
from hrss.oversight.projects.models import AnnualTask, Milestone, Output, Project
from hrss.oversight.projects.standing import tasks_standing

_ROBOT = system_actor("projects.undertakings").for_purpose("statistics")


@dataclass(frozen=True, slots=True)
class Brought:
    """An output: aim (scaled with a sample), actual, and whether it is reached."""

    output: Output
    aim: Decimal
    actual: Decimal | None

    @property
    def reached(self) -> bool:
        """Whether the aim is met."""
        return self.actual is not None and self.actual >= self.aim


@dataclass(frozen=True, slots=True)
class ProjectState:
    """A project on a day: confirmed weight in per cent, milestones and those late, money by year in fen, outputs."""

    project: Project
    milestones: tuple[Milestone, ...]
    done: int
    late: tuple[Milestone, ...]
    planned: dict[int, int]
    paid: dict[int, int]
    outputs: tuple[Brought, ...]
    photos: int

    @property
    def paid_total(self) -> int:
        """All confirmed payments, in fen."""
        return sum(self.paid.values())

    @property
    def words(self) -> str:
        """How it stands, in a word."""
        if self.late:
            return "节点滞后"
        return "已完成" if self.done == 100 else "按计划推进"


def states(day: date) -> list[ProjectState]:
    """Give every project as it stood on a day; totals of the county, so it reads as the house itself."""
    with acting(_ROBOT):
        return [state_of(one, day) for one in Project.objects.order_by("code")]


def state_of(project: Project, day: date) -> ProjectState:
    """Give one project as it stood on a day. Only what was confirmed counts, by the day it happened."""
    milestones = tuple(project.milestones.order_by("number"))
    done = [one for one in milestones if one.confirmed_at and one.done_on and one.done_on <= day]
    late = tuple(one for one in milestones if one.due_on < day and one not in done)
    paid = project.payments.exclude(confirmed_at=None).filter(paid_on__lte=day)
    by_year = paid.annotate(year=ExtractYear("paid_on")).values("year").annotate(total=Sum("amount")).order_by("year")
    return ProjectState(
        project, milestones, sum(one.weight for one in done), late,
        dict(project.investments.order_by("year").values_list("year", "amount")),
        {row["year"]: row["total"] for row in by_year},
        tuple(_brought(one, done, day) for one in project.outputs.order_by("number")),
        project.photos.filter(taken_on__lte=day).count(),
    )  # fmt: skip


def days_late(milestone: Milestone, day: date) -> int:
    """Give how many days a milestone is or was late; nought where it is not."""
    until = milestone.done_on if milestone.confirmed_at and milestone.done_on else day
    return max(0, (min(until, day) - milestone.due_on).days)


def _brought(output: Output, done: Sequence[Milestone], day: date) -> Brought:
    if output.bound == Output.Bound.MILESTONE:
        is_done = any(one.number == int(output.binding) for one in done)
        return Brought(output, output.quantity, output.quantity if is_done else Decimal(0))
    if output.bound == Output.Bound.TASK:
        return Brought(output, output.quantity, _of_task(output, day))
    statistic, month = statistic_of(output.binding), YearMonth.of(day)
    kept = queries.county_figure(output.binding, month) or queries.county_figure(output.binding, month - 1)
    scaled = share() if statistic.scales and statistic.kind is Kind.AMOUNT else Decimal(1)
    return Brought(
        output, output.quantity * scaled, value_of(statistic, kept.counts, unit=output.unit) if kept else None
    )


def _of_task(output: Output, day: date) -> Decimal | None:
    task = AnnualTask.objects.filter(code=output.binding, year__lte=day.year).order_by("-year").first()
    if task is None:
        return None
    month = min(YearMonth.of(day), YearMonth(task.year, 12))
    return tasks_standing([task], month)[task.id].value
