"""The transitions an item declares, derived from its steps; the only moves the database will accept.

A pure table: ``moves_of`` makes it, ``faults_of`` proves that no case can get stuck in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from hrss.casework.items.definition import ItemDefinition, StepRule
from hrss.casework.items.vocabulary import APPLICANT, EXITS, FINAL, INTAKE_FUNCTIONS, SYSTEM, Post, State
from hrss.kernel.actor import Function

_EXTENDERS = (Function.APPROVER.value, Function.LEADER.value)
_ADVISERS = tuple(
    function.value
    for function in (Function.HANDLER, Function.REVIEWER, Function.APPROVER, Function.LEADER, Function.INSPECTOR)
)
_AFTER = (State.DECIDED, State.DELIVERED, State.ARCHIVED)
_RATEABLE = (*_AFTER, State.REJECTED, State.TERMINATED)


@dataclass(frozen=True, slots=True)
class Move:
    """One declared transition: who may bring a case from one state to another by which verb, in which post."""

    from_state: str
    verb: str
    to_state: str
    function: str
    post: str = ""


def moves_of(item: ItemDefinition) -> tuple[Move, ...]:
    """Give every transition the item declares, in a stable order, one post for each way."""
    found: dict[tuple[str, str, str, str], Move] = {}
    for part in (_intake, _chain, _returns, _pauses, _care, _exits, _after, _meanwhile):
        for move in part(item):
            found.setdefault((move.from_state, move.verb, move.to_state, move.function), move)
    return tuple(found.values())


def waits_of(item: ItemDefinition) -> dict[str, StepRule]:
    """Give the step each waiting state waits for."""
    states = [State.SUBMITTED, State.ACCEPTED, *(step.state for step in item.steps)]
    return {state: step for state in states if (step := item.step_in(state)) is not None}


def after_acceptance(item: ItemDefinition) -> State:
    """Give the state a case enters when accepted: the next step's, or ``accepted`` where acceptance is the last."""
    return item.steps[1].state if len(item.steps) > 1 else State.ACCEPTED


def chain_of(item: ItemDefinition) -> tuple[StepRule, ...]:
    """Give the steps after acceptance in order, beginning with the handling step (implied where not listed)."""
    handling = item.step_in(State.ACCEPTED)
    rest = tuple(step for step in item.steps if step.verb not in ("accept", "handle"))
    return ((handling,) if handling else ()) + rest


def _intake(item: ItemDefinition) -> Iterator[Move]:
    accept = item.steps[0]
    target = after_acceptance(item)
    for function in accept.functions:
        yield Move(State.SUBMITTED, "accept", target, function, Post.HANDLE)
        yield Move(State.SUBMITTED, "notify_correction", State.CORRECTING, function, Post.HANDLE)
        yield Move(State.SUBMITTED, "refuse_acceptance", State.REJECTED, function, Post.HANDLE)
    yield Move(State.SUBMITTED, "deem_accepted", target, SYSTEM)
    for function in INTAKE_FUNCTIONS:
        yield Move(State.CORRECTING, "correct", State.SUBMITTED, function, _intake_post(function))


def _chain(item: ItemDefinition) -> Iterator[Move]:
    chain = chain_of(item)
    for step, following in pairwise(chain):
        for function in step.functions:
            yield Move(step.state, step.verb, following.state, function, step.post)
    last = chain[-1]
    for function in last.functions:
        yield Move(last.state, "decide", State.DECIDED, function, last.post)


def _returns(item: ItemDefinition) -> Iterator[Move]:
    chain = chain_of(item)
    for index, step in enumerate(chain):
        for earlier in chain[:index]:
            for function in step.functions:
                yield Move(step.state, "return", earlier.state, function, step.post)


def _pauses(item: ItemDefinition) -> Iterator[Move]:
    for step in chain_of(item):
        for function in step.functions:
            yield Move(step.state, "suspend", State.SUSPENDED, function, step.post)
            yield Move(State.SUSPENDED, "resume", step.state, function, step.post)
        yield Move(State.SUSPENDED, "resume", step.state, SYSTEM)
        for function in _EXTENDERS:
            post = Post.APPROVE if function == Function.APPROVER else ""
            yield Move(step.state, "extend", step.state, function, post)


