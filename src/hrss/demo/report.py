"""What came out against what was aimed at: one line a figure, as text and as a page.

The figures are counted on the frames; ``checks`` counts the same again in the database after loading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from html import escape
from typing import Any

import numpy as np
import polars as pl

from hrss.demo import draws, insured, plan
from hrss.demo.county import PLAN_FIRST, PLAN_LAST, County, day_number
from hrss.demo.labour import AWAY, TOWN
from hrss.demo.population import age_in_years
from hrss.demo.spells import DIED, RETIRED

ORIGINS = {"plan": "规划", "issue": "任务书", "design": "示意"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: aimed at (for this scale) and got."""

    key: str
    title: str
    aimed: float
    got: float
    unit: str
    source: str
    origin: str
    tolerance: float
    slack: float = 0.0

    @property
    def is_near(self) -> bool:
        """Tell whether the result lies within the tolerance; a small count may be off by a few."""
        few = 3.0 if self.unit in ("人", "户", "件") else 1e-9
        return abs(self.got - self.aimed) <= self.tolerance * abs(self.aimed) + max(few, self.slack)

    def to_json(self) -> dict[str, Any]:
        """Give the figure as plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Figure:
        """Read back what ``to_json`` wrote."""
        return cls(**value)


def figures(county: County) -> tuple[Figure, ...]:
    """Count every figure of the plan on the county."""
    got = {**_people(county), **_work(county), **_registers(county), **insured.counted(county)}
    got["cases.total"] = float(len(county["cases"]))
    scale = county.request.scale
    return tuple(
        Figure(
            aim.key, aim.title, aim.at(scale), got[aim.key], aim.unit, aim.source, aim.origin, aim.tolerance, aim.slack
        )
        for aim in plan.AIMS
        if aim.key in got
    )


def _people(county: County) -> dict[str, float]:
    persons = county["persons"]
    alive = persons["death"].to_numpy() < 0
    age = age_in_years(county)[alive]
    sex = persons["sex"].to_numpy()[alive]
    households = np.unique(persons["household"].to_numpy()[alive])
    window = (county.today - day_number(date(2020, 1, 1))) / 365.2425
    return {
        "people.alive": float(alive.sum()),
        "people.away": float((alive & (persons["away"].to_numpy() >= 0)).sum()),
        "people.share_60": float((age >= 60).mean()),
        "people.share_65": float((age >= 65).mean()),
        "people.share_0_14": float((age < 15).mean()),
        "people.sex_ratio": float((sex == 1).sum() / (sex == 2).sum()),
        "people.deaths_year": float((~alive).sum() / window),
        "households.size": float(alive.sum() / len(households)),
        "divisions.townships": float(county["villages"]["township"].n_unique()),
        "divisions.villages": float(persons["village"].n_unique()),
    }


def _in_plan(days: draws.AnyArray) -> draws.Bools:
    return np.asarray((days >= day_number(PLAN_FIRST)) & (days <= day_number(PLAN_LAST)))


def _work(county: County) -> dict[str, float]:
    spells, persons = county["spells"], county["persons"]
    now = spells.filter(pl.col("until") < 0)
    town = spells.filter("town")
    left = town.filter(pl.col("end_reason").is_in([RETIRED, DIED]))
    hired = int(_in_plan(town["since"].to_numpy()).sum())
    work, urban = persons["work"].to_numpy(), persons["urban"].to_numpy()
    return {
        "work.employed": float(now["person"].n_unique()),
        "work.urban": float(now.filter("town")["person"].n_unique()),
        "work.transferred": float((np.isin(work, (TOWN, AWAY)) & ~urban).sum()),
        "work.new_urban": float(hired - int(_in_plan(left["until"].to_numpy()).sum())),
    }


def _registers(county: County) -> dict[str, float]:
    registrations, hardship = county["registrations"], county["hardship"]
    works = registrations.filter(pl.col("end_reason").str.starts_with("被") | pl.col("end_reason").str.starts_with("自")
                                 | pl.col("end_reason").str.starts_with("从"))  # fmt: skip
    return {
        "work.reemployed": float(_in_plan(works["until"].to_numpy()).sum()),
        "work.hardship_reemployed": float(_in_plan(hardship["until"].to_numpy()).sum()),
        "work.registered": float((registrations["until"] < 0).sum()),
        "work.graduates": float(_in_plan(county.column("graduates", "on")).sum()),
        "work.zero_families": float(_in_plan(county.column("families", "on")).sum()),
    }


def as_text(lines: Iterable[Figure]) -> str:
    """Give the report as lines of text."""
    rows = [f"{'目标':>12} {'结果':>12}  {'':2} 指标（出处）"]
    for line in lines:
        mark = "符合" if line.is_near else "偏离"
        rows.append(f"{_number(line.aimed):>12} {_number(line.got):>12}  {mark} {line.title}（{ORIGINS[line.origin]}）")
    return "\n".join(rows)


def as_html(lines: Iterable[Figure]) -> str:
    """Give the report as a table for a page."""
    head = "<tr><th>指标</th><th>目标</th><th>结果</th><th>单位</th><th>符合</th><th>出处</th></tr>"
    body = "".join(
        f"<tr><td>{escape(line.title)}</td><td>{_number(line.aimed)}</td><td>{_number(line.got)}</td>"
        f"<td>{escape(line.unit)}</td><td>{'是' if line.is_near else '否'}</td>"
        f"<td>{ORIGINS[line.origin]}：{escape(line.source)}</td></tr>"
        for line in lines
    )
    return f"<table>{head}{body}</table>"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 20 or value == int(value) else f"{value:.3f}"
