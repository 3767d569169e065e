"""The employment registers: who was registered as unemployed, who was recognised as hard to employ.

They follow from the jobs: a registration ends the day the person is hired, a recognition with it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws, plan
from hrss.demo.county import PLAN_LAST, County, day_number
from hrss.demo.labour import NONE, REGISTERED
from hrss.demo.personas import is_cast
from hrss.demo.population import FEMALE, age_in_years
from hrss.demo.spells import START

YEAR: Final = 365.2425
GAVE_UP_YEARLY: Final = 1_900
WORKS = "被用人单位录用"
ENDINGS: Final = {"employer": WORKS, "self": "自主创业或者从事个体经营", "flexible": "从事有稳定收入的劳动"}
GAVE_UP, LOST = "终止就业要求或者拒绝接受公共就业服务", "连续六个月没有与公共就业服务机构联系"
SITUATIONS: Final = ("left_unit", "closed_business", "graduate", "land", "veteran", "other")
LEAVINGS: Final = (("dismissed", 30), ("expired", 26), ("agreed", 14), ("bankrupt", 9), ("resigned", 16), ("other", 5))
WANTED: Final = (
    "",
    "超市营业员",
    "保洁",
    "保安",
    "厨师",
    "家政",
    "司机",
    "电工",
    "收银员",
    "客服",
    "服装厂缝纫工",
    "护工",
    "工地小工",
    "文员",
    "快递员",
    "导游",
)
CATEGORIES: Final = (
    ("low_income", 30),
    ("former_poor", 36),
    ("disabled", 16),
    ("veteran", 6),
    ("released", 4),
    ("overcapacity", 8),
)


def build(county: County) -> None:
    """Add the frames ``registrations`` and ``hardship``."""
    county["registrations"] = _registrations(county).sort("on", "person")
    county["hardship"] = _hardship(county).sort("on", "person")


# Registrations ------------------------------------------------------------------------------------------------------


def _registrations(county: County) -> pl.DataFrame:
    rng = county.rng("registers", "registrations")
    ended, _ = _last_ended(county)
    parts = [_reemployed(county), _still_open(county, rng, ended), _given_up(county, rng, ended)]
    frame = pl.concat(parts)
    frame = frame.with_columns(on=pl.Series(draws.weekday(frame["on"].to_numpy())))
    return _why(county, rng, frame)


def _last_ended(county: County) -> tuple[draws.Ints, draws.Ints]:
    """Give the last day of each person's ended job in town, and the employer (-1 none)."""
    ended = np.full(len(county["persons"]), -1, dtype=np.int64)
    employer = ended.copy()
    closed = county["spells"].filter((pl.col("until") >= 0) & pl.col("town")).sort("until")
    ended[closed["person"].to_numpy()] = closed["until"].to_numpy()
    employer[closed["person"].to_numpy()] = closed["organisation"].to_numpy()
    return ended, employer


def _frame(person: draws.Ints, on: draws.AnyArray, until: draws.AnyArray, reason: object) -> pl.DataFrame:
    columns = {"person": person, "on": np.asarray(on, dtype=np.int64), "until": np.asarray(until, dtype=np.int64)}
    text = pl.Series(reason) if isinstance(reason, list) else pl.lit(reason)
    return pl.DataFrame(columns).with_columns(end_reason=text)


def _reemployed(county: County) -> pl.DataFrame:
    registered, hired = county.column("persons", "registered_before"), county.column("persons", "hired")
    person = np.flatnonzero(registered >= 0)
    jobs = county["spells"].filter((pl.col("until") < 0) & pl.col("town")).select("person", "kind")
    kinds = dict(zip(jobs["person"].to_list(), jobs["kind"].to_list(), strict=True))
    return _frame(person, registered[person], hired[person], [ENDINGS[kinds[one]] for one in person.tolist()])


def _still_open(county: County, rng: np.random.Generator, ended: draws.Ints) -> pl.DataFrame:
    person = np.flatnonzero(county.column("persons", "work") == REGISTERED)
    on = county.today - 1 - rng.exponential(190, len(person)).clip(0, 900).astype(np.int64)
    earliest = np.maximum(county.column("persons", "birth")[person] + 16 * 366, ended[person] + 4)
    on = np.minimum(np.maximum(on, earliest), county.today)
    return _frame(person, on, np.full(len(person), -1), "")


def _given_up(county: County, rng: np.random.Generator, ended: draws.Ints) -> pl.DataFrame:
    """Registrations that ended without a job: given up, or no contact for six months."""
    age, work = age_in_years(county), county.column("persons", "work")
    pull = np.interp(age, (23, 26, 40, 56, 57), (0, 1, 1.4, 1, 0)) * (work == NONE)
    pull = pull * (county.column("persons", "death") < 0) * (county.column("persons", "away") < 0)
    pull = pull * (ended < county.today - 300) * ~is_cast(county)
    pull = pull * np.where(county.column("persons", "urban"), 3.0, 1.0)
    years = (county.today - START) / YEAR
    count = min(county.request.scaled(GAVE_UP_YEARLY * years), int((pull > 0).sum()))
    person = draws.take(rng, np.arange(len(age)), pull, count)
    first = np.maximum(START, np.maximum(ended[person] + 5, county.column("persons", "birth")[person] + 17 * 366))
    on = first + (rng.random(count) * np.maximum(county.today - 230 - first, 1)).astype(np.int64)
    lost = rng.random(count) < 0.62
    until = on + np.where(lost, 183 + rng.integers(0, 20, count), rng.integers(15, 200, count))
    return _frame(person, on, np.minimum(until, county.today), np.where(lost, LOST, GAVE_UP).tolist())


