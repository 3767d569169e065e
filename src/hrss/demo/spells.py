"""Jobs from day to day: who has worked where since when, who left, retired or died at work, who went away.

Everyone in town today has one open job; those who left have an ended one; one job follows another without overlap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws, hiring, personas, plan
from hrss.demo.county import PLAN_FIRST, PLAN_LAST, County, day_number
from hrss.demo.labour import AWAY, LAND, NONE, REGISTERED, TOWN
from hrss.demo.population import FEMALE, age_in_years

EMPLOYER, SELF, FLEXIBLE = "employer", "self", "flexible"
RETIRED, DIED, LEFT = "达到退休年龄", "死亡", "解除或者终止劳动合同"
START: Final = day_number(PLAN_FIRST)
LAID_OFF: Final = ("laid_off", "counter_client")
OLDEST_START: Final = START - 24 * 365


@dataclass(slots=True)
class Draft:
    """Columns of the spells drawn so far (lists of arrays), and what is known of single persons."""

    parts: list[pl.DataFrame] = field(default_factory=list)

    def add(
        self, person: draws.Ints, since: draws.AnyArray | int, *, until: draws.AnyArray | int = -1, **labels: object
    ) -> None:
        """Append spells."""
        begins = np.broadcast_to(np.asarray(since, dtype=np.int64), person.shape).copy()
        frame = pl.DataFrame({"person": person, "since": begins})
        ends = np.broadcast_to(np.asarray(until, dtype=np.int64), person.shape).copy()
        frame = frame.with_columns(until=pl.Series(ends))
        self.parts.append(frame.with_columns(**{name: pl.lit(value) for name, value in labels.items()}))


def build(county: County) -> None:
    """Add the frame ``spells`` and, to the persons, the day of their hiring in the plan years (``hired``, -1 none)."""
    flow = hiring.flow(county)
    rng = county.rng("work", "spells")
    draft = Draft()
    hired = _hire(county, rng, flow)
    registered = _from_registered(county, rng, hired)
    _open_jobs(county, rng, draft, hired)
    _earlier_jobs(county, rng, draft, flow, hired, registered)
    _outside_town(county, rng, draft)
    county["spells"] = _arranged(county, pl.concat(draft.parts, how="diagonal_relaxed")).sort("person", "since")
    county.add("persons", hired=hired, registered_before=registered)


def _hire(county: County, rng: np.random.Generator, flow: hiring.Flow) -> draws.Ints:
    """Choose who of those in town today was hired in the plan years or since, and on which day."""
    age, work = age_in_years(county), county.column("persons", "work")
    days = rng.permutation(flow.days[flow.lasting])
    pull = np.interp(age, (16, 24, 24.01, 28, 40, 60), (1e6, 1e6, 2.2, 1.6, 0.8, 0.4)) * (work == TOWN)
    people = draws.take(rng, np.arange(len(age)), pull, min(len(days), int((work == TOWN).sum())))
    earliest = county.column("persons", "birth")[people] + 17 * 365
    late = np.flatnonzero(earliest > START)
    order = late[np.argsort(-earliest[late])]
    days = np.concatenate([np.sort(days)[::-1][: len(order)], rng.permutation(np.sort(days)[::-1][len(order) :])])
    assigned = np.empty(len(people), dtype=np.int64)
    rest = np.setdiff1d(np.arange(len(people)), order)
    assigned[order], assigned[rest] = days[: len(order)], days[len(order) : len(people)]
    hired = np.full(len(age), -1, dtype=np.int64)
    hired[people] = np.minimum(np.maximum(assigned, earliest), county.today)
    return hired


def _from_registered(county: County, rng: np.random.Generator, hired: draws.Ints) -> draws.Ints:
    """Choose who of the hired had been registered as unemployed, and since which day (-1 not)."""
    registered = np.full(len(hired), -1, dtype=np.int64)
    five = county.request.scaled(plan.figure("work.reemployed"))
    later = round(five / 5 * max(0.0, (county.today - day_number(PLAN_LAST)) / 365.25))
    in_plan = (hired >= START) & (hired <= day_number(PLAN_LAST))
    for count, these in ((five, in_plan), (later, hired > day_number(PLAN_LAST))):
        chosen = draws.take(rng, np.arange(len(hired)), these * _by_age(county), min(count, int(these.sum())))
        waited = rng.gamma(2.0, 75.0, len(chosen)).clip(12, 700).astype(np.int64)
        registered[chosen] = hired[chosen] - waited
    return registered


def _by_age(county: County) -> draws.Floats:
    return np.asarray(np.interp(age_in_years(county), (18, 22, 35, 50, 60), (0.1, 0.6, 1.0, 1.8, 1.8)))


def _open_jobs(county: County, rng: np.random.Generator, draft: Draft, hired: draws.Ints) -> None:
    people = np.flatnonzero(county.column("persons", "work") == TOWN)
    old = hired[people] < 0
    adult = county.column("persons", "birth")[people] + 18 * 365
    first = np.maximum(adult, OLDEST_START)
    before = first + (rng.beta(1.6, 1.1, len(people)) * np.maximum(START - 1 - first, 1)).astype(np.int64)
    since = np.where(old, np.minimum(before, START - 1), hired[people])
    kinds = draws.choose(rng, (0.68, 0.12, 0.20), len(people))
    employed = [*county.column("staff", "person"), personas.person_of(county, "firm_clerk")]
    kinds[np.isin(people, employed)] = 0
    for code, kind in enumerate((EMPLOYER, SELF, FLEXIBLE)):
        draft.add(people[kinds == code], since[kinds == code], kind=kind, town=True, end_reason="")


def _earlier_jobs(
    county: County, rng: np.random.Generator, draft: Draft, flow: hiring.Flow, hired: draws.Ints, registered: draws.Ints
) -> None:
    """Give ended jobs: begun before the plan (so that the stock at its start fits) and begun within it."""
    begun_in = flow.days[~flow.lasting]
    stayers = int((county.column("persons", "work") == TOWN).sum()) - int((hired >= 0).sum())
    begun_before = max(0, county.request.scaled(hiring.STOCK_AT_START) - stayers)
    free = np.ones(len(hired), dtype=bool)
    begun_before -= _attrition(county, rng, draft, flow, free)
    birth, today = county.column("persons", "birth"), county.today
    last_day = np.where(hired >= 0, np.where(registered >= 0, registered, hired), today)
    work = county.column("persons", "work")
    grown = free & (birth < START - 20 * 365) & (county.column("persons", "death") < 0)
    may = grown & (np.isin(work, (AWAY, NONE, LAND, REGISTERED)) | (hired > START + 60)) & (last_day > START + 40)
    pull: draws.Floats = np.where(hired >= 0, 2.6, np.take((0.5, 0, 1.2, 0.12, 60.0, 0), work)) * may
    pull = pull * np.interp(age_in_years(county), (20, 30, 50, 60, 66), (1, 1.2, 1, 0.5, 0))
    people = draws.take(rng, np.arange(len(hired)), pull, min(begun_before, int((pull > 0).sum())))
    since = START - 1 - rng.gamma(1.8, 900, len(people)).astype(np.int64)
    since = np.maximum(since, birth[people] + 17 * 365).clip(None, START - 1)
    until = _end_before(rng, np.full(len(people), START), last_day[people])
    _end(draft, rng, people, since, until)
    free[people] = False
    _begun_within(county, rng, draft, begun_in, free, last_day)


def _attrition(county: County, rng: np.random.Generator, draft: Draft, flow: hiring.Flow, free: draws.Bools) -> int:
    """Jobs that ended by retirement or death; they are what 新增就业 is net of."""
    persons = county["persons"]
    birth, death = persons["birth"].to_numpy(), persons["death"].to_numpy()
    ends = birth + np.where(persons["sex"].to_numpy() == FEMALE, 52, 60) * 365.2425
    done = 0
    spans = ((START, day_number(PLAN_LAST)), (day_number(PLAN_LAST) + 1, county.today))
    for index, (first, last) in enumerate(spans):
        retired = (ends >= first) & (ends <= last) & (death < 0) & (persons["away"].to_numpy() < 0)
        retired &= free & np.isin(persons["work"].to_numpy(), (NONE, LAND))
        died = (death >= first) & (death <= last) & (birth > death - 58 * 365) & (birth < death - 24 * 365) & free
        for count, these, day, reason in (
            (flow.retire[index], retired, ends, RETIRED),
            (flow.die[index], died, death, DIED),
        ):
            pull = these * np.where(persons["urban"].to_numpy(), 3.0, 1.0)
            people = draws.take(rng, np.arange(len(birth)), pull, min(count, int(these.sum())))
            since = START - 1 - rng.gamma(2.0, 2000, len(people)).astype(np.int64)
            since = np.maximum(since, birth[people] + 18 * 365).clip(None, START - 1)
            draft.add(people, since, until=day[people].astype(np.int64), kind=EMPLOYER, town=True, end_reason=reason)
            free[people] = False
            done += len(people)
    return done


def _begun_within(
    county: County,
    rng: np.random.Generator,
    draft: Draft,
    days: draws.Ints,
    free: draws.Bools,
    last_day: draws.Ints,
) -> None:
    """Hirings of the plan years that did not last: ended before the person's next step."""
    work, birth = county.column("persons", "work"), county.column("persons", "birth")
    may = free & (county.column("persons", "death") < 0) & (birth < START - 17 * 365)
    may &= np.isin(work, (AWAY, NONE, LAND, REGISTERED)) & (last_day > county.today - 1)
    pull = may * np.take((0.5, 0, 1.2, 0.12, 4.0, 0), work)
    pull = pull * np.interp(age_in_years(county), (22, 25, 40, 60), (1.5, 1.5, 0.8, 0.1))
    people = draws.take(rng, np.arange(len(work)), pull, min(len(days), int((pull > 0).sum())))
    since = rng.permutation(days)[: len(people)]
    until = _end_before(rng, since + 25, np.full(len(people), county.today))
    _end(draft, rng, people, since, until)


