"""The months of a debt as the debtor and the officer both read them: what was paid, what was due, the difference."""

from __future__ import annotations

from hrss.channels.ui.formats import month
from hrss.funds.recovery.queries import DebtPage
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