def _why(county: County, rng: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    """Say why each was without work, from the job that ended before."""
    ended, employer = _last_ended(county)
    person, on = frame["person"].to_numpy(), frame["on"].to_numpy()
    left = (ended[person] >= 0) & (ended[person] <= on)
    young = (on - county.column("persons", "birth")[person] < 25 * YEAR) & (
        county.column("persons", "education")[person] >= 5
    )
    other = draws.choose(rng, (0.22, 0.0, 0.33, 0.05, 0.40), len(person)) + 1
    situation = np.where(left, 0, np.where(young, 2, other))
    leaving = draws.choose(rng, [weight for _, weight in LEAVINGS], len(person))
    reasons = np.array([name for name, _ in LEAVINGS], dtype=object)[leaving]
    wanted = np.array(WANTED, dtype=object)[draws.choose(rng, [6.0] + [1.0] * (len(WANTED) - 1), len(person))]
    contact = np.where(
        frame["until"].to_numpy() >= 0,
        np.minimum(frame["until"].to_numpy(), on + 60),
        np.maximum(on, county.today - rng.integers(0, 150, len(person))),
    )
    contact = np.where(frame["end_reason"].to_numpy() == LOST, on + rng.integers(0, 3, len(person)), contact)
    return frame.with_columns(
        situation=pl.Series(np.array(SITUATIONS, dtype=object)[situation].tolist(), dtype=pl.String),
        leave_reason=pl.Series(np.where(left, reasons, "").tolist(), dtype=pl.String),
        left_on=pl.Series(np.where(left, ended[person], -1)),
        last_employer=pl.Series(np.where(left, employer[person], -1)),
        wanted_job=pl.Series(wanted.tolist(), dtype=pl.String),
        last_contact=pl.Series(contact),
    )


# Hardship -----------------------------------------------------------------------------------------------------------


def _hardship(county: County) -> pl.DataFrame:
    """Those re-employed in the plan years who were hard to employ, and those still registered who are."""
    rng = county.rng("registers", "hardship")
    registrations = county["registrations"]
    registrations = registrations.with_columns(
        hired=pl.Series(county.column("persons", "hired"))[registrations["person"]]
    )
    person, on, until = (registrations[name].to_numpy() for name in ("person", "on", "until"))
    old = _is_old(county, person, on)
    works = (until >= 0) & (until == registrations["hired"].to_numpy()) & (until - on > 9)
    in_plan = works & (until >= START) & (until <= day_number(PLAN_LAST))
    after = works & (until > day_number(PLAN_LAST))
    share = plan.figure("work.hardship_reemployed") / plan.figure("work.reemployed")
    pull = np.where(old, 9.0, 1.0)
    chosen = [draws.take(rng, np.arange(len(person)), pull * in_plan, _count(county, in_plan))]
    chosen += [draws.take(rng, np.arange(len(person)), pull * after, int(share * after.sum()))]
    waiting = (until < 0) & (on < county.today - 12) & ~is_cast(county)[person]
    chosen += [np.flatnonzero(waiting & (rng.random(len(person)) < np.where(old, 0.85, 0.14)))]
    rows = np.concatenate(chosen)
    last = np.where(until[rows] >= 0, until[rows], county.today)
    recognised = on[rows] + 4 + (rng.beta(1, 2.5, len(rows)) * (last - on[rows] - 7).clip(1, 150)).astype(np.int64)
    recognised = draws.weekday(recognised)
    return pl.DataFrame(
        {
            "person": person[rows],
            "on": recognised,
            "category": _categories(rng, old[rows]),
            "valid_until": recognised + 3 * 365,
            "until": until[rows],
            "end_reason": np.where(until[rows] >= 0, "已经就业", "").tolist(),
        }
    )


def _count(county: County, in_plan: draws.Bools) -> int:
    return min(county.request.scaled(plan.figure("work.hardship_reemployed")), int(in_plan.sum()))


def _is_old(county: County, person: draws.Ints, on: draws.Ints) -> draws.Bools:
    age = (on - county.column("persons", "birth")[person]) / YEAR
    return np.asarray(age >= np.where(county.column("persons", "sex")[person] == FEMALE, 40, 50))


def _categories(rng: np.random.Generator, old: draws.Bools) -> list[str]:
    drawn = np.array([name for name, _ in CATEGORIES], dtype=object)[
        draws.choose(rng, [weight for _, weight in CATEGORIES], len(old))
    ]
    chosen: list[str] = np.where(old & (rng.random(len(old)) < 0.85), "age", drawn).tolist()
    return chosen
