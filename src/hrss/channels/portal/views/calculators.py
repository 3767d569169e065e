"""Policy calculators: a rule of the law asked with one's own facts; the answer shows every step and what is unverified.

Nothing is stored and nobody has to sign in. The amounts come from ``hrss.rules`` alone; a rule with dated numbers asks
for the day whose numbers count. The list of parameters shows every number with its day, status and source.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from hrss.channels.portal import texts
from hrss.channels.portal.sources import readable
from hrss.channels.ui import formats
from hrss.channels.ui.answers import Sent, last_text
from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request
from hrss.foundation.regions.county import county_code
from hrss.kernel.problem import Problem
from hrss.rules import catalogue
from hrss.rules.catalogue import InputCard, RuleCard
from hrss.rules.engine.explanation import Explanation
from hrss.rules.engine.parameters import FOREVER, STATUS_WORDS, ParameterValue
from hrss.rules.pages import FAMILIES

COUNTY = county_code()
_PARTS = ("year", "month", "day")
DOUBTS = {"unverified": "还没有核实", "provisional": "是暂用的数", "disputed": "各处说法不一"}
REGION_WORDS = {"": "全国", "50": "重庆市", COUNTY: "奉节县"}


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
    day = _day(request.GET)
    found, problem = _answer(card, facts, day) if sent else (None, None)
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
        doubtful=_doubtful(found),
        problems=problem,
        day=day,
        dated=bool(card.parameters),
    )


def parameters(request: Request) -> HttpResponse:
    """All numbers of the rules with validity, status and source, one family at a time."""
    family = request.GET.get("family") or "insurance"
    status = request.GET.get("status") or ""
    found = catalogue.params(f"{family}.", status=status)
    whole = catalogue.params()
    return page(
        request,
        "portal/parameters.html",
        families=tuple(FAMILIES.items()),
        statuses=tuple(STATUS_WORDS.items()),
        family=family,
        wanted=status,
        rows=[_row(value) for value in found],
        count=len(whole),
        doubtful=sum(value.status != "final" for value in whole),
    )


def _row(value: ParameterValue) -> dict[str, Any]:
    return {
        "title": value.title,
        "where": f"{REGION_WORDS.get(value.region, f'区划 {value.region}')}，{_span(value)}",
        "shown": value.shown,
        "status": STATUS_WORDS[value.status],
        "source": readable("；".join(part for part in (value.document, value.source, value.note) if part)),
    }


def _span(value: ParameterValue) -> str:
    if value.valid_to == FOREVER:
        return f"{formats.date(value.valid_from)}起"
    return f"{formats.date(value.valid_from)}至{formats.date(value.valid_to)}"


def _day(sent: Sent) -> date:
    """The day whose numbers count: as asked, else today; a day that does not exist is today as well."""
    parts = [last_text(sent, f"on.{part}") for part in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return timezone.localdate()


def _doubtful(found: Explanation | None) -> str:
    """What the answer rests on and nobody has settled yet, each with its document or source."""
    open_ = [value for value in found.parameters if value.status in DOUBTS] if found else []
    return "；".join(f"{one.title}{DOUBTS[one.status]}（{one.document or one.source}）" for one in open_)


def _answer(card: RuleCard, facts: dict[str, Any], day: date) -> tuple[Explanation | None, Problem | None]:
    try:
        return catalogue.explain(card.name, facts, on=day, region=COUNTY, today=timezone.localdate()), None
    except Problem as problem:
        return None, _in_plain_words(problem, day)


def _in_plain_words(problem: Problem, day: date) -> Problem:
    """A gap is told as a day for which nothing is published, at the field where another day is chosen."""
    if problem.code != "rules.gap":
        return problem
    title = next(one.title for one in catalogue.params(problem.field))
    said = f"“{title}”在{formats.date(day)}没有数值：还没有公布，或者还没有查到。请换一个日期，例如上一年"
    return Problem(problem.code, said, field="on", rule=problem.rule, remedy="请换一个日期")


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
