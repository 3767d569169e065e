"""The forms of recovery: from what was typed to the verb of each measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from hrss.channels.ui.request import Request
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.queries import find_by_id_number
from hrss.foundation.verbs import keyed
from hrss.funds.recovery.services import (
    name_heir,
    propose_correction,
    propose_decision,
    propose_offset,
    propose_plan,
    propose_write_off,
)
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

TYPED = (
    "reasons",
    "periods",
    "first_on",
    "agreement",
    "entitlement",
    "percent",
    "heir",
    "relation",
    "opinion",
    "meeting",
    "reason",
)
SENTENCES = {
    "decide": "已提出要求退回，等复核",
    "drop": "已提出不需退回，等复核",
    "plan": "已提出分期退回，等复核",
    "offset": "已提出从待遇里抵扣，等复核",
    "write-off": "已提出核销，等复核和稽核确认",
    "correct": "已提出撤销，等复核",
    "heir": "已确定由谁退",
}


def propose_from(kind: str, debt_id: UUID, request: Request) -> Outcome:
    """Do what the form asks. Problems of the verb, ``route.unknown`` (404)."""
    forms: dict[str, Callable[[UUID, Request], Outcome]] = {
        "decide": _decide,
        "drop": _decide,
        "plan": _plan,
        "offset": _offset,
        "write-off": _write_off,
        "correct": _correct,
        "heir": _heir,
    }
    if kind not in forms:
        raise Problem("route.unknown", "没有这个操作", remedy="请从办理页面重新进入", status=404)
    return forms[kind](debt_id, request)


def _decide(debt_id: UUID, request: Request) -> Outcome:
    recover = request.path.endswith("/decide")
    return keyed(
        _key(request),
        propose_decision,
        debt_id,
        actor=request.actor,
        reasons=_text(request, "reasons"),
        recover=recover,
    )


def _plan(debt_id: UUID, request: Request) -> Outcome:
    return keyed(
        _key(request),
        propose_plan,
        debt_id,
        actor=request.actor,
        periods=_number(request, "periods", "期数"),
        first_on=_day(request, "first_on"),
        agreement=_text(request, "agreement"),
    )


def _offset(debt_id: UUID, request: Request) -> Outcome:
    try:
        entitlement = UUID(_text(request, "entitlement"))
    except ValueError:
        raise Problem(
            "recovery.benefit", "还没有选从哪项待遇抵扣", remedy="请从列表里选择", field="entitlement"
        ) from None
    return keyed(
        _key(request),
        propose_offset,
        debt_id,
        actor=request.actor,
        entitlement_id=entitlement,
        percent=_number(request, "percent", "比例"),
        agreement=_text(request, "agreement"),
    )


def _write_off(debt_id: UUID, request: Request) -> Outcome:
    reasons = _text(request, "reasons")
    return keyed(_key(request), propose_write_off, debt_id, actor=request.actor, reasons=reasons)


def _correct(debt_id: UUID, request: Request) -> Outcome:
    reasons = _text(request, "reasons")
    return keyed(_key(request), propose_correction, debt_id, actor=request.actor, reasons=reasons)


def _heir(debt_id: UUID, request: Request) -> Outcome:
    with elevated(
        request.actor.for_purpose("recovery")
    ) as system:  # an heir may live elsewhere; nothing of them is shown
        found = find_by_id_number(_text(request, "heir"), actor=system)
    if found is None:
        raise Problem("recovery.heir", "查不到这位继承人", remedy="请核对身份证号码", field="heir")
    return keyed(
        _key(request), name_heir, debt_id, actor=request.actor, heir_id=found.id, relation=_text(request, "relation")
    )


def _key(request: Request) -> str:
    return str(request.POST.get("_key", ""))


def _text(request: Request, name: str) -> str:
    return str(request.POST.get(name, "")).strip()


def _number(request: Request, name: str, words: str) -> int:
    text = _text(request, name)
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise Problem(f"recovery.{name}", f"{words}要填数字", remedy="例如 12", field=name)
    return int(text)


def _day(request: Request, name: str) -> date:
    try:
        return date.fromisoformat(_text(request, name))
    except ValueError:
        raise Problem(f"recovery.{name}", "请填写第一期的日期", remedy="例如 2026-12-20", field=name) from None
