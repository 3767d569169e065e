"""How cases go: the way an item declares, step by step, by people of the place, as far as each case went.

What would have come later than today has not come yet; who leaves the way leaves it by a declared act.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.machine import after_acceptance, chain_of
from hrss.casework.items.vocabulary import APPLICANT, SYSTEM, State
from hrss.demo import draws
from hrss.demo.clerks import NOBODY, Clerks
from hrss.demo.county import County

HOUR: Final = 3_600_000
LEAVING: Final = {
    State.REJECTED: "refuse_acceptance",
    State.WITHDRAWN: "withdraw",
    State.CORRECTING: "notify_correction",
    State.TERMINATED: "terminate",
    State.SUSPENDED: "suspend",
}


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
    steps += [
        Step(one.verb, one.state, then.state, one.functions, one.level, one.post) for one, then in pairwise(ahead)
    ]
    last = ahead[-1]
    steps.append(Step("decide", last.state, State.DECIDED, last.functions, last.level, last.post))
    steps.append(Step("deliver", State.DECIDED, State.DELIVERED, (SYSTEM,), "", ""))
    steps.append(Step("archive", State.DELIVERED, State.ARCHIVED, (SYSTEM,), "", ""))
    return tuple(steps)


def walk(county: County, cases: pl.DataFrame, items: Mapping[str, ItemDefinition]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Let every case go its way; gives the cases (with ``state``, ``closed``, ``kept``) and all actions in order.

    Cases for whom no unrelated clerk was there are not ``kept``.
    """
    rng, clerks = county.rng("history", "walk"), Clerks(county)
    walks = [Walk(county, cases, item, clerks, rng) for item in items.values()]
    parts = [_submissions(county, cases, clerks), *(part for one in walks for part in one.go())]
    actions = pl.concat(parts, how="diagonal_relaxed").sort("case", "at", maintain_order=True)
    kept, closed = np.ones(len(cases), dtype=bool), np.full(len(cases), -1, dtype=np.int64)
    for one in walks:
        kept[one.here], closed[one.here] = one.kept, one.closed
    last = actions.group_by("case", maintain_order=True).agg(pl.col("to_state").last()).sort("case")
    return cases.with_columns(kept=pl.Series(kept), closed=pl.Series(closed), state=last["to_state"]), actions


class Walk:
    """All cases of one item on their way: where each stands, at which moment, and what was done."""

    def __init__(
        self, county: County, cases: pl.DataFrame, item: ItemDefinition, clerks: Clerks, rng: np.random.Generator
    ) -> None:
        self.here = np.flatnonzero((cases["item"] == item.code).to_numpy())
        mine = cases[self.here.tolist()] if len(self.here) else cases.clear()
        self.item, self.clerks, self.rng = item, clerks, rng
        self.now = county.today * 24 * HOUR
        self.township = county.column("villages", "township")[mine["village"].to_numpy()]
        self.applicant, self.end = mine["person"].to_numpy(), mine["end"].to_numpy()
        self.channel, self.decided_on = mine["channel"].to_numpy(), mine["decided_on"].to_numpy()
        submitted = mine["submitted"].to_numpy()
        self.at = np.maximum(submitted, submitted // (24 * HOUR) * 24 * HOUR + HOUR)  # offices open at nine
        self.going = np.ones(len(self.here), dtype=bool)
        self.kept = np.ones(len(self.here), dtype=bool)
        self.closed = np.full(len(self.here), -1, dtype=np.int64)

    def go(self) -> Iterator[pl.DataFrame]:
        """Give the actions step after step, as far as each case went."""
        for step in way_of(self.item):
            stop = self.going & _stops_here(self.end, step.from_state)
            yield from self._leave(step, stop)
            self.going &= ~stop & (self.end != step.from_state)
            self.at = _next_moment(self.rng, self.at, step, self.decided_on)
            self.going &= self.at < self.now
            yield self._take(step)
            if step.verb == "archive":
                self.closed = np.where(self.going, self.at, self.closed)

    def _take(self, step: Step) -> pl.DataFrame:
        function = _function(step, self.channel)
        clerk = np.full(len(self.here), NOBODY)
        for name in sorted(set(function.tolist()) - {SYSTEM}):
            clerk = np.where(function == name, self._choose(name, step), clerk)
        self.kept &= ~(self.going & (function != SYSTEM) & (clerk == NOBODY))
        return self._acts(self.going, self.at, step, step.verb, step.to_state, function, step.post, clerk)

    def _leave(self, step: Step, stop: draws.Bools) -> Iterator[pl.DataFrame]:
        """The act by which a case leaves the straight way: by the applicant, or by who had it in hand."""
        for state, verb in LEAVING.items():
            mask = stop & (self.end == state)
            if not mask.any():
                continue
            by_applicant = verb == "withdraw"
            clerk = np.full(len(mask), NOBODY) if by_applicant else self._choose(step.functions[0], step)
            if not by_applicant:
                self.kept &= ~(mask & (clerk == NOBODY))
            moment = self.at + self.rng.integers(HOUR, 30 * HOUR, len(mask))
            function = np.full(len(mask), APPLICANT if by_applicant else step.functions[0], dtype=object)
            yield self._acts(mask, moment, step, verb, state, function, "" if by_applicant else step.post, clerk)
            if state not in (State.CORRECTING, State.SUSPENDED):
                self.closed = np.where(mask, moment, self.closed)

    def _choose(self, function: str, step: Step) -> draws.Ints:
        return self.clerks.choose(function, step.level, self.item.line, self.township, self.applicant, self.here)

    def _acts(
        self,
        mask: draws.Bools,
        at: draws.Ints,
        step: Step,
        verb: str,
        to_state: str,
        function: draws.AnyArray,
        post: str,
        clerk: draws.Ints,
    ) -> pl.DataFrame:
        frame = pl.DataFrame({"case": self.here[mask], "at": at[mask], "clerk": clerk[mask]})
        return frame.with_columns(
            verb=pl.lit(verb),
            from_state=pl.lit(str(step.from_state)),
            to_state=pl.lit(str(to_state)),
            function=pl.Series(function[mask].tolist(), dtype=pl.String),
            post=pl.lit(str(post)),
        )


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
