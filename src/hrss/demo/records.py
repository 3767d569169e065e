"""Rows of the parts that are not built yet, month by month 2021 to today: one frame, one table, many datasets.

People are drawn by age and register from those alive; a person is in one scheme once. Nothing here is anybody's real
record; every dataset over it says 示范历史.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.awards import window
from hrss.demo.county import County, day_number
from hrss.demo.divisions import VILLAGE
from hrss.demo.labour import STUDENT
from hrss.demo.population import age_in_years
from hrss.demo.record_aims import (
    BASES_EACH_YEAR,
    BUDGETS,
    FLOWS,
    FULL_SHARE,
    HARMONIOUS,
    PARKS,
    STOCKS,
    SURVEYED,
    WORKSHOPS,
    Flow,
    Stock,
)
from hrss.kernel.months import YearMonth

START, LAST = day_number(date(2021, 1, 1)), day_number(date(2025, 12, 31))
COLUMNS: Final = {
    "dataset": pl.String, "kind": pl.String, "level": pl.String, "person": pl.Int64, "village": pl.Int64,
    "started": pl.Int64, "ended": pl.Int64, "happened": pl.Int64, "flag": pl.Int64, "amount": pl.Int64,
    "label": pl.String,
}  # fmt: skip
EMPTY: Final = {"kind": "", "level": "", "person": -1, "village": -1, "started": -1, "ended": -1, "happened": -1,
                "flag": -1, "amount": 0, "label": ""}  # fmt: skip
SEASON: Final = (0.7, 0.6, 1.2, 1.2, 1.1, 1.2, 0.9, 0.8, 1.2, 1.1, 1.1, 0.9)


def build(county: County) -> None:
    """Add the frame ``records``."""
    pools = _Pools(county)
    parts = [*(_stock(county, pools, one) for one in STOCKS), *(_flow(county, pools, one) for one in FLOWS)]
    parts.append(_coverage(county))
    parts += [*_sites(county), *_assessments(county), *_surveys(county, pools), *_budgets(county)]
    county["records"] = pl.concat(parts)


def _frame(dataset: str, count: int, **columns: object) -> pl.DataFrame:
    """Give rows of one dataset; what is not given is empty."""
    frame = pl.DataFrame({"dataset": pl.repeat(dataset, count, eager=True)})
    values = EMPTY | columns
    named = {
        name: pl.Series(value) if isinstance(value, np.ndarray | list) else pl.lit(value)
        for name, value in values.items()
    }
    return frame.with_columns(**named).select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())


class _Pools:
    """Who may be drawn: alive, of an age, of the rural register; within a pool nobody twice."""

    def __init__(self, county: County) -> None:
        self.age = age_in_years(county)
        self.free = (county.column("persons", "death") < 0) & (county.column("persons", "work") != STUDENT)
        self.alive = np.asarray(county.column("persons", "death") < 0)
        self.rural = ~county.column("persons", "urban").astype(bool)
        self.taken: dict[str, draws.Bools] = {}

    def draw(
        self, rng: np.random.Generator, count: int, ages: tuple[float, float], *, rural: bool = False, pool: str = ""
    ) -> draws.Ints:
        """Draw different people; everyone of the age when there are not enough."""
        base = self.alive if ages[0] < 16 else self.free
        fits = base & (self.age >= ages[0]) & (self.age <= ages[1])
        if rural:
            fits &= self.rural
        if pool:
            fits &= ~self.taken.setdefault(pool, np.zeros(len(self.age), dtype=bool))
        chosen = draws.take(rng, np.arange(len(self.age)), fits.astype(float), min(count, int(fits.sum())))
        if pool:
            self.taken[pool][chosen] = True
        return rng.permutation(chosen)


def _growth(county: County, at_start: int, at_end: int) -> tuple[int, int]:
    """Give the scaled stock at the start and what has been added (or lost) by today at the plan's pace."""
    start, end = county.request.scaled(at_start), county.request.scaled(at_end)
    return start, round((end - start) * (county.today - START) / (LAST - START))


