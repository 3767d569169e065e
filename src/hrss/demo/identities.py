"""Ids of people, households and organisations, and the numbers that belong to people, as later layers need them."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws, identifiers
from hrss.demo.county import County, day_number
from hrss.demo.population import age_in_years

SINCE: Final = day_number(date(2020, 6, 1)) * 86_400_000  # the registers were taken over on this day
WITH_PHONE: Final = ((0, 0.0), (11, 0.05), (16, 0.8), (20, 0.97), (60, 0.94), (75, 0.75), (90, 0.45))
WITH_ACCOUNT: Final = ((15.9, 0.0), (16, 0.55), (25, 0.93), (110, 0.97))


def build(county: County) -> None:
    """Add ids, identity numbers and phones (empty for those who have none)."""
    persons = county["persons"]
    numbers = identifiers.id_numbers(persons["birth"].to_numpy(), persons["sex"].to_numpy())
    county.add("persons", id=_ids(county, "persons"), id_number=numbers, phone=_phones(county))
    county.add("households", id=_ids(county, "households"))
    county.add("organisations", id=_ids(county, "organisations"))


def _ids(county: County, frame: str) -> pl.Series:
    rows = np.arange(len(county[frame]))
    return draws.uuids(county.rng("ids", frame), SINCE + rows // 64)


def has(county: County, name: str, shares: tuple[tuple[float, float], ...]) -> draws.Bools:
    """Draw who of the living has a thing, by age."""
    rng = county.rng("identities", name)
    ages, chances = zip(*shares, strict=True)
    chance = np.interp(age_in_years(county), ages, chances)
    return np.asarray((rng.random(len(chance)) < chance) & (county.column("persons", "death") < 0))


def _phones(county: County) -> pl.Series:
    """Everyone on the staff has a phone; of the others most."""
    with_phone = has(county, "phone", WITH_PHONE)
    with_phone[county.column("staff", "person")] = True
    with_phone[county.column("personas", "person")] = True
    numbers = np.full(len(with_phone), "", dtype=object)
    numbers[with_phone] = identifiers.phones(int(with_phone.sum()), county.rng("identities", "phones")).to_list()
    return pl.Series(numbers.tolist(), dtype=pl.String)
