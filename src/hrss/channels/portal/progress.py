"""Where a case is, in simple words: the steps behind it and before it, what happens now, what the person can do.

Only words made of a case page; it asks nothing and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrss.casework.items.vocabulary import EXITS, SETTLED
from hrss.casework.queries.case_page import CasePage
from hrss.channels.portal import texts
from hrss.channels.ui.cases import limit_words
from hrss.channels.ui.formats import date

DONE = frozenset({"decided", "delivered", "archived"})
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of a case by name, the current one (1-based; one more than there are when all is done), the words."""

    names: tuple[str, ...]
    current: int
    words: str


def way_of(shown: CasePage) -> Way:
    """Say where a case is. A case that left the way early has only the steps it made."""
    state = str(shown.case["state"])
    steps = [step.name for step in shown.item.steps]
    names = ("提交申请", *steps, "办好")
    if state in EXITS:
        return Way(("提交申请", shown.state_name), 3, _words(shown, state))
    if state in SETTLED:
        return Way(names, len(names) + 1, _words(shown, state))
    step = shown.item.step_in(shown.case["suspended_from"] or state)
    at = steps.index(step.name) if step is not None and step.name in steps else 0
    return Way(names, at + 2, _words(shown, state))


def _words(shown: CasePage, state: str) -> str:
    if state in DONE:
        granted = shown.decision is None or shown.decision["granted"]
        done = texts.GRANTED if granted and shown.documents else texts.GRANTED_PLAIN if granted else texts.REFUSED
        return done + (texts.PLEASE_RATE if shown.offer("rate") and shown.rating is None else "")
    if any(one["state"] == "deferred" for one in shown.materials):
        return texts.STATE_WORDS.get(state, "") + texts.STILL_OWED
    return texts.STATE_WORDS.get(state, shown.state_name)


def state_words(state: str, state_name: str, decision: str) -> str:
    """Give the state as the applicant understands it: what is done is done, whatever the office still files away."""
    if state not in DONE:
        return state_name
    return texts.DONE if decision != REFUSED else texts.NOT_GRANTED


def due_rows(shown: CasePage) -> list[tuple[str, str]]:
    """Give by when the person hears something: of acceptance while that is open, then of the end."""
    if shown.case["state"] in SETTLED:
        return []
    if shown.case["act_by"]:
        return [("最晚办结", date(shown.case["act_by"]))]
    answer = next((one["due_on"] for one in shown.clocks if one["kind"] == "acceptance"), None)
    rows = [("最晚哪天答复", date(answer))] if answer else []
    return [*rows, ("受理以后", limit_words(shown.item.promised))]
