"""The case page: everything about one case in one round trip, and what this actor may do now.

A second statement records that the actor looked; the person concerned can see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hrss.casework.cases.fetching import not_found
from hrss.casework.cases.standing import Standing
from hrss.casework.intake.review import AnswerLine, answers_to_check
from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.versions import pinned
from hrss.casework.items.vocabulary import STATE_NAMES, VERB_NAMES
from hrss.casework.queries.reading import hot_json
from hrss.casework.steps.permissions import offers, post_of
from hrss.exchange.queries import OF_CASE, AskedLine, asked_lines
from hrss.foundation import audit
from hrss.foundation.crypto import mask_tail
from hrss.kernel.actor import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class VerbOffer:
    """Something the actor may do now; ``name`` is what a button says."""

    verb: str
    name: str
    function: str
    to_states: tuple[str, ...]
    post: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as its page shows it. The mappings hold the columns of the tables of the same name."""

    id: UUID
    case: Mapping[str, Any]
    item: ItemDefinition
    state_name: str
    answers: list[AnswerLine]
    actions: list[Mapping[str, Any]]
    materials: list[Mapping[str, Any]]
    clocks: list[Mapping[str, Any]]
    suspensions: list[Mapping[str, Any]]
    documents: list[Mapping[str, Any]]
    opinions: list[Mapping[str, Any]]
    notice: Mapping[str, Any] | None
    decision: Mapping[str, Any] | None
    rating: Mapping[str, Any] | None
    rating_task: Mapping[str, Any] | None
    asked: list[AskedLine]
    verbs: list[VerbOffer]

    def offer(self, verb: str) -> VerbOffer | None:
        """Give the offer of a verb, None where the actor may not."""
        return next((one for one in self.verbs if one.verb == verb), None)


_MANY = {
    "actions": ("casework_action", "ordinal"),
    "materials": ("casework_material", "created_at, x.code"),
    "clocks": ("casework_clock", "start_on, x.kind"),
    "suspensions": ("casework_suspension", "since"),
    "documents": ("casework_document", "issued_at"),
    "opinions": ("casework_opinion", "asked_at"),
}
_ONE = {
    "notice": "casework_notice",
    "decision": "casework_decision",
    "rating": "casework_rating",
    "rating_task": "casework_ratingtask",
}
_LIST = "'{name}', (SELECT coalesce(json_agg(x ORDER BY x.{order}), '[]'::json) FROM {table} x WHERE x.case_id = c.id)"
_SINGLE = "'{name}', (SELECT row_to_json(x) FROM {table} x WHERE x.case_id = c.id)"
_PARTS = [
    "'case', row_to_json(c)",
    *(_LIST.format(name=name, table=table, order=order) for name, (table, order) in _MANY.items()),
    *(_SINGLE.format(name=name, table=table) for name, table in _ONE.items()),
    f"'asked', {OF_CASE.format(case='c.id')}",
]
_STATEMENT = f"SELECT json_build_object({', '.join(_PARTS)})::text FROM casework_case c WHERE c.id = %s"  # noqa: S608


def case_page(case_id: UUID, *, actor: Actor) -> CasePage:
    """Give the page of a case; Problem ``casework.not_found`` (404) outside the actor's scope.

    Staff and delegates leave a read event; its purpose is the case number unless the actor has one.
    """
    found = hot_json(_STATEMENT, [case_id])
    if found is None:
        raise not_found()
    case = found["case"]
    _leave_read(case, actor)
    item = pinned(UUID(case["item_version_id"])).item
    return CasePage(
        id=case_id,
        case=case,
        item=item,
        state_name=STATE_NAMES[case["state"]],
        answers=answers_to_check(item, _shown_to(actor, item, case["data"])),
        **{name: found[name] for name in (*_MANY, *_ONE)},
        asked=asked_lines(found["asked"]),
        verbs=list(_offers(item, case, found["actions"], actor)),
    )


def _shown_to(actor: Actor, item: ItemDefinition, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what was answered; staff see the end of an account number, the bank checks the whole of it (M05)."""
    if actor.kind is ActorKind.PUBLIC:
        return data
    parts = item.form.get("properties", {})
    accounts = {name for name, part in parts.items() if part.get("x-format") == "bank_card"}
    return {
        name: mask_tail(value, length=len(value)) if name in accounts and isinstance(value, str) else value
        for name, value in data.items()
    }


def _leave_read(case: Mapping[str, Any], actor: Actor) -> None:
    if actor.kind is ActorKind.PUBLIC and actor.acting_for_person is None:
        return
    person = UUID(case["applicant_person_id"]) if case["applicant_person_id"] else None
    reader = actor if actor.purpose else actor.for_purpose(f"case:{case['number']}")
    audit.read(
        reader,
        person_id=person,
        what="casework.case_page",
        subject_kind="case",
        subject_id=case["id"],
        region=case["region_code"],
        detail={"number": case["number"]},
    )


def _offers(
    item: ItemDefinition, case: Mapping[str, Any], actions: list[Mapping[str, Any]], actor: Actor
) -> Iterator[VerbOffer]:
    found: dict[str, VerbOffer] = {}
    for verb, to_state, function in offers(item, _standing(case), actor=actor):
        post = post_of(item, case["state"], verb, to_state, function)
        if post and _is_barred(post, case, actions, actor):
            continue
        known = found.get(verb)
        if known is None:
            found[verb] = VerbOffer(verb, _name(item, case["state"], verb), function, (to_state,), post)
        elif to_state not in known.to_states:
            found[verb] = VerbOffer(verb, known.name, known.function, (*known.to_states, to_state), known.post)
    yield from found.values()


def _name(item: ItemDefinition, state: str, verb: str) -> str:
    """Give the button's words: the item's own name of its step where the verb is the step."""
    step = item.step_in(state)
    if step is not None and verb in (step.verb, "decide"):
        return step.name
    return VERB_NAMES.get(verb, verb)


def _is_barred(post: str, case: Mapping[str, Any], actions: list[Mapping[str, Any]], actor: Actor) -> bool:
    """Tell whether the actor has another post in this case, or is its applicant (the database says so again)."""
    if actor.kind is not ActorKind.STAFF:
        return False
    me = str(actor.person)
    if me in (case["applicant_person_id"], case["agent_person_id"]):
        return True
    return any(one["post"] not in ("", post) and one["actor_person_id"] == me for one in actions)


def _standing(case: Mapping[str, Any]) -> Standing:
    def key(name: str) -> UUID | None:
        return UUID(case[name]) if case[name] else None

    return Standing(
        state=case["state"],
        line=case["line"],
        region_code=case["region_code"],
        suspended_from=case["suspended_from"],
        applicant_person=key("applicant_person_id"),
        applicant_organisation=key("applicant_organisation_id"),
        shared_with=tuple(case["shared_with"]),
    )
