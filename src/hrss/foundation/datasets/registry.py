"""Which datasets there are. Parts register theirs when they are wired.

Business rows take the place of the demonstration's history of the same name, whichever comes first; two of the same
origin are refused.
"""

from __future__ import annotations

from collections.abc import Iterable

from hrss.foundation.datasets.declaration import Dataset, Origin
from hrss.kernel.problem import Problem

DATASETS: dict[str, Dataset] = {}


def register(*datasets: Dataset) -> None:
    """Publish datasets. ValueError when one of the same name and origin is there already."""
    for dataset in datasets:
        known = DATASETS.get(dataset.name)
        if known is not None and known.origin == dataset.origin:
            raise ValueError(f"dataset {dataset.name} is registered twice")
        if known is not None and dataset.origin is Origin.DEMO_HISTORY:
            continue
        DATASETS[dataset.name] = dataset


def dataset_of(name: str) -> Dataset:
    """Give the dataset. Problem ``datasets.unknown`` when nobody publishes it."""
    dataset = DATASETS.get(name)
    if dataset is None:
        raise _unknown(name)
    return dataset


def open_dataset_of(name: str) -> Dataset:
    """Give a dataset that statistics and analysis may read. Problem ``datasets.unknown``, for those of rules too."""
    dataset = dataset_of(name)
    if dataset.only_rules:
        raise _unknown(name)
    return dataset


def _unknown(name: str) -> Problem:
    return Problem(
        "datasets.unknown",
        f"没有数据集“{name}”",
        rule="统计口径只能建立在已发布的数据集上",
        remedy=f"现有：{'、'.join(open_datasets()) or '无'}",
        field="dataset",
    )


def open_datasets() -> dict[str, Dataset]:
    """Give the datasets that statistics and analysis may read, by name: all but those made for rules alone."""
    return {name: DATASETS[name] for name in sorted(DATASETS) if not DATASETS[name].only_rules}


def owners(datasets: Iterable[Dataset]) -> tuple[str, ...]:
    """Give the owners of several datasets, each once, in order."""
    return tuple(dict.fromkeys(dataset.owner for dataset in datasets))
