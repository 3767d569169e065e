"""Counting heads: by distinct person, not by row, and valid rows only where the table's validity means that.

The same list gives different figures by record and by person; the caller names which one it reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeadRecord:
    """One row of a list: the person, the table it comes from, whether the row is valid."""

    person: str
    table: str
    valid: bool


def count_heads(records: Iterable[HeadRecord], *, by_person: bool, valid_only: bool) -> int:
    """Count distinct persons or rows; a person with one valid row counts even beside invalid ones."""
    kept = [record for record in records if record.valid or not valid_only]
    return len({record.person for record in kept}) if by_person else len(kept)
