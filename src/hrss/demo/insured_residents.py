"""The residents' pension: who is in it since when, which grade they pay, which years, what their accounts hold.

Everyone over sixteen of the rural register without a job at an employer should be in it; of those, the share the
county published is. Whoever has turned sixty paid every year since the scheme began. Amounts come from the rules by
columns; the subsidies of 2020 and 2021, which are not published, stay at the rate of the year before.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws, plan
from hrss.demo.anniversaries import birthday
from hrss.demo.county import County, day_number
from hrss.demo.insured_employees import START
from hrss.demo.labour import STUDENT

BEGAN: Final = day_number(date(2009, 9, 1))
FIRST_YEAR: Final = 2009
COVERED_TODAY: Final = 0.957
GRADES: Final = ((100, 63), (200, 13), (300, 6), (500, 6), (800, 2), (1000, 5), (1500, 1), (2000, 3), (3000, 1))
KEPT_GRADE, KEPT_SINCE, LOWEST_OPEN, HIGHEST_BEFORE = 100, 2022, 200, 2000
CATEGORIES: Final = (
    ("ordinary", 93.0),
    ("minimum_living", 4.2),
    ("severely_disabled", 1.5),
    ("destitute", 0.5),
    ("returned_poverty", 0.8),
)
ONE_CHILD: Final = 0.05
DIED, NO_LONGER = "去世", ""


def build(county: County) -> None:
    """Add the frame ``residents`` and the residents' part of ``coverage``."""
    rng = county.rng("insured", "residents")
    since, until = _due(county)
    listed, members, later = _choose(county, rng, since, until)
    county["residents"] = _members(county, rng, members | later, np.where(later, np.maximum(since, START), since))
    enrolled = np.full(len(since), -1, dtype=np.int64)
    enrolled[county.column("residents", "person")] = county.column("residents", "enrolled")
    person = np.flatnonzero(listed)
    rows = pl.DataFrame(
        {"person": person, "since": since[person], "until": until[person], "insured_on": enrolled[person]}
    ).with_columns(scheme=pl.lit("resident_pension"))
    county["coverage"] = pl.concat([county["coverage"], rows.select(county["coverage"].columns)])


def _due(county: County) -> tuple[draws.Ints, draws.Ints]:
    """Give from when to when each person should be in the scheme: (-1, -1) never, until -1 still."""
    birth, death = county.column("persons", "birth"), county.column("persons", "death")
    ended = np.full(len(birth), -1, dtype=np.int64)
    working = np.zeros(len(birth), dtype=bool)
    jobs = county["spells"].filter(pl.col("organisation") >= 0)
    working[jobs.filter(pl.col("until") < 0)["person"].to_numpy()] = True
    over = jobs.filter(pl.col("until") >= 0)
    np.maximum.at(ended, over["person"].to_numpy(), over["until"].to_numpy())
    grown = birthday(birth, 16)
    since = np.maximum(np.maximum(BEGAN, grown + 1), ended + 1)
    sixty = birthday(birth, 60)
    fits = ~working & (since <= county.today) & ((ended < 0) | (since < sixty - 3 * 365))
    fits &= ~((ended >= 0) & (sixty <= county.today))  # whoever worked and is sixty draws an employee's pension
    fits &= (death < 0) | (since < death)
    fits &= county.column("persons", "work") != STUDENT
    return np.where(fits, since, -1), np.where(fits, death, -1)


def _choose(
    county: County, rng: np.random.Generator, since: draws.Ints, until: draws.Ints
) -> tuple[draws.Bools, draws.Bools, draws.Bools]:
    """Give who is listed as due, who of them was in at the end of 2020 (exact) and who came later (95.7 % today)."""
    pull = np.where(county.column("persons", "urban"), 0.02, 1.0) * (since >= 0)
    day = START - 1
    then = (since >= 0) & (since <= day) & ((until < 0) | (until > day))
    insured = county.request.scaled(plan.figure("insured.all_2020")) - _employees_on(county, day)
    everyone = np.arange(len(since))
    listed = np.zeros(len(since), dtype=bool)
    listed[draws.take(rng, everyone, pull * then, round(insured / plan.figure("insured.coverage_2020")))] = True
    old = birthday(county.column("persons", "birth"), 60) <= county.today
    members = np.zeros(len(since), dtype=bool)
    members[draws.take(rng, everyone, listed * np.where(old, 40.0, 1.0), insured)] = True
    now = (since >= 0) & (until < 0)
    rural = ~county.column("persons", "urban").astype(bool)
    listed |= now & ~then & rural
    lacking = round(COVERED_TODAY * int((listed & now).sum())) - int((members & now).sum())
    free = listed & now & ~members & ~old
    later = np.zeros(len(since), dtype=bool)
    later[draws.take(rng, everyone, free * 1.0, min(max(lacking, 0), int(free.sum())))] = True
    return listed, members, later


def _employees_on(county: County, day: int) -> int:
    jobs = county["spells"].filter(pl.col("organisation") >= 0)
    return int(((jobs["since"] <= day) & ((jobs["until"] < 0) | (jobs["until"] > day))).sum())


def _members(county: County, rng: np.random.Generator, members: draws.Bools, since: draws.Ints) -> pl.DataFrame:
    """Give person, enrolment, its end, category, grade and the birthday of sixty, in the order of persons."""
    person = np.flatnonzero(members)
    birth, death = county.column("persons", "birth")[person], county.column("persons", "death")[person]
    sixty = birthday(birth, 60)
    begins = since[person]
    late = (rng.gamma(1.4, 420.0, len(person))).astype(np.int64)
    known = np.where((begins <= START - 1), START - 1, county.today)
    late = np.minimum(late, np.maximum(known - begins, 0))
    late = np.where(sixty <= county.today, rng.integers(0, 120, len(person)), late)
    enrolled = np.minimum(begins + late, np.where(death >= 0, death - 1, county.today))
    category = np.array([name for name, _ in CATEGORIES], dtype=object)[
        draws.choose(rng, [weight for _, weight in CATEGORIES], len(person))
    ]
    grade = np.array([yuan for yuan, _ in GRADES])[draws.choose(rng, [weight for _, weight in GRADES], len(person))]
    grade = np.where(category != "ordinary", KEPT_GRADE, grade)
    return pl.DataFrame(
        {
            "person": person,
            "enrolled": np.maximum(enrolled, begins),
            "ended": death,
            "sixty": sixty,
            "category": category.tolist(),
            "grade": grade,
            "one_child": rng.random(len(person)) < ONE_CHILD,
        }
    )


def grade_in(frame: pl.DataFrame, year: int) -> draws.Ints:
    """Give the grade paid in a year: the lowest one is for some groups only since 2022, the highest came with it."""
    grade = frame["grade"].to_numpy()
    if year >= KEPT_SINCE:
        ordinary = (frame["category"] == "ordinary").to_numpy()
        return np.asarray(np.where(ordinary, np.maximum(grade, LOWEST_OPEN), grade))
    return np.asarray(np.minimum(grade, HIGHEST_BEFORE))
