"""The cases of five years: every registration, recognition and hiring was once applied for, handled and decided.

A case goes the way its item declares, step by step, in the posts the item names, by three different people of the
place. Beside what was granted there is what was refused, withdrawn or ended, and what is open today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl
from django.conf import settings

from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.machine import after_acceptance, chain_of
from hrss.casework.items.packs import load_pack
from hrss.casework.items.vocabulary import APPLICANT, SYSTEM, State
from hrss.demo import draws
from hrss.demo.clerks import NOBODY, Clerks
from hrss.demo.county import County
from hrss.demo.labour import LAND, NONE
from hrss.demo.personas import is_cast
from hrss.demo.population import age_in_years
from hrss.demo.spells import START

UNEMPLOYMENT, HARDSHIP, FAMILY, HIRING = "JY010", "JY018", "JY019", "JY012"
ITEMS: Final = (UNEMPLOYMENT, HARDSHIP, FAMILY, HIRING)
CHANNELS: Final = (("portal", 0.46), ("counter", 0.42), ("village", 0.12))
HOUR: Final = 3_600_000
OPEN_AT_SCALE_ONE: Final = 420
ENDS: Final = (("refused", 0.016), (State.REJECTED, 0.008), (State.WITHDRAWN, 0.013), (State.TERMINATED, 0.003))


@dataclass(frozen=True, slots=True)
class Step:
    """One act on the way: verb, states, who does it (one function is drawn), at which level, in which post."""

    verb: str
    from_state: str
    to_state: str
    functions: tuple[str, ...]
    level: str
    post: str


def way_of(item: ItemDefinition) -> tuple[Step, ...]:
    """Give the straight way of an item from acceptance to the archive."""
    first, entry = item.steps[0], after_acceptance(item)
    steps = [Step("accept", State.SUBMITTED, entry, first.functions, first.level, "handle")]
    chain = chain_of(item)
    ahead = chain[next(index for index, step in enumerate(chain) if step.state == entry) :]
    steps += [Step(one.verb, one.state, then.state, one.functions, one.level, one.post) for one, then in pairwise(ahead)]
    last = ahead[-1]
    steps.append(Step("decide", last.state, State.DECIDED, last.functions, last.level, last.post))
    steps.append(Step("deliver", State.DECIDED, State.DELIVERED, (SYSTEM,), "", ""))
    steps.append(Step("archive", State.DELIVERED, State.ARCHIVED, (SYSTEM,), "", ""))
    return tuple(steps)


def items() -> dict[str, ItemDefinition]:
    """Give the definitions of the items that have a history."""
    pack = load_pack(settings.HRSS_COUNTY_PACK)
    return {code: pack.items[code] for code in ITEMS}


def build(county: County) -> None:
    """Add the frames ``cases`` and ``actions``; tell registrations and recognitions which case led to them."""
    cases = pl.concat([*_granted(county), _ended_otherwise(county), _open_today(county)], how="diagonal_relaxed")
    cases = _with_place(county, cases).sort("submitted", maintain_order=True)
    cases, actions = _walk(county, cases)
    kept = cases["kept"].to_numpy()
    position = np.cumsum(kept) - 1
    cases = cases.filter(pl.col("kept")).drop("kept")
    rng = county.rng("history", "ids")
    county["cases"] = cases.with_columns(id=draws.uuids(rng, cases["submitted"].to_numpy()))
    actions = actions.filter(pl.Series(kept)[actions["case"]])
    county["actions"] = actions.with_columns(case=pl.Series(position[actions["case"].to_numpy()]))
    _link_registers(county)


# What was applied for -----------------------------------------------------------------------------------------------


def _granted(county: County) -> Iterator[pl.DataFrame]:
    rng = county.rng("history", "granted")
    for code, frame, days in ((UNEMPLOYMENT, "registrations", 0), (HARDSHIP, "hardship", 9), (FAMILY, "families", 4)):
        rows = county[frame].with_row_index("row").filter((pl.col("on") >= START) & (pl.col("on") < county.today))
        decided = rows["on"].to_numpy()
        took = rng.integers(days // 2, days + 1, len(rows)) if days else np.zeros(len(rows), dtype=np.int64)
        person = rows["head" if frame == "families" else "person"]
        yield _cases(code, draws.weekday(decided - took), decided, person=person, row=rows["row"].cast(pl.Int64))
    hirings = county["spells"].with_row_index("row").filter(
        pl.col("organisation") >= 0, (pl.col("since") >= START) & (pl.col("since") < county.today - 5)
    )
    filings = hirings.group_by("organisation", month=pl.col("since") // 30, maintain_order=True).agg(
        pl.col("since").max(), people=pl.col("row").cast(pl.Int64)
    )
    on = draws.weekday(np.minimum(filings["since"].to_numpy() + rng.integers(1, 26, len(filings)), county.today - 1))
    yield _cases(HIRING, on, on, organisation=filings["organisation"], people=filings["people"])


def _cases(code: str, submitted: draws.Ints, decided: draws.AnyArray, **columns: pl.Series) -> pl.DataFrame:
    frame = pl.DataFrame({"submitted_on": submitted, "decided_on": np.asarray(decided, dtype=np.int64)})
    frame = frame.with_columns(item=pl.lit(code), end=pl.lit(str(State.ARCHIVED)), granted=pl.lit(True))
    return frame.with_columns(**columns)


def _applicants(county: County, rng: np.random.Generator, count: int) -> draws.Ints:
    """People who applied without a register having come of it."""
    age = age_in_years(county)
    persons = county["persons"]
    listed = np.zeros(len(age), dtype=bool)
    listed[county.column("registrations", "person")] = True
    fits = np.isin(persons["work"].to_numpy(), (NONE, LAND)) & (age > 19) & (age < 58) & ~listed & ~is_cast(county)
    fits &= (persons["death"].to_numpy() < 0) & (persons["away"].to_numpy() < 0)
    fits[county.column("staff", "person")] = False
    return draws.take(rng, np.arange(len(age)), fits.astype(float), min(count, int(fits.sum())))


def _ended_otherwise(county: County) -> pl.DataFrame:
    """Applications of the past that were refused, not accepted, withdrawn or ended."""
    rng = county.rng("history", "ended")
    total = len(county["registrations"]) + len(county["hardship"])
    person = _applicants(county, rng, int(total * sum(share for _, share in ENDS)))
    on = draws.weekday(START + (rng.random(len(person)) * (county.today - 30 - START)).astype(np.int64))
    end = draws.choose(rng, [share for _, share in ENDS], len(person))
    names = np.array([str(name) for name, _ in ENDS], dtype=object)[end]
    code = np.array((UNEMPLOYMENT, HARDSHIP), dtype=object)[draws.choose(rng, (0.7, 0.3), len(person))]
    frame = _cases("", on, on + rng.integers(1, 8, len(person)), person=pl.Series(person))
    return frame.with_columns(
        item=pl.Series(code.tolist()),
        end=pl.Series(np.where(names == "refused", str(State.ARCHIVED), names).tolist()),
        granted=pl.lit(False),
    )


def _open_today(county: County) -> pl.DataFrame:
    """What lies in the inboxes: every state in which a case waits, submitted within the last days."""
    rng = county.rng("history", "open")
    count = county.request.scaled(OPEN_AT_SCALE_ONE, least=44)
    person = rng.permutation(_applicants(county, rng, count * 4))[:count]
    states = (State.SUBMITTED, State.CORRECTING, State.ACCEPTED, State.REVIEWING, State.APPROVING, State.SUSPENDED)
    state = np.array([str(one) for one in states], dtype=object)[draws.choose(rng, (40, 9, 14, 22, 9, 6), len(person))]
    ago = np.select([state == State.SUBMITTED, state == State.REVIEWING], [rng.integers(0, 3, len(person)), rng.integers(0, 5, len(person))], rng.integers(3, 13, len(person)))  # fmt: skip
    simple = np.isin(state, (State.SUBMITTED, State.CORRECTING, State.REVIEWING)) & (rng.random(len(person)) < 0.75)
    frame = _cases("", draws.weekday(county.today - 1 - ago), np.full(len(person), -1), person=pl.Series(person))
    return frame.with_columns(
        item=pl.Series(np.where(simple, UNEMPLOYMENT, HARDSHIP).tolist()), end=pl.Series(state.tolist()), granted=pl.lit(False)
    )


def _with_place(county: County, cases: pl.DataFrame) -> pl.DataFrame:
    """Add where and how each was handed in, with the moment."""
    rng = county.rng("history", "place")
    cases = cases.with_columns(pl.col("person", "organisation", "row").fill_null(-1))
    person, organisation = cases["person"].to_numpy(), cases["organisation"].to_numpy()
    home = np.where(
        county.column("persons", "away")[person] < 0,
        county.column("persons", "lives_in")[person],
        county.column("persons", "village")[person],
    )
    village = np.where(person >= 0, home, county.column("organisations", "village")[organisation])
    channel = draws.choose(rng, [share for _, share in CHANNELS], len(cases))
    channel = np.where(person < 0, np.minimum(channel, 1), channel)
    names = np.array([name for name, _ in CHANNELS], dtype=object)[channel]
    since_midnight = np.where(channel == 0, rng.triangular(0, 6, 13, len(cases)), rng.triangular(1, 2, 8.6, len(cases)))
    submitted = cases["submitted_on"].to_numpy() * 24 * HOUR + (since_midnight * HOUR).astype(np.int64)
    return cases.with_columns(
        village=pl.Series(village), channel=pl.Series(names.tolist(), dtype=pl.String), submitted=pl.Series(submitted)
    )


# How it went --------------------------------------------------------------------------------------------------------


def _walk(county: County, cases: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Let every case go its way; those for whom no unrelated clerk was there are not ``kept``."""
    rng = county.rng("history", "walk")
    clerks, definitions = Clerks(county), items()
    kept = np.ones(len(cases), dtype=bool)
    finished = np.full(len(cases), -1, dtype=np.int64)
    parts = [_submissions(county, cases, clerks)]
    for code, item in definitions.items():
        here = np.flatnonzero((cases["item"] == code).to_numpy())
        parts += _steps_of(county, cases, here, item, clerks, rng, kept, finished)
    actions = pl.concat(parts, how="diagonal_relaxed").sort("case", "at", maintain_order=True)
    last = actions.group_by("case", maintain_order=True).agg(pl.col("to_state").last()).sort("case")
    return cases.with_columns(kept=pl.Series(kept), closed=pl.Series(finished), state=last["to_state"]), actions


