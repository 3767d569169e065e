"""Recording a refresh: the run, its files in the place of those before, the rows set aside; one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Now

from hrss.analytics.lake.models import Partition, Quarantined, Run
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome

KEPT_REASONS = 1000  # of one file; the count is always whole


@dataclass(frozen=True, slots=True)
class NewFile:
    """One file of a refresh; ``set_aside`` are keys and reasons of bad rows."""

    dataset: str
    period: str
    file: str
    sha256: str
    size: int
    rows: int
    townships: int
    fingerprint: str
    definition: str
    set_aside: tuple[tuple[str, str], ...]


@verb("lake.refresh")
def record_refresh(
    *,
    actor: Actor,
    cut_at: datetime,
    snapshot: str,
    datasets: int,
    files: Sequence[NewFile],
    gone: Sequence[tuple[str, str]],
    milliseconds: int,
) -> Outcome:
    """Keep the lineage of a refresh; ``gone`` are datasets and periods that have no row any more."""
    run = Run.objects.create(
        cut_at=cut_at,
        snapshot=snapshot,
        datasets=datasets,
        partitions=len(files),
        rows=sum(one.rows for one in files),
        quarantined=sum(len(one.set_aside) for one in files),
        milliseconds=milliseconds,
    )
    for dataset, periods in _by_dataset([*((one.dataset, one.period) for one in files), *gone]).items():
        Partition.objects.filter(Q(dataset=dataset, period__in=periods), replaced_at=None).update(replaced_at=Now())
    made = Partition.objects.bulk_create([_partition(run, one) for one in files])
    Quarantined.objects.bulk_create(
        Quarantined(partition=partition, row_key=key, reason=reason)
        for partition, one in zip(made, files, strict=True)
        for key, reason in one.set_aside[:KEPT_REASONS]
    )
    audit.record(
        actor,
        "lake.refresh",
        subject_kind="lake_run",
        subject_id=run.id,
        detail={"datasets": datasets, "files": len(files), "rows": run.rows, "quarantined": run.quarantined},
    )
    return Outcome("lake_run", str(run.id), data={"files": len(files), "rows": run.rows})


def _by_dataset(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for dataset, period in pairs:
        found.setdefault(dataset, []).append(period)
    return found


def _partition(run: Run, one: NewFile) -> Partition:
    return Partition(
        run=run,
        dataset=one.dataset,
        period=one.period,
        file=one.file,
        sha256=one.sha256,
        size=one.size,
        rows=one.rows,
        quarantined=len(one.set_aside),
        townships=one.townships,
        fingerprint=one.fingerprint,
        definition=one.definition,
    )
