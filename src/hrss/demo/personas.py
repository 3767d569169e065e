"""The people of the demonstration: each stands for a journey and is found in a small county as in a whole one.

They are people of the county like all others; only their situation of today is arranged. It refuses to pick staff or
relatives of staff, who could not be served by their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.families import CHILD, ELDER, HUSBAND, WIFE
from hrss.demo.labour import AWAY, LAND, NONE, REGISTERED, STUDENT, TOWN
from hrss.demo.population import FEMALE, MALE, age_in_years

HOME_TOWNSHIP: Final = "白帝镇"
OTHER_TOWNSHIP: Final = "吐祥镇"


@dataclass(frozen=True, slots=True)
class Persona:
    """One part in a journey: who may play it, and what the person does today."""

    key: str
    title: str
    township: str
    fits: Callable[[pl.DataFrame], draws.Bools]
    work: int
    count: int = 1


def _adult(frame: pl.DataFrame, sex: int, first: float, last: float, *works: int) -> draws.Bools:
    age = frame["age"].to_numpy()
    here = (age >= first) & (age < last) & (frame["sex"].to_numpy() == sex)
    return np.asarray(here & np.isin(frame["work"].to_numpy(), works))


def _role(frame: pl.DataFrame, *roles: int) -> draws.Bools:
    return np.asarray(np.isin(frame["role"].to_numpy(), roles))


CAST: Final[tuple[Persona, ...]] = (
    Persona(
        "laid_off", "刚被裁的女工，还没有办失业登记", HOME_TOWNSHIP,
        lambda f: _adult(f, FEMALE, 30, 47, NONE, LAND, TOWN) & _role(f, WIFE), NONE,
    ),
    Persona(
        "counter_client", "到窗口办失业登记的男工", HOME_TOWNSHIP,
        lambda f: _adult(f, MALE, 28, 52, NONE, LAND, TOWN) & _role(f, HUSBAND), NONE,
    ),
    Persona(
        "hardship", "登记失业、可以认定就业困难的妇女", HOME_TOWNSHIP,
        lambda f: _adult(f, FEMALE, 41, 49.5, NONE, LAND, TOWN, REGISTERED), REGISTERED,
    ),
    Persona(
        "old_man", "由村里代办的老人", HOME_TOWNSHIP,
        lambda f: _adult(f, MALE, 61, 90, NONE, LAND) & _role(f, HUSBAND, ELDER), NONE,
    ),
    Persona(
        "village_worker", "由村里代办失业登记的中年人", HOME_TOWNSHIP,
        lambda f: _adult(f, MALE, 50, 59.5, NONE, LAND, TOWN) & _role(f, HUSBAND), NONE,
    ),
    Persona(
        "graduate", "今年离校还没有工作的毕业生", HOME_TOWNSHIP,
        lambda f: _adult(f, FEMALE, 20, 26, NONE, TOWN, AWAY, STUDENT) & _role(f, CHILD), NONE,
    ),
    Persona(
        "stranger", "吐祥镇的居民，白帝镇的人看不到她", OTHER_TOWNSHIP,
        lambda f: _adult(f, FEMALE, 30, 50, NONE, LAND, TOWN) & _role(f, WIFE), NONE,
    ),
    Persona(
        "firm_clerk", "企业的人事专员，替单位办事", "",
        lambda f: _adult(f, FEMALE, 24, 45, TOWN), TOWN,
    ),
    Persona(
        "firm_head", "企业的法定代表人，第一次来办事", "",
        lambda f: _adult(f, MALE, 30, 55, TOWN), TOWN,
    ),
)  # fmt: skip


def build(county: County) -> None:
    """Add the frame ``personas`` and arrange what each does today; everyone is at home and keeps an age."""
    persons = county["persons"].with_columns(age=pl.Series(age_in_years(county)))
    township = county.column("villages", "township")[persons["village"].to_numpy()]
    names = county["townships"]["name"].to_list()
    free = _free(county)
    work = persons["work"].to_numpy().copy()
    rows = []
    for persona in CAST:
        fits = persona.fits(persons) & free
        here = fits & ((township == names.index(persona.township)) if persona.township else True)
        chosen = int(_first(here if here.any() else fits))
        free[persons["household"].to_numpy() == persons["household"][chosen]] = False
        work[chosen] = persona.work
        rows.append((persona.key, persona.title, chosen))
    grown = free & (persons["age"].to_numpy() > 25) & (persons["age"].to_numpy() < 50)
    county.add("persons", work=_balanced(persons["work"].to_numpy(), work, grown))
    county["personas"] = pl.DataFrame(rows, schema=["key", "title", "person"], orient="row")


def person_of(county: County, key: str) -> int:
    """Give the position of the person who plays a part."""
    return int(county["personas"].filter(pl.col("key") == key)["person"][0])


def is_cast(county: County) -> draws.Bools:
    """Tell which persons play a part; the registers leave their affairs alone."""
    cast = np.zeros(len(county["persons"]), dtype=bool)
    cast[county.column("personas", "person")] = True
    return cast


def _first(fits: draws.Bools) -> np.int64:
    found = np.flatnonzero(fits)
    if not len(found):
        raise ValueError("nobody fits a part of the demonstration; take a larger scale")
    return np.int64(found[len(found) // 2])


def _free(county: County) -> draws.Bools:
    persons = county["persons"]
    household = persons["household"].to_numpy()
    staffed = np.zeros(len(county["households"]), dtype=bool)
    staffed[household[county.column("staff", "person")]] = True
    at_home = (persons["away"].to_numpy() < 0) & (persons["death"].to_numpy() < 0)
    return np.asarray(at_home & ~staffed[household] & (persons["lives_in"].to_numpy() == persons["village"].to_numpy()))


def _balanced(before: draws.Ints, after: draws.Ints, may: draws.Bools) -> draws.Ints:
    """Keep the county's counts: whoever stepped out of work is replaced by somebody alike."""
    for code, other in ((TOWN, NONE), (LAND, NONE), (REGISTERED, NONE)):
        lacking = int((before == code).sum() - (after == code).sum())
        source, target = (other, code) if lacking > 0 else (code, other)
        fits = np.flatnonzero(may & (after == source) & (before == source))
        after[_spread(fits, abs(lacking))] = target
    return after


def _spread(found: draws.Ints, count: int) -> draws.Ints:
    return found[np.linspace(0, len(found) - 1, count).astype(np.int64)] if count else found[:0]
