"""Help for those who need it: families without a job, graduates without a job, what was offered to the registered.

A family is cleared when one of it works; nearly every graduate is settled within a year of the list.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws, plan
from hrss.demo.county import PLAN_LAST, County, day_number
from hrss.demo.labour import AWAY, NONE, REGISTERED, STUDENT
from hrss.demo.places import heads
from hrss.demo.population import age_in_years
from hrss.demo.registers import WANTED, YEAR
from hrss.demo.spells import START

SCHOOLS: Final = ("市内本科院校", "市内高职院校", "市外本科院校", "市外高职院校", "三峡地区高职院校")


def build(county: County) -> None:
    """Add the frames ``families``, ``graduates`` and ``offers``."""
    county["families"] = _families(county)
    county["graduates"] = _graduates(county)
    county["offers"] = _offers(county)


# Families without a job ---------------------------------------------------------------------------------------------


def _families(county: County) -> pl.DataFrame:
    """Families in which nobody worked until one was hired; recognised meanwhile, cleared that day."""
    rng = county.rng("registers", "families")
    registrations = county["registrations"]
    busy = np.zeros(len(county["persons"]), dtype=bool)
    busy[county["spells"]["person"].to_numpy()] = True
    age, household = age_in_years(county), county.column("persons", "household")
    grown = (age >= 17) & (age < 60) & (county.column("persons", "death") < 0)
    idle = grown & ~np.isin(county.column("persons", "work"), (STUDENT,))
    workers = np.bincount(household[busy & grown], minlength=len(county["households"]))
    adults = np.bincount(household[idle], minlength=len(county["households"]))
    person, on, until = (registrations[name].to_numpy() for name in ("person", "on", "until"))
    urban = county.column("persons", "urban")[person] & idle[person]
    past = (
        urban & (workers[household[person]] == 1) & busy[person] & (until - on > 20) & (adults[household[person]] > 1)
    )
    past &= (until >= START + 30) & (until <= day_number(PLAN_LAST))
    rows = _one_per_household(rng, np.flatnonzero(past), household[person])
    rows = rows[: county.request.scaled(plan.figure("work.zero_families"), least=4)]
    wait = rng.integers(6, 80, len(rows)).clip(None, until[rows] - on[rows] - 3)
    now = urban & (until < 0) & (workers[household[person]] == 0) & (on < county.today - 10)
    open_rows = _one_per_household(rng, np.flatnonzero(now), household[person])[:1]
    rows_all = np.concatenate([rows, open_rows])
    recognised = np.concatenate([until[rows] - wait, np.full(len(open_rows), county.today - 4)])
    head = heads(county)[household[person[rows_all]]]
    members = [np.flatnonzero((household == household[person[row]]) & idle).tolist() for row in rows_all.tolist()]
    return pl.DataFrame(
        {"head": head, "person": person[rows_all], "on": recognised, "until": until[rows_all], "members": members}
    )


def _one_per_household(rng: np.random.Generator, rows: draws.Ints, household: draws.Ints) -> draws.Ints:
    shuffled = rng.permutation(rows)
    _, first = np.unique(household[shuffled], return_index=True)
    return rng.permutation(shuffled[first])


# Graduates ----------------------------------------------------------------------------------------------------------


def _graduates(county: County) -> pl.DataFrame:
    """Graduates of the county who left school without a job: listed in August, nearly all settled within a year."""
    rng = county.rng("registers", "graduates")
    birth, education = county.column("persons", "birth"), county.column("persons", "education")
    alive = (county.column("persons", "death") < 0) & (education >= 6)
    work, hired = county.column("persons", "work"), county.column("persons", "hired")
    settled_day = np.where(hired >= 0, hired, -1)
    aways = county["spells"].filter((pl.col("until") < 0) & ~pl.col("town"))
    settled_day[aways["person"].to_numpy()] = aways["since"].to_numpy()
    taken, parts = np.zeros(len(birth), dtype=bool), []
    total = county.request.scaled(plan.figure("work.graduates"))
    counts = [*draws.apportion(np.array([0.17, 0.19, 0.20, 0.22, 0.22]), total).tolist(), round(total * 0.22)]
    for year, count in zip(range(2021, 2027), counts, strict=True):
        graduated, listed = day_number(date(year, 6, 30)), day_number(date(year, 8, 15))
        if listed > county.today:
            break
        fits = alive & ~taken & (birth > graduated - 26 * YEAR) & (birth < graduated - 21 * YEAR)
        soon = (settled_day > listed) & (settled_day < listed + 420) & np.isin(work, (1, AWAY))
        waiting = np.isin(work, (NONE, REGISTERED)) & (year >= county.request.today.year - 1)
        pull = fits * (soon * (60.0 if year >= county.request.today.year else 1.0) + waiting * 0.1)
        person = draws.take(rng, np.arange(len(birth)), pull, min(count, int((pull > 0).sum())))
        taken[person] = True
        parts.append(_listed(rng, person, graduated, listed, settled_day[person], work[person], county.today))
    return pl.concat(parts)


def _listed(
    rng: np.random.Generator,
    person: draws.Ints,
    graduated: int,
    listed: int,
    settled: draws.Ints,
    work: draws.Ints,
    today: int,
) -> pl.DataFrame:
    on = listed + rng.integers(0, 30, len(person))
    done = (settled > on) & (settled <= today)
    how = np.where(work == AWAY, "外地就业", "本县就业")
    return pl.DataFrame(
        {
            "person": person,
            "graduated": np.full(len(person), graduated),
            "on": on,
            "contacted": np.minimum(on + rng.integers(2, 25, len(person)), today),
            "settled": np.where(done, settled, -1),
            "how": np.where(done, how, "").tolist(),
            "school": _schools(rng, len(person)),
        }
    )


def _schools(rng: np.random.Generator, count: int) -> list[str]:
    chosen: list[str] = np.array(SCHOOLS, dtype=object)[draws.choose(rng, (30, 28, 16, 10, 16), count)].tolist()
    return chosen


# Offers -------------------------------------------------------------------------------------------------------------


def _offers(county: County) -> pl.DataFrame:
    """What the service offered to those registered in the last two years: one to three things, some taken."""
    rng = county.rng("registers", "offers")
    recent = county["registrations"].filter(
        (pl.col("on") > county.today - 730) & ((pl.col("until") < 0) | (pl.col("until") > pl.col("on") + 6))
    )
    times = rng.integers(1, 4, len(recent))
    row = np.repeat(np.arange(len(recent)), times)
    on, until = recent["on"].to_numpy()[row], recent["until"].to_numpy()[row]
    last = np.where(until >= 0, until, county.today)
    offered = on + 1 + (rng.random(len(row)) * (last - on - 2).clip(0, 160)).astype(np.int64)
    kind = draws.choose(rng, (0.55, 0.2, 0.2, 0.05), len(row))
    answered = rng.random(len(row)) < np.where(offered < county.today - 14, 0.9, 0.4)
    accepted = np.where(answered, (rng.random(len(row)) < np.take((0.25, 0.45, 0.85, 0.6), kind)).astype(int), -1)
    return pl.DataFrame(
        {
            "person": recent["person"].to_numpy()[row],
            "on": np.minimum(offered, county.today),
            "kind": np.array(("job", "training", "counsel", "public_post"), dtype=object)[kind].tolist(),
            "accepted": accepted,
            "answered": np.where(answered, np.minimum(offered + rng.integers(0, 14, len(row)), last), -1),
            "text": _offer_texts(rng, kind),
        }
    )


def _offer_texts(rng: np.random.Generator, kind: draws.Ints) -> list[str]:
    trades = np.array(WANTED[1:], dtype=object)[rng.integers(0, len(WANTED) - 1, len(kind))]
    heads_ = np.array(("推荐岗位：", "推荐培训：", "职业指导：", "推荐公益性岗位："), dtype=object)[kind]
    texts: list[str] = (heads_ + np.where(kind == 3, "村（社区）保洁员", trades)).tolist()
    return texts
