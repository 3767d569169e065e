"""Policy calculators: a rule of the law asked with one's own facts; the answer shows every step and what is unverified.

Nothing is stored and nobody has to sign in. The amounts come from ``hrss.rules`` alone.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from hrss.channels.portal import texts
from hrss.channels.ui.answers import Sent, last_text
from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request
from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.catalogue import InputCard, RuleCard
from hrss.rules.engine.explanation import Explanation

COUNTY = "500236"
_PARTS = ("year", "month", "day")


def calculators(request: Request) -> HttpResponse:
    """The list of calculators."""
    return page(request, "portal/calculators.html", calculators=texts.CALCULATORS)


def calculator(request: Request, slug: str) -> HttpResponse:
    """One calculator: its questions, and after asking the answer with its steps."""
    chosen = next((one for one in texts.CALCULATORS if one.slug == slug), None)
    if chosen is None:
        raise Problem("calculator.unknown", "没有这个计算器", remedy="请从列表里选", status=404)
    card = catalogue.show(chosen.rule)
    asked = [
        one for one in card.inputs if not one.parameter and one.kind in ("number", "month", "day", "flag", "choice")
    ]
    sent = bool(request.GET.get("ask"))
    facts = _facts(asked, request.GET) if sent else {}
    found, problem = _answer(card, facts) if sent else (None, None)
    return page(
        request,
        "portal/calculator.html",
        status=422 if problem else 200,
        chosen=chosen,
        card=card,
        asked=asked,
        typed=_typed(asked, request.GET) if sent else {},
        found=found,
        lines=found.to_text().splitlines() if found else [],
        doubtful=[one for one in card.parameters if found and one.status != "final" and one in found.parameters],
        problems=problem,
    )


def _answer(card: RuleCard, facts: dict[str, Any]) -> tuple[Explanation | None, Problem | None]:
    try:
        return catalogue.explain(card.name, facts, on=timezone.localdate(), region=COUNTY), None
    except Problem as problem:
        return None, problem


def _facts(asked: list[InputCard], sent: Sent) -> dict[str, Any]:
    """Read the answers as people write them; a blank one is left out, the rule says that it is missing."""
    facts: dict[str, Any] = {}
    for one in asked:
        value = _value(one, sent)
        if value not in ("", None):
            facts[one.name] = value
    return facts


def _value(one: InputCard, sent: Sent) -> Any:
    if one.kind in ("month", "day"):
        asked = _PARTS[: 2 if one.kind == "month" else 3]
        parts = [last_text(sent, f"{one.name}.{part}") for part in asked]
        return "-".join(part.zfill(2) for part in parts) if all(parts) else ""
    text = last_text(sent, one.name)
    return text == "yes" if one.kind == "flag" and text else text


def _typed(asked: list[InputCard], sent: Sent) -> dict[str, Any]:
    """Give the answers as they were typed, for the fields that show them again."""
    return {one.name: _parts(one, sent) or _value(one, sent) for one in asked}


def _parts(one: InputCard, sent: Sent) -> dict[str, str]:
    """Give year, month and day of a date as typed, whole or not."""
    if one.kind not in ("month", "day"):
        return {}
    found = {part: last_text(sent, f"{one.name}.{part}") for part in _PARTS}
    return found if any(found.values()) else {}