def _stock(county: County, pools: _Pools, one: Stock) -> pl.DataFrame:
    rng = county.rng("records", one.dataset, one.kind, one.level)
    start, change = _growth(county, one.at_start, one.at_end)
    person = pools.draw(rng, start + max(change, 0), one.ages, rural=one.rural, pool=one.pool)
    start = min(start, len(person))
    began = np.concatenate(
        [rng.integers(START - 3_600, START, start), rng.integers(START, county.today + 1, len(person) - start)]
    )
    ended = np.full(len(person), -1)
    ended[: max(-change, 0)] = rng.integers(START, county.today + 1, max(-change, 0))
    return _frame(one.dataset, len(person), kind=one.kind, level=one.level, person=person, started=began, ended=ended)


def _flow(county: County, pools: _Pools, one: Flow) -> pl.DataFrame:
    rng = county.rng("records", one.dataset, one.kind)
    days = _days(county, rng, county.request.scaled(one.total))
    person = pools.draw(rng, len(days), one.ages, rural=one.rural)
    person = rng.choice(person, len(days)) if len(person) < len(days) else person
    flag = (rng.random(len(days)) < one.share_flagged).astype(np.int64)
    ends = _ends(county, rng, one, days)
    amount = np.round(rng.integers(one.amount[0], one.amount[1] + 1, len(days)) / 1_000_00).astype(np.int64) * 1_000_00
    return _frame(one.dataset, len(days), kind=one.kind, person=person, started=days, flag=flag, amount=amount, **ends)


def _ends(county: County, rng: np.random.Generator, one: Flow, days: draws.Ints) -> dict[str, draws.Ints]:
    """Disputes are mediated within weeks and closed within two months; a few of the newest are still open."""
    if not one.dataset.startswith("labour."):
        return {}
    closed = days + rng.integers(8, 58, len(days))
    closed[closed > county.today] = -1
    closed[rng.permutation(len(days))[: round(len(days) * 0.003)]] = -1
    mediated = np.where(rng.random(len(days)) < 0.82, days + rng.integers(3, 15, len(days)), -1)
    return {"ended": closed, "happened": np.where(mediated <= county.today, mediated, -1)}


def _days(county: County, rng: np.random.Generator, total: int) -> draws.Ints:
    """Spread five years' events over months with a season, and go on to today at the same pace."""
    months = [(year, month) for year in range(2021, county.request.today.year + 1) for month in range(1, 13)]
    first = np.array([day_number(date(year, month, 1)) for year, month in months])
    last = np.r_[first[1:], first[-1] + 31] - 1
    weights = np.array([SEASON[month - 1] for _, month in months])
    share = weights / weights[:60].sum() * total * np.clip((county.today - first + 1) / (last - first + 1), 0, 1)
    counts = np.r_[draws.apportion(share[:60], total), np.round(share[60:]).astype(np.int64)]
    low, high = np.repeat(first, counts), np.repeat(np.minimum(last, county.today), counts)
    return draws.weekday(low + (rng.random(len(low)) * (high - low + 1)).astype(np.int64)).clip(low, high)


def _coverage(county: County) -> pl.DataFrame:
    """The universal register of who should be insured (全民参保登记); the insurance layers say who is, since when."""
    rows = county["coverage"]
    facts = {name: rows[name].to_numpy() for name in ("person", "since", "until", "insured_on")}
    return _frame(
        "insurance.coverage",
        len(rows),
        kind=rows["scheme"].to_list(),
        person=facts["person"],
        started=facts["since"],
        ended=facts["until"],
        happened=facts["insured_on"],
    )


# What is not people ---------------------------------------------------------------------------------------------------


