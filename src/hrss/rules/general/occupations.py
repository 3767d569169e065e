"""The occupation classification of 2022: names by code, the levels above, search by words.

The list is data with its notice beside it. A code that is not in the list is a Problem; nothing is guessed, and the
list's own gaps against the printed volume stay gaps.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hrss.kernel.problem import Problem

RULE = "《中华人民共和国职业分类大典（2022 年版）》"
_FILE = Path(__file__).parent / "data" / "occupations_2022.csv"
_CODE = re.compile(r"[1-8](-[0-9]{2}){0,3}")


@dataclass(frozen=True, slots=True)
class Occupation:
    """One entry: code ``n-nn-nn-nn``, level 1 (大类) to 4 (职业), name, whether green and digital, definition."""

    code: str
    level: int
    name: str
    green: bool
    digital: bool
    definition: str


@lru_cache(maxsize=1)
def occupations() -> dict[str, Occupation]:
    """Give all entries by code."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = (_read(row) for row in csv.DictReader(file))
        return {row.code: row for row in rows}


def occupation(code: str, *, field: str = "occupation") -> Occupation:
    """Give the entry of a code (short codes are filled up with zeros); Problem ``occupation.format|unknown``."""
    text = code.strip()
    if not _CODE.fullmatch(text):
        raise Problem(
            "occupation.format", f"“{code}”不是职业代码", rule=RULE, remedy="职业代码写作 4-07-03-01", field=field
        )
    full = text + "-00" * (3 - text.count("-"))
    if full not in occupations():
        raise Problem(
            "occupation.unknown",
            f"职业分类中查不到代码 {full}",
            rule=RULE,
            remedy="请按名称搜索后选择",
            field=field,
            status=404,
        )
    return occupations()[full]


def major_groups() -> dict[str, str]:
    """Give the names of the eight major groups by their first digit."""
    return {row.code[0]: row.name for row in occupations().values() if row.level == 1}


def ancestors(code: str) -> tuple[Occupation, ...]:
    """Give the groups above a code that the list names, the largest first."""
    own = occupation(code)
    parts = own.code.split("-")
    codes = ("-".join(parts[:count] + ["00"] * (4 - count)) for count in range(1, 4))
    return tuple(occupations()[above] for above in codes if above != own.code and above in occupations())


def search(words: str, *, limit: int = 20, level: int | None = 4) -> tuple[Occupation, ...]:
    """Find entries whose name or definition holds all words; names that begin with the first word come first."""
    wanted = words.split()
    if not wanted or limit < 1:
        return ()
    found = [
        row
        for row in occupations().values()
        if (level is None or row.level == level) and all(word in row.name + row.definition for word in wanted)
    ]
    return tuple(sorted(found, key=lambda row: _rank(row, wanted))[:limit])


def _rank(row: Occupation, wanted: list[str]) -> tuple[int, int, str]:
    in_name = all(word in row.name for word in wanted)
    return (
        (0 if row.name == wanted[0] else 1 if row.name.startswith(wanted[0]) else 2 if in_name else 3),
        len(row.name),
        row.code,
    )


def _read(row: dict[str, str]) -> Occupation:
    return Occupation(
        row["code"], int(row["level"]), row["name"], row["green"] == "1", row["digital"] == "1", row["definition"]
    )
