"""Families: who married whom, whose children they are, which parents live with which couple.

Matching is done over the whole county, so every family is believable in age even in a county of two per cent; where
the family lives is decided afterwards. People who died since 2020 have their place in a family too.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.population import FEMALE, MALE, age_in_years

HUSBAND, WIFE, CHILD, ELDER, GRANDCHILD, SINGLE = range(6)
YEAR: Final = 365.2425
EVER_MARRIED: Final = {
    MALE: ((19, 0.0), (22, 0.05), (25, 0.30), (28, 0.60), (32, 0.80), (36, 0.88), (45, 0.92), (60, 0.94), (110, 0.94)),
    FEMALE: ((18, 0.0), (21, 0.06), (24, 0.35), (27, 0.68), (30, 0.85), (35, 0.94), (45, 0.98), (110, 0.985)),
}  # fmt: skip
MOST_CHILDREN: Final = 4


def build(county: County) -> None:
    """Add to ``persons``: household number, role in it, and whether the elder is on the wife's side."""
    families = Families(county)
    families.marry()
    families.give_children()
    families.take_in_elders()
    families.leave_children_with_grandparents()
    families.house_the_rest()
    county.add("persons", household=families.household, role=families.role, wifes_side=families.wifes_side)


class Families:
    """The state of the matching: positions of persons, their household and role so far."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.sex = county.column("persons", "sex")
        self.birth = county.column("persons", "birth")
        self.age = age_in_years(county)
        count = len(self.sex)
        self.household = np.full(count, -1, dtype=np.int64)
        self.role = np.full(count, -1, dtype=np.int64)
        self.wifes_side = np.zeros(count, dtype=bool)
        self.husbands = self.wives = np.zeros(0, dtype=np.int64)
        self.number_of_children = np.zeros(0, dtype=np.int64)

    # Marriage ---------------------------------------------------------------------------------------------------

    def marry(self) -> None:
        """Pair men and women: the wife about two and a half years younger, give or take three."""
        rng = self.county.rng("families", "marriage")
        men, women = self._marriageable(rng, MALE), self._marriageable(rng, FEMALE)
        husbands, wives = [], []
        for spread in (2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0):
            wanted = self.birth[men] + rng.normal(2.4, spread, len(men)) * YEAR
            first, second = draws.pair(rng, _bins(wanted, 90), _bins(self.birth[women], 90))
            fits = np.abs(self.birth[men[first]] - self.birth[women[second]]) < 14 * YEAR
            husbands.append(men[first[fits]])
            wives.append(women[second[fits]])
            men, women = np.delete(men, first[fits]), np.delete(women, second[fits])
        self.husbands, self.wives = np.concatenate(husbands), np.concatenate(wives)
        number = np.arange(len(self.husbands))
        self._place(self.husbands, number, HUSBAND)
        self._place(self.wives, number, WIFE)

    def _marriageable(self, rng: np.random.Generator, sex: int) -> draws.Ints:
        ages, shares = zip(*EVER_MARRIED[sex], strict=True)
        chance = np.interp(self.age, ages, shares) * (self.sex == sex)
        return np.flatnonzero(rng.random(len(chance)) < chance)

    # Children ---------------------------------------------------------------------------------------------------

    def give_children(self) -> None:
        """Give unmarried people up to their early forties to a mother of fitting age, siblings ten months apart."""
        rng = self.county.rng("families", "children")
        self.number_of_children = np.zeros(len(self.wives), dtype=np.int64)
        births = np.full((len(self.wives), MOST_CHILDREN), -(10**7), dtype=np.int64)
        wanted = self._wanted_children(rng)
        stays = np.interp(self.age, (0, 22, 30, 36, 45, 46), (1.0, 0.97, 0.8, 0.5, 0.25, 0.0))
        left = np.flatnonzero((self.household < 0) & (rng.random(len(stays)) < stays))
        for attempt in range(18):
            mothers = np.flatnonzero(self.number_of_children < wanted + attempt // 9)
            age_of_mother = rng.normal(26.0, 3.2 + attempt / 6, len(left)).clip(19, 44)
            at = self.birth[left] - age_of_mother * YEAR
            child, mother = draws.pair(rng, _bins(at, 120), _bins(self.birth[self.wives[mothers]], 120))
            apart = np.abs(births[mothers[mother]] - self.birth[left[child]][:, None]).min(axis=1) > 300
            room = self.number_of_children[mothers[mother]] < MOST_CHILDREN
            older = self.birth[self.husbands[mothers[mother]]] < self.birth[left[child]] - 18 * YEAR
            child, mother = child[apart & room & older], mothers[mother[apart & room & older]]
            births[mother, self.number_of_children[mother]] = self.birth[left[child]]
            self.number_of_children[mother] += 1
            self._place(left[child], mother, CHILD)
            left = np.delete(left, child)

    def _wanted_children(self, rng: np.random.Generator) -> draws.Ints:
        born = 1970 + self.birth[self.wives] / YEAR
        two = np.interp(born, (1940, 1960, 1975, 1988, 2000), (0.75, 0.55, 0.50, 0.50, 0.35))
        three = np.interp(born, (1940, 1960, 1975, 1988, 2000), (0.40, 0.15, 0.10, 0.10, 0.05))
        luck = rng.random(len(self.wives))
        return 1 + (luck < two).astype(np.int64) + (luck < three).astype(np.int64)

    # Elders -----------------------------------------------------------------------------------------------------

    def take_in_elders(self) -> None:
        """Let old couples and widowed people join the household of a couple of their children's age."""
        rng = self.county.rng("families", "elders")
        hosts = np.flatnonzero(self.age[self.husbands] < 66)
        hosts = hosts[rng.random(len(hosts)) < 0.62]
        couples = np.flatnonzero((self.age[self.wives] > 61) & (self.number_of_children == 0))
        couples = couples[rng.random(len(couples)) < 0.55]
        self._join(rng, hosts, couples)
        singles = np.flatnonzero((self.household < 0) & (self.age > 63))
        singles = singles[rng.random(len(singles)) < 0.86]
        self._join_singles(rng, hosts, singles)

    def _join(self, rng: np.random.Generator, hosts: draws.Ints, couples: draws.Ints) -> None:
        free = hosts
        for _ in range(6):
            at = self.birth[self.wives[couples]] + rng.normal(25.5, 3.5, len(couples)).clip(19, 40) * YEAR
            guest, host = draws.pair(rng, _bins(at, 180), _bins(self.birth[self.husbands[free]], 180))
            older = self.birth[self.husbands[couples[guest]]] < self.birth[self.husbands[free[host]]] - 18 * YEAR
            fits = older & (free[host] != couples[guest])
            guest, host = guest[fits], host[fits]
            wifes = rng.random(len(guest)) < 0.12
            for members in (self.husbands[couples[guest]], self.wives[couples[guest]]):
                self._place(members, free[host], ELDER)
                self.wifes_side[members] = wifes
            self.number_of_children[couples[guest]] = 1  # lives with one: takes no grandchild of its own
            couples, free = np.delete(couples, guest), np.delete(free, host)

    def _join_singles(self, rng: np.random.Generator, hosts: draws.Ints, singles: draws.Ints) -> None:
        taken = np.unique(self.household[self.role == ELDER])
        free = np.setdiff1d(hosts, taken)
        for _ in range(8):
            at = self.birth[singles] + rng.normal(26.0, 4.5, len(singles)).clip(19, 42) * YEAR
            guest, host = draws.pair(rng, _bins(at, 180), _bins(self.birth[self.husbands[free]], 180))
            self._place(singles[guest], free[host], ELDER)
            self.wifes_side[singles[guest]] = rng.random(len(guest)) < 0.12
            singles, free = np.delete(singles, guest), np.delete(free, host)

    # Leftovers --------------------------------------------------------------------------------------------------

    def leave_children_with_grandparents(self) -> None:
        """Children whose parents are registered elsewhere grow up in a household old enough to be grandparents."""
        rng = self.county.rng("families", "grandchildren")
        children = np.flatnonzero((self.household < 0) & (self.age < 19))
        free = np.flatnonzero((self.role[self.wives] == WIFE) & (self.age[self.wives] > 44))
        for attempt in range(10):
            at = self.birth[children] - rng.normal(52.0, 5.0 + attempt, len(children)).clip(39, 75) * YEAR
            child, host = draws.pair(rng, _bins(at, 365), _bins(self.birth[self.wives[free]], 365))
            self._place(children[child], free[host], GRANDCHILD)
            children = np.delete(children, child)

    def house_the_rest(self) -> None:
        """Everyone left lives alone; a child never does (it joins any couple old enough)."""
        rng = self.county.rng("families", "rest")
        children = np.flatnonzero((self.household < 0) & (self.age < 19))
        old = np.flatnonzero((self.role[self.wives] == WIFE) & (self.age[self.wives] > 50))
        self._place(children, rng.choice(old, len(children)), GRANDCHILD)
        alone = np.flatnonzero(self.household < 0)
        self._place(alone, len(self.husbands) + np.arange(len(alone)), SINGLE)
        _, self.household = np.unique(self.household, return_inverse=True)

    def _place(self, persons: draws.Ints, households: draws.Ints, role: int) -> None:
        self.household[persons] = households
        self.role[persons] = role


def _bins(days: draws.AnyArray, width: int) -> draws.Ints:
    return np.asarray(days // width, dtype=np.int64)
