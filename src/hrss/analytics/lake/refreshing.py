"""Refreshing the lake: what changed in PostgreSQL since the last time is read again, period by period, in one snapshot.

A full refresh reads everything. Files are written first and become current with their lineage, in one transaction; a
refresh that breaks off changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from datetime import date

import polars as pl
from django.utils import timezone

from hrss.analytics.lake.checking import check
from hrss.analytics.lake.models import Partition
from hrss.analytics.lake.services.record_refresh import NewFile, record_refresh
from hrss.analytics.lake.source import PERIOD, Source, definition_of, opened
from hrss.analytics.lake.writing import write
from hrss.foundation.datasets import Dataset, open_datasets
from hrss.foundation.regions.queries import tree
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.outcome import Outcome

ROBOT = system_actor("lake.refresh")
Known = dict[str, tuple[str, str]]  # period → fingerprint, definition


def refresh(*, full: bool = False, only: Collection[str] | None = None) -> Outcome:
    """Bring the lake up to date; ``only`` names datasets. Gives the run with the number of files and rows."""
    started = time.monotonic()
    wanted = [dataset for name, dataset in open_datasets().items() if only is None or name in only]
    files: list[NewFile] = []
    with acting(ROBOT):
        gone = _no_longer_published()
        known = {dataset.name: {} if full else _known(dataset.name) for dataset in wanted}
        places = _places()
    with opened() as source:
        cut = source.cut()
        for dataset in wanted:
            now = source.fingerprints(dataset)
            changed = _changed(dataset, now, known[dataset.name])
            gone += [(dataset.name, period) for period in known[dataset.name].keys() - now.keys()]
            if changed:
                every = len(changed) == len(now)
                files += _files(
                    source, dataset, None if every else changed, now, on=timezone.localdate(), places=places
                )
    return record_refresh(
        actor=ROBOT,
        cut_at=cut.at,
        snapshot=cut.snapshot,
        datasets=len(wanted),
        files=files,
        gone=gone,
        milliseconds=int((time.monotonic() - started) * 1000),
    )


def _no_longer_published() -> list[tuple[str, str]]:
    kept = Partition.objects.filter(replaced_at=None).exclude(dataset__in=list(open_datasets()))
    return list(kept.values_list("dataset", "period"))


def _known(dataset: str) -> Known:
    rows = Partition.objects.filter(dataset=dataset, replaced_at=None)
    return {row.period: (row.fingerprint, row.definition) for row in rows}


def _changed(dataset: Dataset, now: dict[str, str], known: Known) -> list[str]:
    definition = definition_of(dataset)
    return [period for period, fingerprint in now.items() if known.get(period) != (fingerprint, definition)]


def _files(
    source: Source,
    dataset: Dataset,
    periods: Sequence[str] | None,
    fingerprints: dict[str, str],
    *,
    on: date,
    places: Collection[str],
) -> Iterator[NewFile]:
    frame = source.rows(dataset, periods)
    checked = check(dataset, frame, on=on, places=places)
    good = checked.good.partition_by(PERIOD, as_dict=True, include_key=False)
    bad = checked.bad.partition_by(PERIOD, as_dict=True, include_key=False)
    empty = checked.good.clear().drop(PERIOD)
    definition = definition_of(dataset)
    for period in periods if periods is not None else fingerprints:
        made = write(dataset.name, period, good.get((period,), empty))
        yield NewFile(
            dataset.name,
            period,
            made.file,
            made.sha256,
            made.size,
            made.rows,
            made.townships,
            fingerprints[period],
            definition,
            _reasons(bad.get((period,))),
        )


def _reasons(bad: pl.DataFrame | None) -> tuple[tuple[str, str], ...]:
    return () if bad is None else tuple((key, reason) for key, reason in bad.rows())


def _places() -> set[str]:
    """Give every code a row may lie at: county, townships, villages."""
    found: set[str] = set()
    for township, villages in tree():
        found |= {township.parent, township.code, *(village.code for village in villages)}
    return found
