"""Panels of the boards: cards of numbers, charts of figures, the tile map. Each number leads to its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hrss.channels.cockpit.drawing import Drawing, Line, over_time, pyramid, shares
from hrss.channels.cockpit.frame import COUNTY_DIGITS, FIRST_MONTH, Frame
from hrss.channels.cockpit.texts import kind_words
from hrss.channels.ui.formats import number
from hrss.foundation.regions.mapping import MapShown, map_shown
from hrss.foundation.regions.queries import find
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth
from hrss.oversight.boards.figures import FIGURES, Figure, How, figure_of
from hrss.oversight.boards.taking import Span, by_kind, by_place, by_sex_and_birth, series, value

MONTHS_SHOWN = 24
SHADES = 6
AGES = 5
OLDEST = 90
COMPARABLE = 10  # 上年同期太少时不算百分比


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of a board: what kind (numbers, chart, tiles, table, live), how wide of twelve, and its values."""

    kind: str
    width: int
    title: str = ""
    tall: bool = False
    values: dict[str, Any] = field(default_factory=dict)


def numbers(frame: Frame, codes: Sequence[str], *, width: int = 12, title: str = "") -> Panel:
    """Cards of figures, each with how it stood a year before."""
    return Panel("numbers", width, title, values={"cards": [card(frame, figure_of(code)) for code in codes]})


def card(frame: Frame, figure: Figure) -> dict[str, Any]:
    """One card: value, unit, change against the same span a year before, and the way to its meaning."""
    now = value(figure, frame.region, frame.span)
    return {
        "label": figure.title,
        "value": words_of(figure, now),
        "unit": figure.unit,
        "note": _change(figure, frame, now),
        "href": frame.href("cockpit.number", figure.code),
        "kind": "danger" if figure.code == "families" and now else "",
    }


def trend(
    frame: Frame, codes: Sequence[str], title: str, *, width: int = 6, months: int = MONTHS_SHOWN, **more: Any
) -> Panel:
    """A chart of figures of one unit over the months up to the frame's."""
    figures = [figure_of(code) for code in codes]
    first = max(FIRST_MONTH, frame.month + (1 - months))
    shown = [first + step for step in range(frame.month - first + 1)]
    lines = [
        Line(
            one.title,
            [scaled(one, value) for value in series(one, frame.region, first, frame.month)],
            "line" if one.how is How.STOCK else "bar",
        )
        for one in figures
    ]
    note = "最后一个月还没有过完" if frame.is_now else ""
    drawing = over_time(f"trend-{'-'.join(codes)}", title, shown, lines, figures[0].unit, note=note, **more)
    return chart(drawing, width, links=meanings(frame, *codes))


def kinds(frame: Frame, code: str, title: str, *, width: int = 4, **more: Any) -> Panel:
    """A chart of how a figure is made up."""
    figure = figure_of(code)
    found = by_kind(figure, frame.region, frame.span)
    parts = [(kind_words(figure.cube, kind), round(scaled(figure, count))) for kind, count in found.items()]
    drawing = shares(f"kinds-{code}", title, parts, figure.unit, note=when(figure, frame), **more)
    return chart(drawing, width, links=meanings(frame, code))


def chart(drawing: Drawing, width: int, *, links: Sequence[tuple[str, str]], tall: bool = False) -> Panel:
    """A panel with one chart; ``links`` lead from it to what its numbers mean, and from there to their rows."""
    return Panel("chart", width, tall=tall, values={"drawing": drawing, "links": links})


def meanings(frame: Frame, *codes: str) -> list[tuple[str, str]]:
    """Give the ways to the meaning of figures, in words and address."""
    return [(figure_of(code).title, frame.href("cockpit.number", code)) for code in codes]


