"""Who is away, and where: about 300,000 of the county's people live elsewhere, most of them to work.

Couples go together more often than not, a few take their children; most of a family goes in one direction.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from hrss.demo import draws, plan
from hrss.demo.county import County
from hrss.demo.families import CHILD, GRANDCHILD, HUSBAND, WIFE
from hrss.demo.population import FEMALE, age_in_years

# Directions and their weight (design: people of north-east Chongqing go to the coast, to Hubei and to the city).
DESTINATIONS: Final = (
    ("广东省", 27.0), ("重庆主城", 22.0), ("浙江省", 16.0), ("湖北省", 8.5), ("福建省", 6.0), ("江苏省", 5.5),
    ("上海市", 3.5), ("四川省", 3.0), ("北京市", 1.6), ("山东省", 1.4), ("新疆维吾尔自治区", 1.2), ("贵州省", 0.9),
    ("陕西省", 0.9), ("河北省", 0.7), ("山西省", 0.7), ("云南省", 0.7), ("海南省", 0.4),
)  # fmt: skip
CHILDREN_SHARE: Final = 0.075
AGES: Final = ((15.5, 0.0), (16, 0.05), (18, 0.45), (22, 1.0), (35, 1.0), (45, 0.85), (55, 0.45), (62, 0.12), (68, 0.0))


def build(county: County) -> None:
    """Add ``away`` to the persons: -1 at home, else position in DESTINATIONS."""
    rng = county.rng("migration")
    total = county.request.scaled(plan.figure("people.away"))
    children = round(total * CHILDREN_SHARE)
    gone = np.zeros(len(county["persons"]), dtype=bool)
    gone[draws.take(rng, np.arange(len(gone)), _pull(county, rng), total - children)] = True
    gone[draws.take(rng, np.arange(len(gone)), _pull_of_children(county, gone), children)] = True
    household = county.column("persons", "household")
    weights = [weight for _, weight in DESTINATIONS]
    family = draws.choose(rng, weights, len(county["households"]))
    alone = draws.choose(rng, weights, len(household))
    together = rng.random(len(household)) < 0.85
    county.add("persons", away=np.where(gone, np.where(together, family[household], alone), -1))


def _pull(county: County, rng: np.random.Generator) -> draws.Floats:
    """How strongly each adult is drawn away; a family's common luck makes couples go together."""
    ages, strength = zip(*AGES, strict=True)
    persons = county["persons"]
    luck = rng.lognormal(0.0, 1.1, len(county["households"]))
    pull = np.interp(age_in_years(county), ages, strength) * luck[persons["household"].to_numpy()]
    pull = pull * np.where(persons["urban"].to_numpy(), 0.45, 1.0)
    pull = pull * np.where(persons["sex"].to_numpy() == FEMALE, 0.72, 1.0)
    alive = persons["death"].to_numpy() < 0
    grown = np.isin(persons["role"].to_numpy(), (GRANDCHILD,), invert=True)
    return np.asarray(pull * alive * grown)


def _pull_of_children(county: County, gone: draws.Bools) -> draws.Floats:
    """Children go where both parents are away; no child goes alone."""
    persons = county["persons"]
    role, household = persons["role"].to_numpy(), persons["household"].to_numpy()
    parents = (role == HUSBAND) | (role == WIFE)
    away = np.bincount(household[parents & gone], minlength=len(county["households"]))
    young = (age_in_years(county) < 16) & (role == CHILD) & (persons["death"].to_numpy() < 0)
    return np.asarray(young * np.take((0.0, 0.12, 1.0), away[household]))