def _submissions(county: County, cases: pl.DataFrame, clerks: Clerks) -> pl.DataFrame:
    """Handing in: by the applicant, by the window or by the agent of the village (who is then in the handling post)."""
    channel = cases["channel"].to_numpy()
    townships = county.column("villages", "township")[cases["village"].to_numpy()]
    person = cases["person"].to_numpy()
    window = clerks.choose("counter", "township", "*", townships, person, np.arange(len(cases)))
    agent = clerks.agents()[cases["village"].to_numpy()]
    clerk = np.where(channel == "counter", window, np.where(channel == "village", agent, NOBODY))
    function = np.where(channel == "counter", "counter", np.where(channel == "village", "village_agent", APPLICANT))
    by_staff = clerk != NOBODY
    return pl.DataFrame(
        {
            "case": np.arange(len(cases)),
            "at": cases["submitted"],
            "verb": ["submit"] * len(cases),
            "from_state": [""] * len(cases),
            "to_state": [str(State.SUBMITTED)] * len(cases),
            "function": np.where(by_staff, function, APPLICANT).tolist(),
            "post": np.where(by_staff, "handle", "").tolist(),
            "clerk": clerk,
        }
    )


def _steps_of(
    county: County,
    cases: pl.DataFrame,
    here: draws.Ints,
    item: ItemDefinition,
    clerks: Clerks,
    rng: np.random.Generator,
    kept: draws.Bools,
    finished: draws.Ints,
) -> list[pl.DataFrame]:
    """Give the actions of the cases of one item, step after step, as far as each went."""
    townships = county.column("villages", "township")[cases["village"].to_numpy()[here]]
    applicants = cases["person"].to_numpy()[here]
    end = cases["end"].to_numpy()[here]
    submitted, decided_on = cases["submitted"].to_numpy()[here], cases["decided_on"].to_numpy()[here]
    opening = np.maximum(submitted, (submitted // (24 * HOUR)) * 24 * HOUR + HOUR)
    at, going = opening.copy(), np.ones(len(here), dtype=bool)
    now = county.today * 24 * HOUR
    parts: list[pl.DataFrame] = []
    for step in way_of(item):
        stop = going & _stops_here(end, step.from_state)
        parts += _exit(here, stop, end, step, at, clerks, item, townships, applicants, rng, kept, finished)
        going &= ~stop & ~(end == step.from_state)
        at = _next_moment(rng, at, step, decided_on)
        going &= at < now  # what would have come later has not come yet
        function = _function(step, cases["channel"].to_numpy()[here])
        chosen = np.full(len(here), NOBODY)
        for name in sorted(set(function.tolist()) - {SYSTEM}):
            who = clerks.choose(name, step.level, item.line, townships, applicants, here)
            chosen = np.where(function == name, who, chosen)
        kept[here[going & (function != SYSTEM) & (chosen == NOBODY)]] = False
        parts.append(_acts(here[going], at[going], step.verb, step.from_state, step.to_state, function[going], step.post, chosen[going]))
        if step.verb == "archive":
            finished[here[going]] = at[going]
    return parts


def _function(step: Step, channel: draws.AnyArray) -> draws.AnyArray:
    """What came through the window is taken in at the window, the rest by the handlers."""
    first = step.functions[0]
    other = "counter" if "counter" in step.functions else first
    return np.where(channel == "counter", other, first)


def _next_moment(rng: np.random.Generator, at: draws.Ints, step: Step, decided_on: draws.Ints) -> draws.Ints:
    """The moment of the next step: minutes to hours later, the decision on its day, the archive a week after."""
    if step.verb == "archive":
        return np.asarray(at + 7 * 24 * HOUR + rng.integers(0, 6 * HOUR, len(at)))
    if step.verb == "deliver":
        return np.asarray(at + rng.integers(HOUR // 12, 40 * HOUR, len(at)))
    later = at + rng.integers(HOUR // 20, HOUR // 2, len(at))
    if step.verb == "decide":
        on_its_day = decided_on * 24 * HOUR + 2 * HOUR + rng.integers(0, 5 * HOUR, len(at))
        return np.where(decided_on >= 0, np.maximum(later, on_its_day), later)
    return later


def _stops_here(end: draws.AnyArray, state: str) -> draws.Bools:
    """Which cases leave the straight way in this state."""
    early = (State.REJECTED, State.WITHDRAWN, State.CORRECTING)
    if state == State.SUBMITTED:
        return np.isin(end, early)
    return np.isin(end, (State.TERMINATED, State.SUSPENDED)) & (state not in (State.DECIDED, State.DELIVERED))


LEAVING: Final = {
    State.REJECTED: "refuse_acceptance",
    State.WITHDRAWN: "withdraw",
    State.CORRECTING: "notify_correction",
    State.TERMINATED: "terminate",
    State.SUSPENDED: "suspend",
}


def _exit(
    here: draws.Ints,
    stop: draws.Bools,
    end: draws.AnyArray,
    step: Step,
    at: draws.Ints,
    clerks: Clerks,
    item: ItemDefinition,
    townships: draws.Ints,
    applicants: draws.Ints,
    rng: np.random.Generator,
    kept: draws.Bools,
    finished: draws.Ints,
) -> list[pl.DataFrame]:
    """The act by which a case leaves the straight way: by the applicant, or by who had it in hand."""
    parts = []
    for state, verb in LEAVING.items():
        mask = stop & (end == state)
        if not mask.any():
            continue
        by_applicant = verb == "withdraw"
        who = clerks.choose(step.functions[0], step.level, item.line, townships, applicants, here)
        moment = at + rng.integers(HOUR, 30 * HOUR, len(at))
        kept[here[mask & (who == NOBODY) & (not by_applicant)]] = False
        function = np.full(int(mask.sum()), APPLICANT if by_applicant else step.functions[0], dtype=object)
        clerk = np.full(int(mask.sum()), NOBODY) if by_applicant else who[mask]
        post = "" if by_applicant else step.post
        parts.append(_acts(here[mask], moment[mask], verb, step.from_state, str(state), function, post, clerk))
        if state not in (State.CORRECTING, State.SUSPENDED):
            finished[here[mask]] = moment[mask]
    return parts


def _acts(
    case: draws.Ints,
    at: draws.Ints,
    verb: str,
    from_state: str,
    to_state: str,
    function: draws.AnyArray,
    post: str,
    clerk: draws.Ints,
) -> pl.DataFrame:
    frame = pl.DataFrame({"case": case, "at": at, "clerk": clerk})
    return frame.with_columns(
        verb=pl.lit(verb),
        from_state=pl.lit(str(from_state)),
        to_state=pl.lit(str(to_state)),
        function=pl.Series(function.tolist(), dtype=pl.String),
        post=pl.lit(str(post)),
    )


def _link_registers(county: County) -> None:
    """Write the case's id into the register row it led to."""
    cases = county["cases"]
    for code, frame in ((UNEMPLOYMENT, "registrations"), (HARDSHIP, "hardship"), (FAMILY, "families")):
        led = cases.filter((pl.col("item") == code) & (pl.col("row") >= 0) & pl.col("granted"))
        ids: list[str | None] = [None] * len(county[frame])
        for row, identity in led.select("row", "id").rows():
            ids[row] = identity
        county.add(frame, case_id=pl.Series(ids, dtype=pl.String))