def _sites(county: County) -> Iterator[pl.DataFrame]:
    rng = county.rng("records", "sites")
    villages = county["villages"]
    names = county["townships"]["name"].to_list()
    for position, (kind, label, place) in enumerate(PARKS):
        township = next((row for row, name in enumerate(names) if place and name.startswith(place)), 0)
        village = int(np.flatnonzero(villages["township"].to_numpy() == township)[0])
        built = day_number(date(2019, 6, 1)) if kind == "park_core" else START + 90 + position * 190
        yield _frame("employment.sites", 1, kind=kind, village=village, started=built, label=label)
    for dataset, kind, (before, after) in (
        ("employment.sites", "workshop", WORKSHOPS),
        ("labour.harmonious", "enterprise", (0, HARMONIOUS[1])),
    ):
        count = before + round((after - before) * (county.today - START) / (LAST - START))
        days = np.r_[rng.integers(START - 1200, START, before), rng.integers(START, county.today, count - before)]
        yield _frame(dataset, count, kind=kind, village=rng.integers(0, len(villages), count), started=days)
    for year, count in enumerate(BASES_EACH_YEAR, 2021):
        named = day_number(date(year, 9, 10))
        places = rng.integers(0, len(villages), count)
        yield _frame("employment.training_bases", count, kind="home_service", village=places, started=named)


def _assessments(county: County) -> Iterator[pl.DataFrame]:
    """Every December each community and village is assessed as 充分就业 or not; what was full mostly stays so."""
    rng = county.rng("records", "assessments")
    kinds = county["villages"]["kind"].to_numpy()
    for kind, where in (("community", np.flatnonzero(kinds != VILLAGE)), ("village", np.flatnonzero(kinds == VILLAGE))):
        order = rng.permutation(where)
        low, high = FULL_SHARE[kind]
        for year in range(2020, county.request.today.year):
            full = round(len(order) * (low + (high - low) * (year - 2020) / 5))
            flag = (np.arange(len(order)) < full).astype(np.int64)
            began, ended = (day_number(date(one, 12, 15)) for one in (year, year + 1))
            ends = ended if ended <= county.today else -1
            yield _frame(
                "employment.assessments", len(order), kind=kind, village=order, started=began, ended=ends, flag=flag
            )


def _surveys(county: County, pools: _Pools) -> Iterator[pl.DataFrame]:
    """A labour force survey every quarter: sampled people of the town, with or without work in the reference week."""
    rng = county.rng("records", "survey")
    size, rate = SURVEYED
    count = max(240, round(size * min(1.0, county.request.scale * 10)))
    for year in range(2021, county.request.today.year + 1):
        for month in (2, 5, 8, 11):
            day = day_number(date(year, month, 15))
            if day > county.today:
                return
            person = pools.draw(rng, count, (16, 64))
            jobless = (rng.random(len(person)) < rate).astype(np.int64)
            yield _frame("employment.survey", len(person), kind="urban", person=person, started=day, flag=jobless)


def _budgets(county: County) -> Iterator[pl.DataFrame]:
    """Yearly budgets by fund and subject, monthly spending a little off the even pace, or as the pay runs have it."""
    rng = county.rng("records", "budgets")
    known = _spent(county)
    for fund, subject, first, growth in BUDGETS:
        for year in range(2021, county.request.today.year + 1):
            budget = round(first * 1_000_000 * (1 + growth) ** (year - 2021) * county.request.scale)
            begins = day_number(date(year, 1, 1))
            facts = {"kind": fund, "label": subject}
            yield _frame("funds.budgets", 1, started=begins, amount=budget, **facts)
            months = [day_number(date(year, month, 25)) for month in range(1, 13)]
            months = [day for day in months if day <= county.today]
            spent = (budget / 12 * rng.uniform(0.9, 1.06, len(months))).astype(np.int64)
            by_run = [known.get((fund, subject, day), fen) for day, fen in zip(months, spent.tolist(), strict=True)]
            yield _frame(
                "funds.spending",
                len(months),
                started=np.array(months),
                amount=np.array(by_run, dtype=np.int64),
                **facts,
            )


def _spent(county: County) -> dict[tuple[str, str, int], int]:
    """What the year of pay runs booked as expense, by fund, subject and the day the month is told under."""
    first = county["lines"].filter(pl.col("attempt") == 1).group_by("fund", "run").agg(pl.col("amount").sum())
    found = {}
    for fund, run, fen in first.rows():
        month = YearMonth.from_index(window(county)[0] + run)
        found[fund, "待遇支出", day_number(date(month.year, month.month, 25))] = fen
    return found
