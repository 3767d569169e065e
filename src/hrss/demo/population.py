"""People: an ageing western county by year of birth and sex, and who of them died since 2020.

A cohort is born, and one force of mortality decides both who lives today and who died on which day, so the pyramid
and the deaths fit each other.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws, plan
from hrss.demo.county import FIRST_DAY, County, day_number

MALE, FEMALE = 1, 2
OLDEST: Final = 1925
# Births by year in thousands (design): the hunger of 1959–61, the waves of 1962–73 and 1986–91, few children since.
BIRTHS: Final = {
    1925: 5, 1935: 8.5, 1945: 11, 1950: 13.5, 1954: 16, 1957: 16, 1959: 10.5, 1960: 6.5, 1961: 5.5, 1962: 13,
    1963: 20.5, 1966: 20.5, 1970: 23, 1973: 21, 1976: 17.5, 1979: 14.5, 1982: 16.5, 1985: 16, 1987: 19, 1990: 20.5,
    1993: 16.5, 1997: 14.5, 2000: 13, 2003: 12, 2008: 12.5, 2012: 14, 2016: 13.2, 2018: 11.7, 2020: 9.6, 2022: 7.6,
    2024: 6.8, 2027: 5.8,
}  # fmt: skip
BOYS: Final = {1925: 0.512, 1979: 0.516, 1990: 0.528, 2004: 0.540, 2015: 0.530, 2027: 0.522}  # share of boys
MORTALITY: Final = {MALE: (0.0005, 0.0000300, 0.0925), FEMALE: (0.00025, 0.0000150, 0.0975)}  # Makeham a, b, c


def hazard(age: draws.AnyArray, sex: int) -> draws.Floats:
    """Yearly force of mortality at an age."""
    base, scale, slope = MORTALITY[sex]
    infant = np.where(age < 1, 0.004, 0.0)
    return np.asarray(base + infant + scale * np.exp(slope * np.maximum(age, 0)))


def survival(age: draws.AnyArray, sex: int) -> draws.Floats:
    """Share of a cohort alive at an age."""
    base, scale, slope = MORTALITY[sex]
    years = np.maximum(age, 0)
    risk = base * years + 0.004 * np.minimum(years, 1) + scale / slope * np.expm1(slope * years)
    return np.asarray(np.exp(-risk))


def build(county: County) -> None:
    """Add the frame ``persons`` with sex, day of birth and day of death (-1 = alive)."""
    total = county.request.scaled(plan.figure("people.alive"))
    year = np.repeat(np.arange(OLDEST, county.request.today.year + 1), 2)
    sex = np.tile([MALE, FEMALE], len(year) // 2)
    born = _births(year, sex) * _elapsed(year, county.request.today)
    age = county.today / 365.2425 + 1970 - year - 0.5
    lived_until_first = np.where(year >= FIRST_DAY.year, 1.0, _by_sex(age - _window(county), sex))
    alive = born * _by_sex(age, sex)
    dead = born * (lived_until_first - _by_sex(age, sex)).clip(0)
    deaths = round(total * dead.sum() / alive.sum())
    living = _draw(county, year, sex, draws.apportion(alive, total), "alive")
    gone = _draw(county, year, sex, draws.apportion(dead, deaths), "dead")
    gone = gone.with_columns(death=pl.Series(_days_of_death(county, gone)))
    county["persons"] = pl.concat([living.with_columns(death=pl.lit(-1, pl.Int64)), gone])


def age_in_years(county: County) -> draws.Floats:
    """Age of each person today, also of those who are no longer alive."""
    return np.asarray((county.today - county.column("persons", "birth")) / 365.2425)


def _births(year: draws.Ints, sex: draws.Ints) -> draws.Floats:
    births = np.interp(year, list(BIRTHS), list(BIRTHS.values()))
    boys = np.interp(year, list(BOYS), list(BOYS.values()))
    return np.asarray(births * np.where(sex == MALE, boys, 1 - boys))


def _by_sex(age: draws.AnyArray, sex: draws.Ints) -> draws.Floats:
    return np.where(sex == MALE, survival(age, MALE), survival(age, FEMALE))


def _elapsed(year: draws.Ints, today: date) -> draws.Floats:
    return np.where(year == today.year, today.timetuple().tm_yday / 365, 1.0)


def _window(county: County) -> float:
    return (county.today - day_number(FIRST_DAY)) / 365.2425


def _draw(county: County, year: draws.Ints, sex: draws.Ints, counts: draws.Ints, name: str) -> pl.DataFrame:
    rng = county.rng("population", name)
    years, sexes = np.repeat(year, counts), np.repeat(sex, counts)
    first = np.array([day_number(date(int(one), 1, 1)) for one in range(OLDEST, county.request.today.year + 2)])
    start, end = first[years - OLDEST], np.minimum(first[years - OLDEST + 1], county.today + 1)
    birth = start + (rng.random(len(years)) * (end - start)).astype(np.int64)
    return pl.DataFrame({"sex": sexes, "birth": birth})


def _days_of_death(county: County, gone: pl.DataFrame) -> draws.Ints:
    """Draw the day of death within the window, later days likelier as age grows."""
    rng = county.rng("population", "death")
    birth = gone["birth"].to_numpy()
    start = np.maximum(day_number(FIRST_DAY), birth)
    span = np.maximum(county.today - start, 1)
    return np.asarray(start + (rng.beta(1.0, 0.95, len(birth)) * span).astype(np.int64))
