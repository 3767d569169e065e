"""A debt as debtor, officer and program all read it: its months (paid, due, too much) and its decision as a PDF."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse

from hrss.channels.ui.formats import month
from hrss.funds.recovery.decision import decision_pdf
from hrss.funds.recovery.queries import DebtPage
from hrss.kernel.actor import Actor
from hrss.kernel.money import yuan
from hrss.kernel.months import YearMonth


def months_of(found: DebtPage) -> list[dict[str, str]]:
    """Give month, paid, due and too much of each line, in yuan."""
    return [
        {
            "month": month(YearMonth.from_index(line.month)),
            "paid": yuan(line.paid),
            "due": yuan(line.due),
            "amount": yuan(line.amount),
        }
        for line in found.lines
    ]


def decision_answer(debt_id: UUID, actor: Actor) -> HttpResponse:
    """Answer with the decision about a debt, shown in the browser; refuses what ``decision_pdf`` refuses."""
    content, name = decision_pdf(debt_id, actor=actor)
    disposition = f"inline; filename*=UTF-8''{quote(name)}"
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})
