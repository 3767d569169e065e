"""A board as plain tables, for exports; pictures are made in the browser from the same values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hrss.channels.cockpit.panels import Panel


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its title, the headings and the rows as texts."""

    title: str
    headings: tuple[str, ...]
    rows: list[list[str]]


def tables_of(panels: list[Panel]) -> list[Table]:
    """Give the tables of a board, in the order of its panels; panels that only say something have none."""
    return [table for panel in panels if (table := _table(panel)) is not None]


def _table(panel: Panel) -> Table | None:
    values = panel.values
    if panel.kind in ("numbers", "cards", "live"):
        names = ("label", "value", "unit", "note")
        rows = [[str(card.get(name, "")) for name in names] for card in values["cards"]]
        return Table(panel.title or "关键数", ("项目", "数", "单位", "说明"), rows)
    if panel.kind == "chart":
        drawing = values["drawing"]
        return _of(drawing.title, drawing.columns, drawing.rows)
    if panel.kind in ("tiles", "places"):
        columns = (("name", "地方"), ("value", values["figure"].unit))
        return _of(values["title"], columns, values["rows"])
    if panel.kind == "goals":
        return _goals(panel)
    return _of(panel.title, values["columns"], values["rows"]) if panel.kind == "table" else None


def _goals(panel: Panel) -> Table:
    """Goals with what they are judged by; a sample county also says what the whole county is to reach."""
    lines = panel.values["lines"]
    rows = [[line.goal.name, line.value, line.target, line.unit, line.light] for line in lines]
    headings: tuple[str, ...] = ("目标", "现在", "目标值", "单位", "进度")
    if any(line.whole for line in lines):
        headings = ("目标", "现在", "折算目标", "单位", "进度", "全县目标")
        rows = [[*row, line.whole or line.target] for row, line in zip(rows, lines, strict=True)]
    return Table(panel.title or "目标", headings, rows)


def _of(title: str, columns: Any, rows: list[dict[str, Any]]) -> Table:
    keys = [column[0] for column in columns]
    return Table(title, tuple(column[1] for column in columns), [[str(row[key]) for key in keys] for row in rows])
