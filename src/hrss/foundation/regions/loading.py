"""Loading divisions from a pack's CSV: all or nothing, every fault named with file and line in one pass.

Rows are added or brought up to date; a division that is no longer in the file is left as it is (a division is ended by
``valid_to``, never deleted).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from hrss.foundation.regions.models import Region
from hrss.foundation.regions.queries import forget
from hrss.foundation.regions.romanise import pinyin_of
from hrss.kernel.problem import Problem, Problems

REQUIRED = ("code", "name", "level", "parent")
_LEVELS = {6: "county", 9: "township", 12: "village"}
_FIELDS = (
    "mca_code", "name", "level", "parent_id", "valid_from", "valid_to", "pinyin", "tile_col", "tile_row", "lon", "lat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many divisions of each level the file holds."""

    counties: int
    townships: int
    villages: int


def load_divisions(path: Path, *, using: str = "default") -> Loaded:
    """Load ``path`` (UTF-8 CSV with a heading). Raises Problems naming file and line of every fault."""
    regions = _read(path)
    with transaction.atomic(using=using):
        for level in Region.Level.values:  # parents first: the foreign key is checked row by row
            Region.objects.using(using).bulk_create(
                [region for region in regions if region.level == level],
                batch_size=1000,
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=list(_FIELDS),
            )
    forget()
    counts = {level: sum(region.level == level for region in regions) for level in Region.Level.values}
    return Loaded(counts["county"], counts["township"], counts["village"])


def _read(path: Path) -> list[Region]:
    faults: list[Problem] = []
    regions: dict[str, Region] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            "regions.file", f"读不到区划文件：{path}", remedy="检查路径，文件应为 UTF-8 编码的 CSV"
        ) from error
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
    if missing:
        raise Problem("regions.columns", f"{path} 第 1 行：缺少列 {'、'.join(missing)}", remedy="补上列名后重新导入")
    for line, row in enumerate(reader, start=2):
        try:
            region = _region(row)
            if region.code in regions:
                raise ValueError(f"区划代码 {region.code} 重复")
            regions[region.code] = region
        except ValueError as error:
            faults.append(_fault(path, line, str(error)))
    faults += [
        _fault(path, 0, f"{region.name}（{region.code}）的上级区划 {region.parent_id} 不在文件中")
        for region in regions.values()
        if region.parent_id and region.parent_id not in regions
    ]
    if faults:
        raise Problems(faults)
    return list(regions.values())


def _region(row: dict[str, Any]) -> Region:
    code, name, level = (str(row[key] or "").strip() for key in ("code", "name", "level"))
    parent = str(row["parent"] or "").strip() or None
    if not (code.isascii() and code.isdigit()) or len(code) not in _LEVELS:
        raise ValueError(f"区划代码“{code}”应为 6、9 或 12 位数字")
    if level != _LEVELS[len(code)]:
        raise ValueError(f"区划代码 {code} 的层级应为 {_LEVELS[len(code)]}，不是“{level}”")
    if not name:
        raise ValueError(f"区划代码 {code} 没有名称")
    parent = None if level == "county" else parent
    if level != "county" and (parent is None or not code.startswith(parent) or len(parent) != len(code) - 3):
        raise ValueError(f"{name}（{code}）的上级区划应为 {code[:-3]}，不是“{parent or '空'}”")
    return Region(
        code=code,
        mca_code=_text(row, "mca_code") or None,
        name=name,
        level=level,
        parent_id=parent,
        valid_from=_day(row, "valid_from"),
        valid_to=_day(row, "valid_to"),
        pinyin=_text(row, "pinyin") or pinyin_of(name),
        tile_col=_number(row, "tile_col"),
        tile_row=_number(row, "tile_row"),
        lon=_decimal(row, "lon"),
        lat=_decimal(row, "lat"),
    )


def _text(row: dict[str, Any], name: str) -> str:
    return str(row.get(name) or "").strip()


def _day(row: dict[str, Any], name: str) -> date | None:
    text = _text(row, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{name} 应为 2020-01-31 这样的日期，不是“{text}”") from None


def _number(row: dict[str, Any], name: str) -> int | None:
    text = _text(row, name)
    if text and not text.lstrip("-").isdigit():
        raise ValueError(f"{name} 应为整数，不是“{text}”")
    return int(text) if text else None


def _decimal(row: dict[str, Any], name: str) -> float | None:
    text = _text(row, name)
    try:
        return float(text) if text else None
    except ValueError:
        raise ValueError(f"{name} 应为数字，不是“{text}”") from None


def _fault(path: Path, line: int, message: str) -> Problem:
    place = f"{path.name} 第 {line} 行" if line else path.name
    return Problem("regions.row", f"{place}：{message}", remedy="改正后重新导入，本次没有写入任何区划")
