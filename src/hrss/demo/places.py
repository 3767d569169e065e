"""Where families are registered and where they live: villages by size, the young nearer to town; hukou and nation.

Rows are put in the order of village and household, so that what is read together lies together in the database.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.divisions import COMMUNITY, SEAT, STREET, VILLAGE
from hrss.demo.families import HUSBAND, WIFE
from hrss.demo.population import age_in_years

PULL: Final = {STREET: 0.9, SEAT: 0.5, COMMUNITY: 0.25, VILLAGE: -0.25}  # how much younger its families are
MOVED_TO_TOWN: Final = {STREET: 0.03, SEAT: 0.06, COMMUNITY: 0.10, VILLAGE: 0.15}
OTHER_NATIONS: Final = (("苗族", 0.0018), ("回族", 0.0009), ("满族", 0.0003), ("侗族", 0.0003), ("彝族", 0.0003))
HAN, TUJIA = "汉族", "土家族"


def build(county: County) -> None:
    """Order the persons by village and household; add the frame ``households`` and places to both."""
    age = age_in_years(county)
    persons = county["persons"].with_columns(age=pl.Series(age))
    adults = persons.group_by("household").agg(age=pl.col("age").mean(), size=pl.len()).sort("household")
    village = _villages(county, adults["age"].to_numpy())
    persons = persons.with_columns(village=pl.Series(village[persons["household"].to_numpy()]))
    persons = persons.sort("village", "household", "role", "birth")
    _, first, household = np.unique(persons["household"].to_numpy(), return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    persons = persons.with_columns(household=pl.Series(order[household]))
    county["persons"] = persons
    county["households"] = persons.group_by("household", maintain_order=True).agg(
        village=pl.col("village").first(), size=pl.len(), first=pl.int_range(pl.len()).first()
    )
    _add_hukou(county)
    _add_nation(county)
    _add_residence(county)


def _villages(county: County, mean_age: draws.Floats) -> draws.Ints:
    """Give each household a village: line up places and families by the same latent pull."""
    rng = county.rng("places", "village")
    villages = county["villages"]
    slots = draws.apportion(
        villages["weight"].to_numpy(), len(mean_age), least=min(6, len(mean_age) // len(villages) // 2)
    )
    place = np.repeat(np.arange(len(slots)), slots)
    pull = np.array([PULL[kind] for kind in villages["kind"]])
    score = pull[place] + rng.normal(0, 1.0, len(place))
    youth = -(mean_age - mean_age.mean()) / mean_age.std() + rng.normal(0, 1.0, len(mean_age))
    village = np.empty(len(mean_age), dtype=np.int64)
    village[np.argsort(youth)] = place[np.argsort(score)]
    return village


def _add_hukou(county: County) -> None:
    rng = county.rng("places", "hukou")
    share = county.column("villages", "urban_share")[county.column("households", "village")]
    urban = rng.random(len(share)) < share
    county.add("households", urban=urban)
    county.add("persons", urban=urban[county.column("persons", "household")])


def _add_nation(county: County) -> None:
    """Nations go by family; one in six spouses brings the other of the two."""
    rng = county.rng("places", "nation")
    share = county.column("villages", "tujia_share")[county.column("households", "village")]
    names = np.array([HAN, TUJIA] + [name for name, _ in OTHER_NATIONS])
    nation = (rng.random(len(share)) < share).astype(np.int64)
    rare = rng.random(len(share)) < sum(part for _, part in OTHER_NATIONS)
    nation[rare] = 2 + draws.choose(rng, [part for _, part in OTHER_NATIONS], int(rare.sum()))
    household, role = county.column("persons", "household"), county.column("persons", "role")
    own = nation[household]
    mixed = (role == WIFE) & (rng.random(len(role)) < np.where(own == 0, share[household] / 6, 0.4))
    own = np.where(mixed, 1 - np.minimum(own, 1), own)
    county.add("persons", nation=names[own])


def _add_residence(county: County) -> None:
    """Some families live in the township's seat or in the county town, registered where they were born."""
    rng = county.rng("places", "residence")
    home, kinds = county.column("households", "village"), county.column("villages", "kind")
    townships = county.column("villages", "township")
    moved = rng.random(len(home)) < np.array([MOVED_TO_TOWN[kind] for kind in range(4)])[kinds[home]]
    seats = np.flatnonzero(kinds == SEAT)
    seat = np.full(townships.max() + 1, -1)
    seat[townships[seats]] = seats
    town = draws.choose(rng, (kinds == STREET) * county.column("villages", "weight"), len(home))
    near = np.where((rng.random(len(home)) < 0.4) & (seat[townships[home]] >= 0), seat[townships[home]], town)
    lives_in = np.where(moved, near, home)
    county.add("households", lives_in=lives_in)
    county.add("persons", lives_in=lives_in[county.column("persons", "household")])


def heads(county: County) -> draws.Ints:
    """Give the position of the head of each household: the husband, else the wife, else the eldest alive."""
    persons = county["persons"].with_row_index("position")
    rank = (
        pl.when(pl.col("death") >= 0)
        .then(9)
        .when(pl.col("role") == HUSBAND)
        .then(0)
        .when(pl.col("role") == WIFE)
        .then(1)
        .otherwise(2)
    )
    chosen = persons.sort(rank, "birth").group_by("household", maintain_order=True).agg(pl.col("position").first())
    return chosen.sort("household")["position"].to_numpy().astype(np.int64)
