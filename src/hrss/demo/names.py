"""Names: surnames run in families and cluster in villages, given names follow the fashion of the year of birth.

Children carry the father's surname (one in thirteen the mother's), an old father on the husband's side shares it too.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
import yaml
from pypinyin import Style, lazy_pinyin

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.families import CHILD, ELDER, GRANDCHILD, HUSBAND, WIFE
from hrss.demo.places import TUJIA
from hrss.demo.population import FEMALE, MALE

DATA: Final = Path(__file__).parent / "data"
CLANS: Final = (0.20, 0.12, 0.08)  # share of the three families that dominate a village
MOTHERS_NAME: Final = 1 / 13  # 2020 national name report: mother's to father's surname 1 : 12


@dataclass(frozen=True, slots=True)
class Fashion:
    """Given-name characters of one cohort and sex."""

    single: float
    first: tuple[str, ...]
    second: tuple[str, ...]
    whole: tuple[str, ...]


@cache
def surnames() -> tuple[tuple[str, ...], tuple[str, ...], draws.Floats, draws.Floats]:
    """Give surnames, their pinyin, their weight, and their weight among the Tujia."""
    with (DATA / "surnames.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    weight = np.array([float(row["weight"]) for row in rows])
    tujia = weight * 0.25 + np.array([float(row["tujia"]) for row in rows]) * 8
    return tuple(row["surname"] for row in rows), tuple(row["pinyin"] for row in rows), weight, tujia


@cache
def fashions() -> tuple[tuple[int, dict[int, Fashion]], ...]:
    """Give the fashions by last year of birth."""
    raw = yaml.safe_load((DATA / "given_names.yaml").read_text(encoding="utf-8"))
    return tuple((entry["until"], {MALE: _fashion(entry, "male"), FEMALE: _fashion(entry, "female")}) for entry in raw)


def _fashion(entry: dict[str, Any], sex: str) -> Fashion:
    one = entry[sex]
    whole = tuple(entry.get(f"whole_{sex}", "").split())
    return Fashion(one["single"], tuple(one["first"].split()), tuple(one["second"].split()), whole)


def build(county: County) -> None:
    """Add ``name`` and ``pinyin`` to the persons."""
    surname = _surnames(county)
    given = _given_names(county, surname)
    texts, sounds, _, _ = surnames()
    family = pl.Series(np.array(texts, dtype=object)[surname].tolist(), dtype=pl.String)
    family_sound = pl.Series(np.array(sounds, dtype=object)[surname].tolist(), dtype=pl.String)
    given_sound = _pinyin(given)
    county.add("persons", surname=surname, name=family + given, pinyin=family_sound + given_sound)


def _surnames(county: County) -> draws.Ints:
    rng = county.rng("names", "surname")
    role, household = county.column("persons", "role"), county.column("persons", "household")
    own = _drawn(county, rng)
    husband, wife = _of(role == HUSBAND, own, household), _of(role == WIFE, own, household)
    mothers = rng.random(household.max() + 1) < MOTHERS_NAME
    inherited = np.where(mothers[household] & (wife[household] >= 0), wife[household], husband[household])
    is_child = (role == CHILD) & (inherited >= 0)
    own = np.where(is_child, inherited, own)
    grandchild = (role == GRANDCHILD) & (husband[household] >= 0) & (rng.random(len(role)) < 0.75)
    own = np.where(grandchild, husband[household], own)
    side = np.where(county.column("persons", "wifes_side"), wife[household], husband[household])
    father = (role == ELDER) & (county.column("persons", "sex") == MALE) & (side >= 0)
    return np.where(father, side, own)


def _drawn(county: County, rng: np.random.Generator) -> draws.Ints:
    """Draw a surname for everyone: the village's clans first (not for wives, who come from elsewhere), else any."""
    _, _, weight, tujia = surnames()
    persons = county["persons"]
    village, role = persons["village"].to_numpy(), persons["role"].to_numpy()
    is_tujia = persons["nation"].to_numpy() == TUJIA
    size = len(village)
    own = np.where(is_tujia, draws.choose(rng, tujia, size), draws.choose(rng, weight, size))
    clans = np.stack([draws.choose(rng, weight, len(county["villages"])) for _ in CLANS], axis=1)
    rural = np.take((0.15, 0.5, 0.6, 1.0), county.column("villages", "kind"))[village]
    luck = rng.random(size)
    bounds = np.cumsum(CLANS)
    for number, bound in reversed(list(enumerate(bounds))):
        own = np.where((role != WIFE) & ~is_tujia & (luck < bound * rural), clans[village, number], own)
    return own


def _of(mask: draws.Bools, values: draws.Ints, household: draws.Ints) -> draws.Ints:
    out = np.full(household.max() + 1, -1, dtype=np.int64)
    out[household[mask]] = values[mask]
    return out


def _given_names(county: County, surname: draws.Ints) -> pl.Series:
    rng = county.rng("names", "given")
    persons = county["persons"]
    sex, birth = persons["sex"].to_numpy(), persons["birth"].to_numpy()
    year = 1970 + birth // 365.2425
    given = np.full(len(sex), "", dtype=object)
    shared = _generation_luck(county, surname, year)
    since = 0
    for until, by_sex in fashions():
        for code, fashion in by_sex.items():
            here = np.flatnonzero((sex == code) & (year > since) & (year <= until))
            given[here] = _draw_given(rng, fashion, shared[here], code)
        since = until
    return pl.Series(given.tolist(), dtype=pl.String)


def _generation_luck(county: County, surname: draws.Ints, year: draws.AnyArray) -> draws.Ints:
    """A number shared by the generation of a clan in a village (elders) or by siblings (the young): 字辈."""
    persons = county["persons"]
    clan = persons["village"].to_numpy() * 1009 + surname * 131 + (year // 22).astype(np.int64) * 17
    siblings = persons["household"].to_numpy() * 7 + 3
    return np.where(year < 1985, clan, siblings).astype(np.int64)


def _draw_given(rng: np.random.Generator, fashion: Fashion, shared: draws.Ints, sex: int) -> draws.AnyArray:
    size = len(shared)
    first, second = np.array(fashion.first, dtype=object), np.array(fashion.second, dtype=object)
    slope = 1.0 / (np.arange(len(first)) + 6)
    by_generation = rng.random(size) < (0.40 if sex == MALE else 0.18)
    head = np.where(by_generation, shared % len(first), draws.choose(rng, slope, size))
    tail = draws.choose(rng, 1.0 / (np.arange(len(second)) + 8), size)
    names = first[head] + second[tail]
    doubled = first[head] == second[tail]
    single = (rng.random(size) < fashion.single) & ~by_generation | doubled
    names = np.where(single, second[tail], names)
    if fashion.whole:
        popular = rng.random(size) < 0.07
        names = np.where(
            popular, np.array(fashion.whole, dtype=object)[rng.integers(0, len(fashion.whole), size)], names
        )
    return names


def _pinyin(given: pl.Series) -> pl.Series:
    """Spell given names; each different name is looked up once."""
    different = given.unique()
    sounds = ["".join(lazy_pinyin(name, style=Style.NORMAL, v_to_u=False)) for name in different]
    return given.replace_strict(different, pl.Series(sounds, dtype=pl.String), return_dtype=pl.String)
