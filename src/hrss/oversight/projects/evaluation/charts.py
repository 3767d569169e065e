"""The report's pictures as SVG: attainment bars, values by year against the path, pairs of amounts.

Pure geometry with texts escaped; every colour is accompanied by a word or a pattern of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

FONT: Final = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, Noto Sans SC Variable, sans-serif"
INK, GREY, LINE, BLUE, PALE = "#1f2937", "#6b7280", "#d1d5db", "#1d4ed8", "#93b4f0"
LIGHTS: Final = {"green": "#15803d", "amber": "#b45309", "red": "#b91c1c", "grey": "#6b7280"}
WIDTH: Final = 720
MOST: Final = 150.0  # per cent a bar of attainment shows at most


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of attainment: name, per cent, light, the verdict in words."""

    name: str
    rate: float
    light: str
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator by year: labels, values (None: no number), the path, the unit."""

    name: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    path: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two amounts side by side, planned and actual."""

    name: str
    planned: float
    actual: float


def attainment(bars: Sequence[Bar], *, title: str) -> str:
    """Draw bars with the line of 100 per cent."""
    left, row, top = 232, 27, 26
    height = top + row * len(bars) + 12
    scale = (WIDTH - left - 96) / MOST
    hundred = left + 100 * scale
    parts = [
        f'<line x1="{hundred:.1f}" y1="{top - 8}" x2="{hundred:.1f}" y2="{height - 8}" stroke="{GREY}"'
        ' stroke-dasharray="4 3"/>',
        _text(hundred, 13, "目标＝100%", "middle", size=12),
    ]
    for at, bar in enumerate(bars):
        y, width = top + at * row, min(bar.rate, MOST) * scale
        parts.append(_text(left - 8, y + 15, bar.name, "end", size=min(13, (left - 12) // len(bar.name))))
        parts.append(f'<rect x="{left}" y="{y}" width="{width:.1f}" height="19" fill="{LIGHTS[bar.light]}"/>')
        parts.append(_text(left + width + 6, y + 15, f"{bar.rate:.1f}%　{bar.words}", size=12))
    return _svg(WIDTH, height, parts, title)


def years(panels: Sequence[Panel], *, title: str) -> str:
    """Draw a small chart for each indicator, two in a row: columns are values, the dashed line is the path."""
    width, height = WIDTH / 2, 190
    parts = [
        f'<g transform="translate({at % 2 * width:.0f} {at // 2 * height})">{_panel(panel, width, height)}</g>'
        for at, panel in enumerate(panels)
    ]
    return _svg(WIDTH, height * ((len(panels) + 1) // 2), parts, title)


def pairs(rows: Sequence[Pair], *, planned: str, actual: str, unit: str, title: str) -> str:
    """Draw two bars a row, with a key."""
    left, row, top = 232, 46, 34
    height = top + row * len(rows) + 8
    most = max((max(one.planned, one.actual) for one in rows), default=1) or 1
    scale = (WIDTH - left - 120) / most
    parts = [*_key(left, ((planned, PALE), (actual, BLUE))), _text(WIDTH - 8, 16, f"单位：{unit}", "end", size=12)]
    for at, one in enumerate(rows):
        y = top + at * row
        parts.append(_text(left - 8, y + 22, one.name, "end", size=13))
        for below, value, colour in ((0, one.planned, PALE), (18, one.actual, BLUE)):
            parts.append(f'<rect x="{left}" y="{y + below}" width="{value * scale:.1f}" height="15" fill="{colour}"/>')
            parts.append(_text(left + value * scale + 6, y + below + 12, f"{value:,.0f}", size=11))
    return _svg(WIDTH, height, parts, title)


def _panel(panel: Panel, width: float, height: float) -> str:
    left, bottom, top = 16.0, height - 30, 50.0
    known = [one for one in (*panel.values, *panel.path) if one is not None]
    most = max(known, default=1.0) or 1.0
    least = min(known, default=0.0)
    floor = 0.0 if least < most * 0.8 else least - (most - least or most * 0.02) * 2
    step = (width - left - 20) / max(len(panel.labels), 1)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - floor) / (most - floor)

    parts = [
        _text(left, 18, panel.name, size=13, bold=True),
        _text(left, 33, f"单位：{panel.unit}" + ("" if floor == 0 else f"；纵轴从 {floor:.4g} 起"), size=10),
        f'<line x1="{left}" y1="{bottom}" x2="{width - 16}" y2="{bottom}" stroke="{LINE}"/>',
    ]
    for at, (label, value) in enumerate(zip(panel.labels, panel.values, strict=True)):
        middle = left + step * (at + 0.5)
        parts.append(_text(middle, bottom + 15, label, "middle", size=11))
        if value is not None:
            parts.append(
                f'<rect x="{middle - step * 0.27:.1f}" y="{y(value):.1f}" width="{step * 0.54:.1f}"'
                f' height="{bottom - y(value):.1f}" fill="{BLUE}"/>'
            )
            parts.append(_text(middle, y(value) - 5, f"{value:.4g}", "middle", size=11))
    points = [
        f"{left + step * (at + 0.5):.1f},{y(value):.1f}" for at, value in enumerate(panel.path) if value is not None
    ]
    parts.append(
        f'<polyline points="{" ".join(points)}" fill="none" stroke="#b45309" stroke-width="2" stroke-dasharray="5 3"/>'
    )
    return "".join(parts)


def _key(left: float, entries: Sequence[tuple[str, str]]) -> list[str]:
    parts = []
    for at, (words, colour) in enumerate(entries):
        x = left + at * 130
        parts.append(f'<rect x="{x}" y="6" width="14" height="12" fill="{colour}"/>')
        parts.append(_text(x + 20, 16, words, size=12))
    return parts


def _text(x: float, y: float, text: str, anchor: str = "start", *, size: int, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-family="{FONT}" fill="{INK}" text-anchor="{anchor}"'
        f"{weight}>{escape(text)}</text>"
    )


def _svg(width: float, height: float, parts: Sequence[str], title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}"'
        f' height="{height:.0f}" role="img"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )
