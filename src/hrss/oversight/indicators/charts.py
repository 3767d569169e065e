"""A trend as a picture: values, the path they should follow, the forecast band. One SVG for page, PDF and print.

Pure geometry: no library, no script, no style attribute. Every picture has a title and description for those who
cannot see it; the table beside it holds the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 34
INK, BLUE, GREY, BAND = "#1f2937", "#1d4ed8", "#6b7280", "#bfdbfe"
FONT: Final = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, Noto Sans SC Variable, sans-serif"
STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn: one value a step (None: no number), the path, the band after the last value."""

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    path: tuple[float | None, ...] = ()
    low: tuple[float, ...] = ()
    middle: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    low: float
    high: float
    count: int

    def x(self, index: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * index / max(self.count - 1, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def svg(trend: Trend) -> str:
    """Draw the trend; a sentence where there is nothing to draw."""
    known = [one for one in (*trend.values, *trend.path, *trend.low, *trend.high) if one is not None]
    if not known:
        return ""
    frame = _frame(known, len(trend.labels))
    parts = [
        _axis(frame, trend),
        _band(frame, trend),
        _line(frame, trend.path, GREY, "6 4"),
        _line(frame, trend.values, BLUE),
    ]
    start = len(trend.labels) - len(trend.middle)
    parts.append(_line(frame, trend.middle, BLUE, "2 4", start=start))
    told = escape(description(trend))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" class="chart">'
        f"<title>{escape(trend.title)}</title><desc>{told}</desc>{''.join(parts)}</svg>"
    )


def description(trend: Trend) -> str:
    """Say in a sentence what the picture shows."""
    shown = [(label, value) for label, value in zip(trend.labels, trend.values, strict=False) if value is not None]
    if not shown:
        return "没有数值"
    words = f"从{shown[0][0]}的{shown[0][1]:g}{trend.unit}到{shown[-1][0]}的{shown[-1][1]:g}{trend.unit}"
    if trend.middle:
        words += (
            f"；预测{trend.labels[-1]}为{trend.middle[-1]:.4g}（{trend.low[-1]:.4g}—{trend.high[-1]:.4g}）{trend.unit}"
        )
    return words


def _frame(known: Sequence[float], count: int) -> _Frame:
    low, high = min(known), max(known)
    if low >= 0 and low < high * 0.6:
        low = 0.0
    room = (high - low) * 0.08 or max(abs(high), 1.0) * 0.05
    return _Frame(low if low == 0 else low - room, high + room, count)


def _axis(frame: _Frame, trend: Trend) -> str:
    parts = []
    for value in _ticks(frame.low, frame.high):
        y = frame.y(value)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#e5e7eb"/>')
        parts.append(_text(LEFT - 8, y + 4, f"{value:.6g}", "end"))
    every = max(1, round(len(trend.labels) / 6))
    for index, label in enumerate(trend.labels):
        if index % every == 0:
            parts.append(_text(frame.x(index), HEIGHT - 12, label, "middle"))
    return "".join(parts)


def _ticks(low: float, high: float) -> list[float]:
    rough = (high - low) / 4
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 10.0 ** -_zeros(rough)
    step = next((power * one for one in STEPS if power * one >= rough), power * 10)
    first = -(-low // step)
    return [round((first + index) * step, 10) for index in range(6) if (first + index) * step <= high]


def _zeros(value: float) -> int:
    places = 0
    while value < 1 and places < 9:
        value, places = value * 10, places + 1
    return places


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" font-family="{FONT}" fill="{INK}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )


def _line(frame: _Frame, values: Sequence[float | None], colour: str, dash: str = "", *, start: int = 0) -> str:
    pieces: list[list[str]] = [[]]
    for index, value in enumerate(values, start):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{frame.x(index):.1f},{frame.y(value):.1f}")
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return "".join(
        f'<polyline points="{" ".join(piece)}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
        for piece in pieces
        if piece
    )


def _band(frame: _Frame, trend: Trend) -> str:
    if not trend.low:
        return ""
    start = len(trend.labels) - len(trend.low)
    upper = [f"{frame.x(start + index):.1f},{frame.y(value):.1f}" for index, value in enumerate(trend.high)]
    lower = [f"{frame.x(start + index):.1f},{frame.y(value):.1f}" for index, value in enumerate(trend.low)]
    return f'<polygon points="{" ".join(upper + lower[::-1])}" fill="{BAND}"/>'
