"""Reading divisions: one in-process table of a few hundred rows, read again once a minute.

Names come from here everywhere; a code is looked up, never parsed for meaning beyond its prefix. It refuses codes it
does not know and codes that were not valid on the day asked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from hrss.foundation.regions.models import Region
from hrss.kernel.problem import Problem

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class RegionNode:
    """One division as a plain value; ``children`` are codes."""

    code: str
    name: str
    level: str
    parent: str
    mca_code: str
    pinyin: str
    valid_from: date | None
    valid_to: date | None
    tile: tuple[int, int] | None
    point: tuple[float, float] | None
    children: tuple[str, ...] = ()

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the division existed on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class _Table:
    """All divisions by code, with the moment they were read."""

    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.nodes: dict[str, RegionNode] = {}
        self.full_names: dict[str, str] = {}


_TABLE = _Table()


def forget() -> None:
    """Read the table anew at the next question (called after loading)."""
    _TABLE.read_at = float("-inf")


def find(code: str) -> RegionNode | None:
    """Give the division with this code, None when unknown."""
    return _nodes().get(code)


def require(code: str, *, level: str = "", on: date | None = None, field: str = "region_code") -> RegionNode:
    """Give the division; Problem ``regions.unknown|level|not_valid`` when it is not one, of another level or ended."""
    node = find(code)
    if node is None:
        raise Problem("regions.unknown", f"没有区划代码“{code}”", remedy="从列表中选择乡镇和村（社区）", field=field)
    if level and node.level != level:
        wanted = Region.Level(level).label
        raise Problem("regions.level", f"“{node.name}”不是{wanted}", remedy=f"请选到{wanted}一级", field=field)
    if on is not None and not node.is_valid_on(on):
        raise Problem("regions.not_valid", f"“{node.name}”在 {on} 不是有效区划", remedy="请选择现行区划", field=field)
    return node


def children_of(code: str, *, on: date | None = None) -> tuple[RegionNode, ...]:
    """Give the divisions one level below, in code order; with ``on`` only those valid that day."""
    nodes = _nodes()
    node = nodes.get(code)
    below = tuple(nodes[child] for child in node.children) if node else ()
    return below if on is None else tuple(child for child in below if child.is_valid_on(on))


def townships(*, on: date | None = None) -> tuple[RegionNode, ...]:
    """Give all townships in code order."""
    return tuple(n for n in _nodes().values() if n.level == "township" and (on is None or n.is_valid_on(on)))


def tree(*, on: date | None = None) -> tuple[tuple[RegionNode, tuple[RegionNode, ...]], ...]:
    """Give every township with its villages, for pickers and maps."""
    return tuple((township, children_of(township.code, on=on)) for township in townships(on=on))


def path_of(code: str) -> tuple[RegionNode, ...]:
    """Give county, township, village above and including ``code``; empty when unknown."""
    nodes = _nodes()
    path: list[RegionNode] = []
    node = nodes.get(code)
    while node is not None:
        path.append(node)
        node = nodes.get(node.parent)
    return tuple(reversed(path))


def full_name(code: str) -> str:
    """Give the name with everything above it: 奉节县白帝镇九盘村; the code itself when unknown."""
    _nodes()
    known = _TABLE.full_names.get(code)
    if known is None:
        path = path_of(code)
        if not path:
            return code
        known = _TABLE.full_names[code] = "".join(node.name for node in path)
    return known


def name_of(code: str) -> str:
    """Give the short name of one division, empty when unknown."""
    node = find(code)
    return node.name if node else ""


def township_by_mca_code(mca_code: str) -> RegionNode | None:
    """Give the township that civil affairs calls ``mca_code``; for letters from civil affairs only."""
    return next((n for n in _nodes().values() if n.level == "township" and n.mca_code == mca_code), None)


def refresh() -> None:
    """Read the table anew when half its time is over, so that a page about to be drawn need not ask in the middle."""
    _nodes(_SECONDS / 2)


def _nodes(at_most: float = _SECONDS) -> dict[str, RegionNode]:
    now = time.monotonic()
    if now - _TABLE.read_at > at_most:
        _TABLE.nodes, _TABLE.full_names = _read(), {}
        _TABLE.read_at = now if _TABLE.nodes else float("-inf")
    return _TABLE.nodes


def _read() -> dict[str, RegionNode]:
    rows = list(Region.objects.order_by("code"))
    children: dict[str, list[str]] = {}
    for row in rows:
        children.setdefault(row.parent_id or "", []).append(row.code)
    return {row.code: _node(row, tuple(children.get(row.code, ()))) for row in rows}


def _node(row: Region, children: tuple[str, ...]) -> RegionNode:
    return RegionNode(
        code=row.code,
        name=row.name,
        level=row.level,
        parent=row.parent_id or "",
        mca_code=row.mca_code or "",
        pinyin=row.pinyin,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        tile=None if row.tile_col is None or row.tile_row is None else (row.tile_col, row.tile_row),
        point=None if row.lon is None or row.lat is None else (row.lon, row.lat),
        children=children,
    )