def _care(item: ItemDefinition) -> Iterator[Move]:
    """Give the moves that change who cares for a case, not where it stands."""
    for state, step in waits_of(item).items():
        for function in step.functions:
            yield Move(state, "claim", state, function)
            yield Move(state, "release", state, function)
            yield Move(state, "transfer", state, function, step.post)
            yield Move(state, "transfer", State.TRANSFERRED, function, step.post)
        for function in _EXTENDERS:
            yield Move(state, "release", state, function)
    for step in chain_of(item):
        for function in step.functions:
            yield Move(step.state, "ask_opinion", step.state, function, step.post)
        for function in _ADVISERS:
            yield Move(step.state, "give_opinion", step.state, function)


def _exits(item: ItemDefinition) -> Iterator[Move]:
    waiting = waits_of(item)
    for state in (*waiting, State.CORRECTING, State.SUSPENDED):
        for function in INTAKE_FUNCTIONS:
            yield Move(state, "withdraw", State.WITHDRAWN, function, _intake_post(function))
    for step in chain_of(item):
        for function in step.functions:
            yield Move(step.state, "terminate", State.TERMINATED, function, step.post)
            yield Move(State.SUSPENDED, "terminate", State.TERMINATED, function, step.post)
    for state in (State.CORRECTING, State.SUSPENDED):
        yield Move(state, "terminate", State.TERMINATED, SYSTEM)


def _after(item: ItemDefinition) -> Iterator[Move]:
    office = _office_of(item)
    for function in (*office, APPLICANT, SYSTEM):
        yield Move(State.DECIDED, "deliver", State.DELIVERED, function)
    for function in (*office, SYSTEM):
        yield Move(State.DELIVERED, "archive", State.ARCHIVED, function)
    for state in _RATEABLE:
        for function in (APPLICANT, Function.COUNTER.value):
            yield Move(state, "rate", state, function)
        for function in (Function.HANDLER.value, Function.LEADER.value):
            yield Move(state, "answer_rating", state, function)


def _meanwhile(item: ItemDefinition) -> Iterator[Move]:
    """Give the moves that change what a case contains, not where it stands."""
    open_states = (*waits_of(item), State.CORRECTING, State.SUSPENDED)
    for state in (*waits_of(item), State.SUSPENDED, State.DECIDED, State.DELIVERED):
        for function in INTAKE_FUNCTIONS:
            yield Move(state, "supply", state, function)
        for function in (*_office_of(item), SYSTEM):
            yield Move(state, "verify_promise", state, function)
    for state in open_states:
        for function in (Function.LEADER.value, Function.DATA.value):
            yield Move(state, "fast_forward", state, function)


def _office_of(item: ItemDefinition) -> tuple[str, ...]:
    return tuple(sorted({*item.steps[0].functions, Function.COUNTER.value, Function.HANDLER.value} - {SYSTEM}))


def _intake_post(function: str) -> str:
    """Staff who enter for a person are in the handling post of that case; the applicant is in none."""
    return "" if function == APPLICANT else Post.HANDLE


def faults_of(moves: Iterable[Move], *, start: str = State.SUBMITTED) -> list[str]:
    """Give the faults of a transition table: states nobody reaches, dead states, paths that never end."""
    forward: dict[str, set[str]] = {}
    for move in moves:
        forward.setdefault(move.from_state, set()).add(move.to_state)
        forward.setdefault(move.to_state, set())
    reached = _reach(forward, {start})
    backward: dict[str, set[str]] = {state: set() for state in forward}
    for state, targets in forward.items():
        for target in targets:
            backward[target].add(state)
    ending = _reach(backward, set(FINAL) & set(forward))
    unreached = [f"状态 {state} 无法到达" for state in sorted(set(forward) - reached)]
    dead = [f"状态 {state} 走不到终点" for state in sorted(reached - ending)]
    leaving = [f"终点 {state} 还能离开" for state in sorted(EXITS & reached) if forward[state] - {state}]
    return unreached + dead + leaving


def _reach(edges: dict[str, set[str]], start: set[str]) -> set[str]:
    seen, ahead = set(start), list(start)
    while ahead:
        for target in edges.get(ahead.pop(), ()):
            if target not in seen:
                seen.add(target)
                ahead.append(target)
    return seen
