"""What the case page offers: the verbs this actor may do now, each as a form with its choices and what was typed.

The database decides what may be done (``CasePage.verbs``); here is only what stands in the forms. A verb with nothing
to do it to (no promise to verify, no question to answer) is not offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hrss.casework import queries
from hrss.casework.items.vocabulary import VERB_NAMES, Grade, State
from hrss.casework.queries.case_page import CasePage, VerbOffer
from hrss.casework.queries.proposals import Proposal
from hrss.channels.ui.answers import read_page
from hrss.channels.ui.request import Request
from hrss.channels.workbench.verbs import FORMS, Field, VerbForm
from hrss.foundation.regions.queries import children_of, full_name
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

_COUNTY_DIGITS = 6
_STEPS = ("handle", "review", "audit", "meeting", "approve", "execute", "decide")
_DECIDING = frozenset({"settle_at_once", *_STEPS})
_ORDER = ("settle_at_once", "give_opinion", "answer_rating", "accept", *_STEPS)
Choices = list[tuple[str, str]]


def forms_for(
    shown: CasePage, request: Request, *, tried: str, proposal: Proposal | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give the forms of the case page: those at hand and those behind “更多操作”."""
    picks = _picks(shown, request.actor)
    offers = [one for one in offers_of(shown) if one.verb in FORMS and _has_something_to_do(FORMS[one.verb], picks)]
    made = [_form(one, shown, request, tried=tried, picks=picks, proposal=proposal) for one in offers]
    return [one for one in made if not one["quiet"]], [one for one in made if one["quiet"]]


def offers_of(shown: CasePage) -> list[VerbOffer]:
    """Give the offers in the order of work; an item of grade G0 can be settled in one."""
    claimed = shown.case["claimed_by"]
    offers = [one for one in shown.verbs if one.verb != ("claim" if claimed else "release")]
    accept = shown.offer("accept")
    if accept and shown.item.grade is Grade.G0:
        offers.append(VerbOffer("settle_at_once", "当场办结", accept.function, (State.DECIDED,), accept.post))
    return sorted(offers, key=lambda one: _ORDER.index(one.verb) if one.verb in _ORDER else len(_ORDER))


def proposal_for(shown: CasePage, actor: Actor) -> Proposal | None:
    """Give what the rules say, to those whose step it is; None where nothing is to be decided now."""
    if not any(one.verb in _DECIDING for one in offers_of(shown)):
        return None
    return queries.proposal(shown.id, actor=actor.for_purpose(f"case:{shown.case['number']}"))


def result_names(shown: CasePage, proposal: Proposal | None) -> list[str]:
    """Give the result fields somebody must type: none that the rules give, and none while nothing can be granted."""
    if proposal is not None and proposal.against:
        return []
    known = proposal.facts if proposal else {}
    return [name for name in (shown.item.result or {}).get("properties", {}) if known.get(name) in (None, "")]


def name_of(shown: CasePage, verb: str) -> str:
    """Give what a verb is called on this case."""
    offer = shown.offer(verb)
    return offer.name if offer else VERB_NAMES.get(verb, "办理")


def named_for(problems: Iterable[Problem], shown: CasePage, tried: str) -> list[Problem]:
    """Give the problems with their fields named as in the form that was sent; a field not in it is dropped."""
    return [_named(one, shown, tried) for one in problems]


def _named(problem: Problem, shown: CasePage, tried: str) -> Problem:
    if not tried or not problem.field or problem.field.startswith(f"{tried}."):
        return problem
    form = FORMS[tried]
    known = {field.name for field in form.fields} | set((shown.item.result or {}).get("properties", {}))
    field = f"{tried}.{problem.field}" if problem.field.split(".")[0] in known else ""
    return Problem(
        problem.code,
        problem.message,
        rule=problem.rule,
        remedy=problem.remedy,
        field=field,
        status=problem.status,
    )


def _picks(shown: CasePage, actor: Actor) -> Mapping[str, Choices]:
    task = shown.rating_task
    open_states = ("deferred", "promised", "broken")
    return {
        "material": [(one["code"], one["name"]) for one in shown.materials if one["state"] == "promised"],
        "supplied": [(one["code"], one["name"]) for one in shown.materials if one["state"] in open_states],
        "opinion_id": [(one["id"], one["question"]) for one in shown.opinions if _is_asked_of(one, actor)],
        "task": [(task["id"], "差评整改")] if task and not task["answered_at"] else [],
    }


def _is_asked_of(opinion: Mapping[str, Any], actor: Actor) -> bool:
    if opinion["answered_at"]:
        return False
    return any(
        post.function.value == opinion["function"] and opinion["region_code"].startswith(post.region)
        for post in actor.posts
    )


def _has_something_to_do(form: VerbForm, picks: Mapping[str, Choices]) -> bool:
    return all(picks[field.name] for field in form.fields if field.kind == "pick")


def _form(
    offer: VerbOffer,
    shown: CasePage,
    request: Request,
    *,
    tried: str,
    picks: Mapping[str, Choices],
    proposal: Proposal | None,
) -> dict[str, Any]:
    form = FORMS[offer.verb]
    sent = request.POST if tried == offer.verb else None
    names = result_names(shown, proposal) if form.has_result else []
    facts: Mapping[str, Any] = {}
    if sent is not None and names and shown.item.result:
        facts = read_page(shown.item.result, names, sent, path=f"{offer.verb}.")[0]
    return {
        "verb": offer.verb,
        "name": offer.name,
        "kind": form.kind,
        "quiet": form.quiet,
        "files": form.files,
        "fields": [_field(field, offer.verb, shown, sent, picks, proposal) for field in form.fields],
        "result": shown.item.result if names else None,
        "names": names,
        "facts": facts,
    }


def _field(
    field: Field, verb: str, shown: CasePage, sent: Any, picks: Mapping[str, Choices], proposal: Proposal | None
) -> dict[str, Any]:
    name = f"{verb}.{field.name}"
    value: Any = sent.get(name, "") if sent is not None else ""
    if field.kind == "materials":
        value = sent.getlist(name) if sent is not None else ()
    elif field.name == "granted" and sent is None and proposal is not None:
        value = "yes" if proposal.granted and not proposal.against else "no"
    elif field.name == "reasons" and sent is None and proposal is not None and proposal.against:
        value = "；".join(proposal.against)
    return {
        "name": name,
        "label": field.label,
        "kind": field.kind,
        "hint": field.hint,
        "optional": field.optional,
        "options": _options(field, shown, picks),
        "value": value,
    }


def _options(field: Field, shown: CasePage, picks: Mapping[str, Choices]) -> Choices:
    county = shown.case["region_code"][:_COUNTY_DIGITS]
    if field.kind == "pick":
        return picks[field.name]
    if field.kind == "materials":
        return [(rule.code, rule.name) for rule in shown.item.materials if rule.source == "upload"]
    if field.kind == "township":
        return [(node.code, node.name) for node in children_of(county)]
    if field.kind == "place":
        return [(county, full_name(county)), *((node.code, node.name) for node in children_of(county))]
    return list(field.options)
