"""A debt as debtor, officer and program all read it: its months (paid, due, too much) and its decision as a PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse

from hrss.channels.ui.formats import month
from hrss.channels.ui.sending import send
from hrss.funds.recovery.decision import decision_file
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


def decision_answer(debt_id: UUID, actor: Actor) -> FileResponse:
    """Answer with the decision about a debt, shown in the browser; refuses what ``decision_file`` refuses."""
    card, content, name = decision_file(debt_id, actor=actor)
    return send(card, content, name=name)
