"""Reading the lineage: the newest runs, what each dataset consists of now, what was set aside and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Sum

from hrss.analytics.lake.models import Partition, Quarantined, Run


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows of one file that were set aside for one reason."""

    dataset: str
    period: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What the lake holds of a dataset: files, rows, bytes, first and last period, rows set aside, newest cut."""

    dataset: str
    files: int
    rows: int
    size: int
    first: str
    last: str
    quarantined: int
    cut_at: datetime


def newest_runs(limit: int = 10) -> list[Run]:
    """Give the newest runs."""
    return list(Run.objects.order_by("-recorded_at")[:limit])


def holdings() -> list[Holding]:
    """Give what the lake holds now, by dataset."""
    current = Partition.objects.filter(replaced_at=None)
    found = current.values("dataset").annotate(
        files=Count("id"), all_rows=Sum("rows"), bytes=Sum("size"), first=Min("period"), last=Max("period"),
        bad=Sum("quarantined"), cut=Max("run__cut_at"),
    )  # fmt: skip
    return [
        Holding(
            one["dataset"],
            one["files"],
            one["all_rows"],
            one["bytes"],
            one["first"],
            one["last"],
            one["bad"],
            one["cut"],
        )
        for one in found.order_by("dataset")
    ]


def reasons(dataset: str) -> dict[str, int]:
    """Give why rows of a dataset are set aside now, and how many, the most first."""
    current = Quarantined.objects.filter(partition__replaced_at=None, partition__dataset=dataset)
    found = current.values("reason").annotate(rows=Count("id")).order_by("-rows", "reason")
    return {one["reason"]: one["rows"] for one in found}


def set_aside(limit: int = 50) -> list[SetAside]:
    """Give what is set aside now, the most first."""
    current = Quarantined.objects.filter(partition__replaced_at=None)
    found = current.values("partition__dataset", "partition__period", "reason").annotate(rows=Count("id"))
    return [
        SetAside(one["partition__dataset"], one["partition__period"], one["reason"], one["rows"])
        for one in found.order_by("-rows", "partition__dataset")[:limit]
    ]
