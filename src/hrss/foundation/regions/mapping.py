"""The county's map: loading an approved file, and what pages draw. Without a map there is nothing to draw."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

from hrss.foundation import audit
from hrss.foundation.regions.models import Boundary, CountyMap
from hrss.foundation.regions.outlines import Bounds, check_number, read_map
from hrss.foundation.regions.queries import townships
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Shape:
    """A township on the map: its path, and where its name stands."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class MapShown:
    """The map in use, with the number that must stand beside it."""

    number: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


@verb("regions.load_map")
def load_map(content: bytes, *, actor: Actor, number: str, bounds: Bounds) -> Outcome:
    """Load an approved map; it is shown from now on. Problems ``map.…``: one sentence, nothing changed."""
    approved = check_number(number)
    drawing = read_map(content, townships=[one.code for one in townships()], bounds=bounds)
    row = CountyMap.objects.create(
        number=approved, sha256=hashlib.sha256(content).hexdigest(), width=drawing.width, height=drawing.height,
        loaded_by=actor.name,
    )  # fmt: skip
    Boundary.objects.bulk_create(
        Boundary(map=row, region_id=one.code, path=one.path, x=one.x, y=one.y) for one in drawing.outlines
    )
    detail = {"number": approved, "townships": len(drawing.outlines), "sha256": row.sha256}
    audit.record(actor, "regions.load_map", subject_kind="map", subject_id=str(row.id), detail=detail)
    return Outcome("map", str(row.id), approved, detail)


def map_shown() -> MapShown | None:
    """Give the newest map, None where none was loaded; two statements."""
    row = CountyMap.objects.order_by("-id").first()
    if row is None:
        return None
    found = row.boundaries.order_by("region_id").values_list("region_id", "path", "x", "y")
    return MapShown(row.number, row.width, row.height, tuple(Shape(*one) for one in found))


def maps_loaded(limit: int = 20) -> list[CountyMap]:
    """Give the maps that were loaded, newest first."""
    return list(CountyMap.objects.order_by("-id")[:limit])


def bounds_of(pack: Path) -> Bounds:
    """Give the bounds a pack states. Problem ``map.bounds`` for a pack without."""
    path = pack / "map.yaml"
    if not path.is_file():
        raise Problem("map.bounds", "县的资料包里没有写本县的经纬度范围", remedy=f"请在 {path.name} 里写 bounds")
    return Bounds(**yaml.safe_load(path.read_text(encoding="utf-8"))["bounds"])
