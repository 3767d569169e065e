"""An approved map from GeoJSON: every township once, by its code, with closed rings inside the county's bounds.

It only reads and checks; the first thing wrong is said in one sentence. Nothing is guessed: a name is no code, an
open ring is not closed here, a township too many is not left out.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from hrss.kernel.problem import Problem

WIDTH: Final = 1000
MOST_BYTES: Final = 30_000_000
LEAST_POINTS: Final = 4
NUMBER: Final = re.compile(r"[A-Z\u4e00-\u9fff]{0,3}S[\u4e00-\u9fff]?[（(]\d{4}[)）]\d{1,6}号")
CODES: Final = ("code", "区划代码", "adcode")
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The rectangle the county lies in, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A township as a path of drawing units, and the middle of its largest ring."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole map in drawing units."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


def check_number(number: str) -> str:
    """Give the approval number. Problem ``map.number`` when there is none or it cannot be one."""
    plain = "".join(number.split())
    if not NUMBER.fullmatch(plain):
        raise Problem(
            "map.number", f"“{number}”不是审图号", rule="公开展示地图要有审图号，例如 GS(2024)1234号、渝S(2023)045号",
            remedy="请照地图上印的写",
        )  # fmt: skip
    return plain


def read_map(content: bytes, *, townships: Collection[str], bounds: Bounds) -> Drawing:
    """Read a map. Problem ``map.file|shape|code|ring|bounds``: the first thing that is wrong, in one sentence."""
    shapes = dict(_shapes(_features(content), townships))
    missing = sorted(set(townships) - shapes.keys())
    if missing:
        raise _wrong(
            "code", f"少 {len(missing)} 个乡镇（街道）：{'、'.join(missing[:3])}{' 等' if len(missing) > 3 else ''}"
        )
    for code, rings in shapes.items():
        _check_rings(code, rings, bounds)
    return _drawn(shapes)


def _features(content: bytes) -> Sequence[Any]:
    if len(content) > MOST_BYTES:
        raise _wrong("file", "文件超过 30 MB", "请用简化过的乡镇界线")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _wrong("file", "文件不是 GeoJSON（读不出 JSON）") from None
    features = data.get("features") if isinstance(data, Mapping) else None
    if not isinstance(features, list) or data.get("type") != "FeatureCollection":
        raise _wrong("file", "文件不是 GeoJSON 的 FeatureCollection")
    return features


def _shapes(features: Sequence[Any], townships: Collection[str]) -> Iterator[tuple[str, list[Ring]]]:
    seen: set[str] = set()
    for at, feature in enumerate(features, 1):
        code = _code(feature, at)
        if code not in townships:
            raise _wrong("code", f"第 {at} 个图形的代码 {code} 不是本县的乡镇（街道）")
        if code in seen:
            raise _wrong("code", f"代码 {code} 出现两次")
        seen.add(code)
        yield code, _rings(feature, code)


def _code(feature: Any, at: int) -> str:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    found = [properties[name] for name in CODES if name in properties] if isinstance(properties, Mapping) else []
    if not found:
        raise _wrong("code", f"第 {at} 个图形没有区划代码（properties 里的 code）")
    return str(found[0])


def _rings(feature: Mapping[str, Any], code: str) -> list[Ring]:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if kind == "Polygon" and isinstance(coordinates, list):
        return list(coordinates)
    if kind == "MultiPolygon" and isinstance(coordinates, list) and all(isinstance(one, list) for one in coordinates):
        return [ring for polygon in coordinates for ring in polygon]
    raise _wrong("shape", f"{code} 的图形不是面（Polygon 或 MultiPolygon）")


def _check_rings(code: str, rings: list[Ring], bounds: Bounds) -> None:
    if not rings:
        raise _wrong("ring", f"{code} 没有界线")
    for ring in rings:
        if not isinstance(ring, list) or len(ring) < LEAST_POINTS or not all(_is_point(one) for one in ring):
            raise _wrong("ring", f"{code} 有一圈界线不足四个点，或者点不是经纬度")
        if list(ring[0][:2]) != list(ring[-1][:2]):
            raise _wrong("ring", f"{code} 有一圈界线没有闭合（首尾两点不同）")
        if not all(bounds.west <= x <= bounds.east and bounds.south <= y <= bounds.north for x, y, *_ in ring):
            raise _wrong("bounds", f"{code} 的界线在本县范围之外", "请确认是本县的地图，坐标是经度在前的经纬度")


def _is_point(one: Any) -> bool:
    numbers = isinstance(one, list) and len(one) >= 2
    return numbers and all(isinstance(value, int | float) and math.isfinite(value) for value in one[:2])


def _drawn(shapes: Mapping[str, list[Ring]]) -> Drawing:
    """Lay the county flat: degrees of longitude are shorter by the cosine of the latitude."""
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    west, east = min(one[0] for one in points), max(one[0] for one in points)
    south, north = min(one[1] for one in points), max(one[1] for one in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shrink)

    def place(point: Sequence[float]) -> tuple[int, int]:
        return round((point[0] - west) * shrink * scale), round((north - point[1]) * scale)

    outlines = []
    for code, rings in sorted(shapes.items()):
        placed = [[place(point) for point in ring] for ring in rings]
        x, y = _middle(max(placed, key=_area))
        outlines.append(Outline(code, "".join(_path(ring) for ring in placed), x, y))
    return Drawing(WIDTH, round((north - south) * scale), tuple(outlines))


def _path(ring: list[tuple[int, int]]) -> str:
    kept = [one for at, one in enumerate(ring) if at == 0 or one != ring[at - 1]]
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z"


def _area(ring: list[tuple[int, int]]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def _middle(ring: list[tuple[int, int]]) -> tuple[int, int]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2


def _wrong(what: str, message: str, remedy: str = "请向地图的提供者要改好的文件；原来的图不变") -> Problem:
    return Problem(f"map.{what}", message, remedy=remedy)
