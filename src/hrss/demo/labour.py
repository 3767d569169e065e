"""What each person does today: in town, away, on the land, registered as unemployed, studying, or none of these.

The counts meet the plan's figures exactly; people are drawn by age, schooling and where they live. 城镇从业, 外出 and
务农 together are the 社会从业人员; 转移就业 is the rural register among the first two.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from hrss.demo import draws, plan
from hrss.demo.county import County
from hrss.demo.divisions import SEAT, STREET
from hrss.demo.population import FEMALE, age_in_years

NONE, TOWN, AWAY, LAND, REGISTERED, STUDENT = range(6)
AWAY_AT_WORK: Final = 0.945  # of those away between 16 and 66


def build(county: County) -> None:
    """Add ``work`` (one of the codes above) to the persons."""
    rng = county.rng("labour")
    age = age_in_years(county)
    work = np.full(len(age), NONE, dtype=np.int64)
    work[_students(county, rng, age)] = STUDENT
    _send_away(county, rng, age, work)
    _employ_in_town(county, rng, age, work)
    _register(county, rng, age, work)
    _leave_on_land(county, rng, age, work)
    county.add("persons", work=work)


def _students(county: County, rng: np.random.Generator, age: draws.Floats) -> draws.Bools:
    stays = np.interp(age, (6, 15.5, 16.5, 18.5, 19.5, 22.5, 24, 26), (1, 1, 0.95, 0.9, 0.6, 0.35, 0.06, 0.0))
    schooled = county.column("persons", "education") >= np.where(age > 18.5, 5, 0)
    return np.asarray((age >= 6) & (rng.random(len(age)) < stays) & schooled & _alive(county))


def _alive(county: County) -> draws.Bools:
    return np.asarray(county.column("persons", "death") < 0)


def _free(county: County, work: draws.Ints) -> draws.Bools:
    return np.asarray((work == NONE) & _alive(county))


def _send_away(county: County, rng: np.random.Generator, age: draws.Floats, work: draws.Ints) -> None:
    away = (county.column("persons", "away") >= 0) & (age >= 16) & (age < 66) & _free(county, work)
    work[np.flatnonzero(away)[rng.random(int(away.sum())) < AWAY_AT_WORK]] = AWAY


def _employ_in_town(county: County, rng: np.random.Generator, age: draws.Floats, work: draws.Ints) -> None:
    """Fill the jobs in town; as many from the rural register as the transferred still lack."""
    urban = county.column("persons", "urban")
    total = county.request.scaled(plan.figure("work.urban"))
    rural = county.request.scaled(plan.figure("work.transferred")) - int(((work == AWAY) & ~urban).sum())
    pull = _pull_to_town(county, age) * _free(county, work) * (county.column("persons", "away") < 0)
    everyone = np.arange(len(age))
    for count, side in ((rural, ~urban), (total - rural, urban)):
        work[draws.take(rng, everyone, pull * side, count)] = TOWN


def _pull_to_town(county: County, age: draws.Floats) -> draws.Floats:
    persons = county["persons"]
    kinds = county.column("villages", "kind")[persons["lives_in"].to_numpy()]
    ends = np.where(persons["sex"].to_numpy() == FEMALE, 55.0, 60.0)
    by_age = np.interp(age, (16.5, 18, 23, 30, 48, 54), (0, 0.3, 1.0, 1.3, 1.1, 0.8)) * (age < ends)
    near = np.where(kinds == STREET, 5.0, np.where(kinds == SEAT, 2.5, 1.0))
    schooled = np.take((0, 0.2, 0.5, 0.9, 1.4, 1.8, 2.6, 3.4, 4.0), persons["education"].to_numpy())
    return np.asarray(by_age * near * schooled)


def _register(county: County, rng: np.random.Generator, age: draws.Floats, work: draws.Ints) -> None:
    persons = county["persons"]
    ends = np.where(persons["sex"].to_numpy() == FEMALE, 50.0, 60.0)
    pull = np.interp(age, (17, 20, 30, 45), (0, 1.0, 0.7, 1.5)) * (age < ends) * _free(county, work)
    pull = pull * np.where(persons["urban"].to_numpy(), 4.0, 1.0) * (persons["away"].to_numpy() < 0)
    count = county.request.scaled(plan.figure("work.registered"))
    work[draws.take(rng, np.arange(len(age)), pull, count)] = REGISTERED


def _leave_on_land(county: County, rng: np.random.Generator, age: draws.Floats, work: draws.Ints) -> None:
    persons = county["persons"]
    total = county.request.scaled(plan.figure("work.employed"))
    count = total - int(np.isin(work, (TOWN, AWAY)).sum())
    pull = np.interp(age, (22, 35, 50, 66, 76, 80), (0, 0.4, 1.2, 1.2, 0.3, 0)) * _free(county, work)
    pull = pull * ~persons["urban"].to_numpy() * (persons["away"].to_numpy() < 0)
    work[draws.take(rng, np.arange(len(age)), pull, count)] = LAND
