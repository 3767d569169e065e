"""What a dataset is: rows of one grain with declared columns, given by a SELECT over the owner's tables.

It refuses a declaration without row key, region or event date: a number nobody can place or list is not published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

ROW_KEY: Final = "id"
REGION: Final = "region_code"
_NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
_COLUMN = re.compile(r"[a-z][a-z0-9_]*")


class Sensitivity(StrEnum):
    """How much a column tells about a person, from the open to the sealed."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Origin(StrEnum):
    """Where the rows come from: business done here, or the demonstration's history of a part that is not here yet."""

    BUSINESS = "business"
    DEMO_HISTORY = "demo_history"


TYPES: Final = frozenset({"text", "integer", "fen", "date", "boolean", "uuid", "code"})
NUMBERS: Final = frozenset({"integer", "fen"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type, what it means in Chinese, and how sensitive it is. ``fen`` is money in fen."""

    name: str
    type: str
    meaning: str
    sensitivity: Sensitivity = Sensitivity.INTERNAL

    def __post_init__(self) -> None:
        if not _COLUMN.fullmatch(self.name):
            raise ValueError(f"column {self.name!r} is not a lower-case name")
        if self.type not in TYPES:
            raise ValueError(f"column {self.name}: no type {self.type!r}; one of {', '.join(sorted(TYPES))}")


@dataclass(frozen=True, slots=True)
class Dataset:
    """One published table. ``grain`` says what one row is; ``sql`` selects exactly the columns, without parameters.

    ``date_column`` is the day the event happened or the state began; ``until_column`` the first day it no longer held
    (for stocks); ``recorded_column`` the day we learned of it (for replays). ``freshness`` and ``owner`` are Chinese.
    ``same`` names the columns in which two rows may not agree (the same thing told twice): the event date is one of
    them. ``needs_township``: a row that says only the county is placed nowhere and counts in no number.
    ``only_rules``: only monitoring reads it, it is in no lake, explorer or list of faults: what members of staff did,
    or rows of another dataset once more, beside what a rule asks of them.
    """

    name: str
    title: str
    grain: str
    sql: str
    date_column: str
    columns: tuple[Column, ...]
    freshness: str
    owner: str
    origin: Origin = Origin.BUSINESS
    until_column: str = ""
    recorded_column: str = ""
    same: tuple[str, ...] = ()
    needs_township: bool = False
    only_rules: bool = False
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"dataset {self.name!r}: the name is part.things in lower case")
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
        if len(self.by_name) != len(self.columns):
            raise ValueError(f"dataset {self.name}: a column is declared twice")
        for needed in (ROW_KEY, REGION):
            if needed not in self.by_name:
                raise ValueError(f"dataset {self.name}: column {needed} is missing")
        for day in filter(None, (self.date_column, self.until_column, self.recorded_column)):
            if day not in self.by_name or self.by_name[day].type != "date":
                raise ValueError(f"dataset {self.name}: {day!r} must be a declared date column")
        if self.same and not (self.date_column in self.same and set(self.same) <= set(self.by_name)):
            raise ValueError(f"dataset {self.name}: `same` lists declared columns, the event date among them")
        if "%" in self.sql:
            raise ValueError(f"dataset {self.name}: the SELECT takes no parameters and no per cent signs")
        object.__setattr__(self, "sql", self.sql.strip())

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)