def tiles(frame: Frame, code: str, *, width: int = 6, page: str = "cockpit.overview") -> Panel:
    """The divisions below the place as tiles (townships) or as a table (villages), with one figure."""
    figure = figure_of(code)
    found = by_place(figure, frame.below, frame.span)
    most = max((round(scaled(figure, count)) for count in found.values()), default=0)
    rows: list[dict[str, Any]] = []
    for region, count in found.items():
        node = find(region)
        if node is not None:
            rows.append(
                {
                    "code": region,
                    "name": node.name.removesuffix("土家族乡") if node.name.endswith("土家族乡") else node.name,
                    "value": words_of(figure, count),
                    "count": round(scaled(figure, count)),
                    "href": frame.href(page, region=region),
                    "tile": node.tile,
                    "shade": shade(round(scaled(figure, count)), most),
                }
            )
    drawn = map_shown() if len(frame.region) == COUNTY_DIGITS else None
    shapes = _shapes(drawn, rows) if drawn else []
    mapped = [row | {"column": row["tile"][0], "row": row["tile"][1]} for row in rows if row["tile"]]
    values = {
        "figure": figure,
        "title": f"{figure.title}（{figure.unit}，{when(figure, frame)}）",
        "tiles": mapped,
        "shapes": shapes,
        "map": drawn,
        "rows": sorted(rows, key=lambda row: -row["count"]),
        "key": shade_key(most),
        "choices": [
            (one.title, frame.href(page, map=one.code), one.code == code) for one in FIGURES.values() if one.cube
        ],
    }
    return Panel("tiles" if mapped else "places", width, tall=True, values=values)


def _shapes(drawn: MapShown, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the townships of the approved map with their numbers."""
    found = {row["code"]: row for row in rows}
    return [found[one.code] | {"path": one.path, "x": one.x, "y": one.y} for one in drawn.shapes if one.code in found]


def population(frame: Frame, *, width: int = 6) -> Panel:
    """The population pyramid of the place, at the end of the frame's month."""
    figure = figure_of("population")
    found = by_sex_and_birth(figure, frame.region, frame.span)
    bands: dict[int, list[int]] = {start: [0, 0] for start in range(0, OLDEST + 1, AGES)}
    for (sex, born), count in found.items():
        age = max(frame.month.year - born, 0)
        bands[min(age // AGES * AGES, OLDEST)][sex - 1] += count
    named = [(_band_words(start), men, women) for start, (men, women) in bands.items()]
    drawing = pyramid("pyramid", "户籍人口（按周年估算年龄）", named, note=frame.cut, size="tall")
    return chart(drawing, width, links=meanings(frame, "population"), tall=True)


def scaled(figure: Figure, value: int) -> float:
    """Give a figure's number in its unit: money is kept in fen and shown in yuan."""
    return value / 100 if figure.is_money else value


def words_of(figure: Figure, value: int) -> str:
    """Write a figure's number: money in groups, with two decimals."""
    return yuan(value) if figure.is_money else number(value)


def when(figure: Figure, frame: Frame) -> str:
    """Say what time a figure is about."""
    if figure.how in (How.NOW, How.TODAY):
        return "现在"
    return frame.cut if figure.how is How.STOCK else frame.period


def shade(count: int, most: int) -> int:
    """Give the shade of a tile, 0 for nothing to 5 for the most."""
    return 0 if most <= 0 or count <= 0 else min(SHADES - 1, 1 + count * (SHADES - 1) // (most + 1))


def shade_key(most: int) -> list[tuple[int, str]]:
    """Say what the shades mean."""
    if most <= 0:
        return [(0, "没有")]
    edges = [-(-(most + 1) * step // (SHADES - 1)) for step in range(SHADES)]
    spans = [(step + 1, edges[step], edges[step + 1] - 1) for step in range(SHADES - 1)]
    return [(0, "0")] + [(step, _between(max(low, 1), high)) for step, low, high in spans if high >= max(low, 1)]


def _between(low: int, high: int) -> str:
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def _band_words(start: int) -> str:
    return f"{OLDEST}以上" if start >= OLDEST else f"{start}–{start + AGES - 1}"


def _change(figure: Figure, frame: Frame, now: int) -> str:
    """Say how the figure stood a year before."""
    before = Span(YearMonth(frame.month.year - 1, frame.month.month), frame.whole_year)
    if figure.how in (How.NOW, How.TODAY) or before.first < FIRST_MONTH:
        return when(figure, frame)
    then = value(figure, frame.region, before)
    if abs(then) < COMPARABLE:
        return f"上年同期 {words_of(figure, then)}"
    change = (now - then) / abs(then)
    word = "增" if change >= 0 else "减"
    return f"比上年同期{word} {abs(change):.1%}"
