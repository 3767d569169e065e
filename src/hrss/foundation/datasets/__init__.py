"""Datasets: what each part publishes for statistics, analysis and supervision, declared beside the tables.

A measure over a dataset compiles to one condition that gives the number and the very rows behind it. Nothing here
reads a table of its own; it refuses columns nobody declared and values of another type.
"""

from hrss.foundation.datasets.declaration import Column, Dataset, Origin, Sensitivity
from hrss.foundation.datasets.filters import AnyOf, Condition, Moment, Operator
from hrss.foundation.datasets.measures import Aggregate, Measure, Time, Window
from hrss.foundation.datasets.registry import DATASETS, dataset_of, open_dataset_of, open_datasets, register

__all__ = [
    "DATASETS",
    "Aggregate",
    "AnyOf",
    "Column",
    "Condition",
    "Dataset",
    "Measure",
    "Moment",
    "Operator",
    "Origin",
    "Sensitivity",
    "Time",
    "Window",
    "dataset_of",
    "open_dataset_of",
    "open_datasets",
    "register",
]
