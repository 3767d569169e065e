"""The county's list of all service items, also those without an item file: guide-level facts with status and source."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hrss.casework.items.packs import packs_root
from hrss.kernel.limits import Limit


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One row of the list. ``statutory`` and ``promised`` are short limits (``10W``); ``status`` says how sure."""

    code: str
    name: str
    line: str
    kind: str
    applicant: tuple[str, ...]
    statutory: str
    promised: str
    materials: tuple[str, ...]
    outcome: str
    status: str
    source: str

    @property
    def promised_words(self) -> str:
        """The promised limit in words."""
        return Limit.parse(self.promised).words

    @property
    def statutory_words(self) -> str:
        """The statutory limit in words."""
        return Limit.parse(self.statutory).words


@cache
def catalogue(root: Path | None = None) -> Mapping[str, CatalogueEntry]:
    """Give all entries by code, in the order of the list."""
    path = (root or packs_root()) / "national" / "catalogue.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _entry(row) for row in csv.DictReader(file)}


def _entry(row: Mapping[str, str]) -> CatalogueEntry:
    return CatalogueEntry(
        code=row["code"],
        name=row["name"],
        line=row["line"],
        kind=row["kind"],
        applicant=tuple(row["applicant"].split(";")),
        statutory=row["statutory"],
        promised=row["promised"],
        materials=tuple(part for part in row["materials"].split(";") if part and part != "无"),
        outcome=row["outcome"],
        status=row["status"],
        source=row["source"],
    )