def _end_before(rng: np.random.Generator, first: draws.Ints, last: draws.Ints) -> draws.Ints:
    """Draw a last day between ``first`` and a little before ``last``."""
    room = np.maximum(last - first - 8, 1)
    return np.asarray(np.minimum(first + (rng.beta(1.0, 1.0, len(first)) * room).astype(np.int64), last - 5))


def _end(draft: Draft, rng: np.random.Generator, people: draws.Ints, since: draws.Ints, until: draws.Ints) -> None:
    until = np.maximum(until, since)
    kinds = draws.choose(rng, (0.86, 0.06, 0.08), len(people))
    for code, kind in enumerate((EMPLOYER, SELF, FLEXIBLE)):
        these = kinds == code
        draft.add(people[these], since[these], until=until[these], kind=kind, town=True, end_reason=LEFT)


def _arranged(county: County, spells: pl.DataFrame) -> pl.DataFrame:
    """The laid-off of the demonstration lost a job of many years twelve days ago; the other parts have no past."""
    people = county["personas"].filter(~pl.col("key").str.starts_with("firm"))["person"]
    laid_off = np.array([personas.person_of(county, key) for key in LAID_OFF])
    lost = Draft()
    lost.add(laid_off, START - 500, until=county.today - 12, kind=EMPLOYER, town=True, end_reason=LEFT)
    kept = spells.filter(~pl.col("person").is_in(people.to_list()) | (pl.col("until") < 0))
    return pl.concat([kept, *lost.parts], how="diagonal_relaxed")


def _outside_town(county: County, rng: np.random.Generator, draft: Draft) -> None:
    """Work away and on the land: begun after any job in town had ended."""
    work, birth = county.column("persons", "work"), county.column("persons", "birth")
    ended = np.full(len(work), 0, dtype=np.int64)
    for part in draft.parts:
        closed = part.filter(pl.col("until") >= 0)
        np.maximum.at(ended, closed["person"].to_numpy(), closed["until"].to_numpy())
    for code, kind, spread in ((AWAY, EMPLOYER, 900.0), (LAND, SELF, 3000.0)):
        people = np.flatnonzero(work == code)
        since = county.today - 20 - rng.gamma(1.5, spread, len(people)).astype(np.int64)
        since = np.maximum(since, birth[people] + 16 * 365 + 30)
        since = np.where(ended[people] > 0, ended[people] + 3 + rng.integers(0, 90, len(people)), since)
        draft.add(people, since.clip(None, county.today), kind=kind, town=False, end_reason="")
