"""Who works for the bureau, the townships and the villages: one natural person, one account, one post.

Staff are people of the county who live where they serve. Nobody holds two posts, so no one can be in two families of
posts that exclude each other. Logins are named after place and function, so that a demonstration finds its way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.divisions import STREET
from hrss.demo.labour import TOWN
from hrss.demo.population import age_in_years

BUREAU, JOBS, INSURANCE, INSPECTION, COURT, HALL = range(6)
FIRST_TOWNSHIP_POINT: Final = 6


@dataclass(frozen=True, slots=True)
class Seat:
    """Posts of one sort: function, line, where (row of the organisation), how many, of which grade."""

    function: str
    line: str
    organisation: int
    count: int
    grade: int = 1


COUNTY: Final = (
    Seat("leader", "*", BUREAU, 4),
    Seat("system_admin", "*", BUREAU, 1),
    Seat("security_admin", "*", BUREAU, 1),
    Seat("audit_admin", "*", BUREAU, 1),
    Seat("data", "*", BUREAU, 2),
    Seat("inspector", "*", BUREAU, 3),
    Seat("handler", "employment", JOBS, 4),
    Seat("reviewer", "employment", JOBS, 3),
    Seat("approver", "employment", JOBS, 2),
    Seat("handler", "talent", JOBS, 3),
    Seat("reviewer", "talent", JOBS, 2),
    Seat("approver", "talent", JOBS, 1),
    Seat("handler", "insurance", INSURANCE, 6),
    Seat("reviewer", "insurance", INSURANCE, 4),
    Seat("approver", "insurance", INSURANCE, 2),
    Seat("finance", "*", INSURANCE, 2),  # 会计（经办）, 出纳（对账）
    Seat("finance", "*", INSURANCE, 1, grade=2),  # 复核
    Seat("finance", "*", INSURANCE, 1, grade=3),  # 审批
    Seat("handler", "card", INSURANCE, 2),
    Seat("reviewer", "card", INSURANCE, 1),
    Seat("approver", "card", INSURANCE, 1),
    Seat("handler", "labour", INSPECTION, 4),
    Seat("reviewer", "labour", INSPECTION, 2),
    Seat("approver", "labour", COURT, 1),
    Seat("handler", "general", HALL, 2),
    Seat("reviewer", "general", HALL, 1),
    Seat("approver", "general", HALL, 1),
    Seat("counter", "*", HALL, 12),
)
TOWNSHIP: Final = (("counter", 2), ("handler", 2), ("reviewer", 1), ("approver", 1))


def build(county: County) -> None:
    """Add the frame ``staff``: person, function, line, region, organisation, login, grade."""
    posts = pl.DataFrame(
        [*_county_posts(), *_township_posts(county), *_village_posts(county)],
        schema=["function", "line", "region", "organisation", "township", "village", "login", "grade"],
        orient="row",
    )
    filled = posts.with_columns(person=pl.Series(_choose(county, posts)))
    county["staff"] = filled.filter(pl.col("person") >= 0)


def _county_posts() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    taken: Counter[str] = Counter()
    for seat in COUNTY:
        stem = seat.function if seat.line == "*" else f"{seat.line}.{seat.function}"
        for _ in range(seat.count):
            taken[stem] += 1
            login = f"xian.{stem}{taken[stem]}"
            rows.append((seat.function, seat.line, "500236", seat.organisation, -1, -1, login, seat.grade))
    return rows


def _township_posts(county: County) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for number, (code, stem) in enumerate(county["townships"].select("code", "stem").rows()):
        for function, count in TOWNSHIP:
            for turn in range(1, count + 1):
                place = FIRST_TOWNSHIP_POINT + number
                rows.append((function, "*", code, place, number, -1, f"{stem}.{function}{turn}", 1))
    return rows


def _village_posts(county: County) -> list[tuple[object, ...]]:
    stems = county["townships"]["stem"].to_list()
    first = FIRST_TOWNSHIP_POINT + len(stems)
    return [
        ("village_agent", "*", code, first + number, township, number, f"{stems[township]}.{code[9:]}.agent", 1)
        for number, (code, township) in enumerate(county["villages"].select("code", "township").rows())
    ]


def _choose(county: County, posts: pl.DataFrame) -> draws.Ints:
    """Choose a person for every post: county staff live in town, the others where they serve or next to it."""
    rng = county.rng("staff")
    fitness = _fitness(county) * rng.exponential(1.0, len(county["persons"]))
    lives_in = county.column("persons", "lives_in")
    townships = county.column("villages", "township")[lives_in]
    in_street = county.column("villages", "kind")[lives_in] == STREET
    in_town = county.column("persons", "work") == TOWN
    chosen: list[int] = []
    for function, township, village in posts.select("function", "township", "village").rows():
        here = in_street if township < 0 else townships == township
        wanted = here & (in_town if function != "village_agent" else True)
        best = _best(fitness, (wanted & (lives_in == village), wanted, here))
        if best < 0 and function != "village_agent":  # a village of a very small county may go without
            best = _best(fitness, (in_town, np.ones(len(here), dtype=bool)))
            if best < 0:
                raise ValueError("too few people for the posts of the county; take a larger scale")
        if best >= 0:
            fitness[best] = -1.0
        chosen.append(best)
    return np.array(chosen, dtype=np.int64)


def _best(fitness: draws.Floats, circles: tuple[draws.Bools, ...]) -> int:
    for circle in circles:
        best = int(np.argmax(np.where(circle, fitness, -1.0)))
        if circle[best] and fitness[best] > 0:
            return best
    return -1


def _fitness(county: County) -> draws.Floats:
    age, persons = age_in_years(county), county["persons"]
    fit = np.interp(age, (21.9, 22, 28, 52, 58, 58.1), (0, 0.6, 1, 1, 0.3, 0))
    fit = fit * np.take((0, 0, 0.02, 0.1, 0.5, 0.7, 1.6, 2.4, 2.4), persons["education"].to_numpy())
    fit = fit * (persons["death"].to_numpy() < 0) * (persons["away"].to_numpy() < 0)
    return np.asarray(fit * np.take((0.15, 1.0, 0, 0.4, 0, 0), persons["work"].to_numpy()), dtype=np.float64)
