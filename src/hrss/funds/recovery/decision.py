"""The decision on a debt as a PDF: which months, how much, why, by when, what can be done against it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.utils import timezone

from hrss.casework.documents.facts import AUTHORITY, day_words
from hrss.casework.documents.render import typeset
from hrss.funds.recovery.models import Debt, Measure
from hrss.funds.recovery.queries import DebtPage, debt_page
from hrss.funds.recovery.refusals import ARTICLE
from hrss.kernel.actor import Actor
from hrss.kernel.money import capitals, yuan
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

TEMPLATE = Path(__file__).parent / "templates" / "debt.typ"


def decision_pdf(debt_id: UUID, *, actor: Actor) -> tuple[bytes, str]:
    """Give the PDF and its name. Problems ``recovery.not_found``, ``recovery.no_decision`` (404)."""
    page = debt_page(debt_id, actor=actor)
    found = [one for one, _ in page.measures if one.kind == Measure.Kind.DECIDE and one.state == Measure.State.DONE]
    if not found or page.row.debt.state == Debt.State.DROPPED:
        raise Problem("recovery.no_decision", "这笔钱还没有作出决定", remedy="请等决定作出后再看", status=404)
    return _typeset(page, found[0]), f"多发待遇追回决定书{page.row.debt.number}.pdf"


def _typeset(page: DebtPage, measure: Measure) -> bytes:
    debt = page.row.debt
    signed = next(signatures for one, signatures in page.measures if one.id == measure.id)
    at = signed[-1].at
    data = {
        "title": "多发待遇追回决定书",
        "authority": AUTHORITY,
        "number": debt.number,
        "subject": f"{page.heir}（{page.debtor}的{debt.relation}）" if page.heir else page.debtor,
        "benefit": page.row.benefit,
        "amount": yuan(debt.amount),
        "words": capitals(debt.amount),
        "due": day_words(debt.due_on) if debt.due_on else "",
        "lines": [_line(one.month, one.paid, one.due, one.amount) for one in page.lines],
        "reason": debt.reason,
        "reasons": measure.content["reasons"],
        "basis": ARTICLE,
        "remedy": measure.content["remedy"],
        "issued": day_words(timezone.localdate(at)),
    }
    return typeset(TEMPLATE, data, at=at)


def _line(month: int, *fen: int) -> list[str]:
    at = YearMonth.from_index(month)
    return [f"{at.year}年{at.month}月", *(yuan(one) for one in fen)]
