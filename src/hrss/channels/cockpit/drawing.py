"""Charts as values: an ECharts option without colours, and the table that says the same. No numbers are made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hrss.channels.ui.formats import number
from hrss.kernel.months import YearMonth

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart: what ``ui.chart`` needs."""

    id: str
    title: str
    option: Mapping[str, Any]
    description: str
    columns: tuple[tuple[str, ...], ...]
    rows: list[Row]
    note: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its name and values; ``kind`` line or bar; ``dashed`` for what is not yet."""

    name: str
    values: Sequence[float | None]
    kind: str = "line"
    dashed: bool = False
    band: Sequence[tuple[float, float] | None] = field(default=())


def month_words(month: YearMonth) -> str:
    """Say a month on an axis: 24年3月."""
    return f"{month.year % 100}年{month.month}月"


def over_time(
    id: str,
    title: str,
    months: Sequence[YearMonth],
    lines: Sequence[Line],
    unit: str,
    *,
    decimals: int = 0,
    **more: Any,
) -> Drawing:
    """Draw series over months."""
    option = {
        "xAxis": {"type": "category", "data": [month_words(month) for month in months]},
        "yAxis": {"type": "value", "scale": all(line.kind == "line" for line in lines)},
        "tooltip": {"trigger": "axis"},
        "series": [part | {"tint": at} for at, line in enumerate(lines) for part in _parts(line)],
    }
    if len(lines) > 1:
        option["legend"] = {"data": [line.name for line in lines]}
    rows = [
        {"month": f"{month.year}年{month.month}月"}
        | {str(at): _shown(line.values[step], decimals) for at, line in enumerate(lines)}
        for step, month in enumerate(months)
    ]
    named = [(str(at), f"{line.name}（{unit}）", "num") for at, line in enumerate(lines)]
    columns = (("month", "月份", "main"), *named)
    words = _over_time_words(title, months, lines, unit, decimals)
    return Drawing(id, title, option, words, columns, rows[::-1], **more)


def shares(id: str, title: str, parts: Sequence[tuple[str, int]], unit: str, **more: Any) -> Drawing:
    """Draw how a whole is made up, the largest part first: bars, because areas are hard to compare."""
    ordered = sorted(parts, key=lambda part: part[1])
    option = {
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "data": [name for name, _ in ordered]},
        "tooltip": {"trigger": "item"},
        "series": [{"type": "bar", "name": title, "data": [value for _, value in ordered], "barMaxWidth": 22}],
    }
    whole = sum(value for _, value in ordered) or 1
    rows = [
        {"name": name, "value": number(value), "share": f"{value / whole:.1%}"} for name, value in reversed(ordered)
    ]
    top = "，".join(f"{name} {number(value)} {unit}" for name, value in list(reversed(ordered))[:3]) or "没有数"
    columns = (("name", "类别", "main"), ("value", unit, "num"), ("share", "占比", "num"))
    return Drawing(id, title, option, f"{title}：{top}", columns, rows, **more)


def pyramid(id: str, title: str, bands: Sequence[tuple[str, int, int]], **more: Any) -> Drawing:
    """Draw a population pyramid: men to the left, women to the right, by age band from the youngest."""
    option = {
        "xAxis": {"type": "value", "mirrored": True},
        "yAxis": {"type": "category", "data": [name for name, _, _ in bands], "axisTick": {"show": False}},
        "legend": {"data": ["男", "女"]},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "series": [
            {
                "type": "bar",
                "name": "男",
                "stack": "all",
                "data": [-men for _, men, _ in bands],
                "barCategoryGap": "15%",
            },
            {"type": "bar", "name": "女", "stack": "all", "data": [women for _, _, women in bands]},
        ],
    }
    rows = [{"age": name, "men": number(men), "women": number(women)} for name, men, women in reversed(bands)]
    men, women = sum(men for _, men, _ in bands), sum(women for _, _, women in bands)
    words = f"{title}：男 {number(men)} 人，女 {number(women)} 人，按五岁一组"
    return Drawing(
        id, title, option, words, (("age", "年龄", "main"), ("men", "男", "num"), ("women", "女", "num")), rows, **more
    )


def _parts(line: Line) -> list[dict[str, Any]]:
    made: dict[str, Any] = {"type": line.kind, "name": line.name, "data": list(line.values)}
    alone = sum(value is not None for value in line.values) == 1  # a single point has no line to be seen by
    if line.kind == "line":
        made |= {"showSymbol": alone, "lineStyle": {"width": 2.5, "type": "dashed" if line.dashed else "solid"}}
    if not line.band:
        return [made]
    low = [None if one is None else one[0] for one in line.band]
    width = [None if one is None else one[1] - one[0] for one in line.band]
    quiet = {
        "type": "line",
        "stack": f"band-{line.name}",
        "symbol": "rect" if alone else "none",
        "symbolSize": [16, 3],
        "lineStyle": {"opacity": 0},
        "silent": True,
    }
    hidden = {"tooltip": {"show": False}}
    return [
        quiet | hidden | {"name": f"{line.name}下限", "data": low},
        quiet | hidden | {"name": f"{line.name}区间", "data": width, "areaStyle": {"opacity": 0.22}},
        made,
    ]


def _shown(value: float | None, decimals: int = 0) -> str:
    return "—" if value is None else number(value, decimals)


def _over_time_words(title: str, months: Sequence[YearMonth], lines: Sequence[Line], unit: str, decimals: int) -> str:
    parts = []
    for line in lines:
        known = [(month, value) for month, value in zip(months, line.values, strict=True) if value is not None]
        if known:
            (first, begin), (last, end) = known[0], known[-1]
            parts.append(
                f"{line.name}从{first.year}年{first.month}月的 {number(begin, decimals)} {unit}"
                f"到{last.year}年{last.month}月的 {number(end, decimals)} {unit}"
            )
    return f"{title}：{'；'.join(parts) or '没有数'}"
