"""In which function may this actor do this to this case? Decided from the item's transitions and the actor's posts.

A pure decision over values; the database decides again and in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hrss.casework.cases.standing import Standing
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.machine import Move, moves_of
from hrss.casework.items.vocabulary import APPLICANT, LEVELS, STEP_STATES, SYSTEM
from hrss.kernel.actor import Actor, ActorKind, PostRef

_OF_THE_STEP = frozenset(
    {*STEP_STATES, "notify_correction", "refuse_acceptance", "decide", "return", "suspend", "resume", "terminate"}
    | {"claim", "release", "transfer", "ask_opinion"}
)


def functions_for(item: ItemDefinition, case: Standing, *, verb: str, to_state: str, actor: Actor) -> tuple[str, ...]:
    """Give the functions in which the actor may bring the case to ``to_state`` by ``verb``; empty means: may not."""
    if verb == "resume" and to_state != case.suspended_from:
        return ()
    wanted = [move for move in _moves_from(item, case.state) if move.verb == verb and move.to_state == to_state]
    return tuple(move.function for move in wanted if _may_act_as(move, item, case, actor))


def offers(item: ItemDefinition, case: Standing, *, actor: Actor) -> Iterator[tuple[str, str, str]]:
    """Give (verb, to_state, function) of everything the actor may do now, one function a verb and target."""
    seen: set[tuple[str, str]] = set()
    for move in _moves_from(item, case.state):
        if (move.verb, move.to_state) in seen or (move.verb == "resume" and move.to_state != case.suspended_from):
            continue
        if _may_act_as(move, item, case, actor):
            seen.add((move.verb, move.to_state))
            yield move.verb, move.to_state, move.function


def is_applicant(case: Standing, actor: Actor) -> bool:
    """Tell whether the actor is the applicant, or acts for the applicant."""
    if case.applicant_organisation is not None:
        return actor.acting_for_organisation == case.applicant_organisation
    return case.applicant_person is not None and case.applicant_person == actor.subject_person


def _moves_from(item: ItemDefinition, state: str) -> Iterable[Move]:
    return _TABLES.of(item).get(state, ())


class _Tables(dict[str, dict[str, tuple[Move, ...]]]):
    """Transition tables by digest of the definition."""

    def of(self, item: ItemDefinition) -> dict[str, tuple[Move, ...]]:
        digest = item.digest
        if digest not in self:
            table: dict[str, list[Move]] = {}
            for move in moves_of(item):
                table.setdefault(move.from_state, []).append(move)
            self[digest] = {state: tuple(moves) for state, moves in table.items()}
        return self[digest]


_TABLES = _Tables()


def _may_act_as(move: Move, item: ItemDefinition, case: Standing, actor: Actor) -> bool:
    if move.function == SYSTEM:
        return actor.kind is ActorKind.SYSTEM
    if move.function == APPLICANT:
        return actor.kind in (ActorKind.PUBLIC, ActorKind.PARTNER) and is_applicant(case, actor)
    if actor.kind is not ActorKind.STAFF:
        return False
    step = item.step_in(case.suspended_from or case.state)
    level = step.level if step is not None and move.verb in _OF_THE_STEP else ""
    return any(_fits(post, move, case, level) for post in actor.posts)


def _fits(post: PostRef, move: Move, case: Standing, level: str) -> bool:
    if post.function.value != move.function or post.line not in ("*", case.line):
        return move.verb == "give_opinion" and post.function.value == move.function and _is_asked(post, case)
    if level and len(post.region) > LEVELS[level]:
        return False
    return case.region_code.startswith(post.region) or (move.verb == "give_opinion" and _is_asked(post, case))


def _is_asked(post: PostRef, case: Standing) -> bool:
    return any(place.startswith(post.region) for place in case.shared_with)


def post_of(item: ItemDefinition, state: str, verb: str, to_state: str, function: str) -> str:
    """Give the post of a declared transition, empty where it is none or in no post."""
    for move in _moves_from(item, state):
        if (move.verb, move.to_state, move.function) == (verb, to_state, function):
            return str(move.post)
    return ""
