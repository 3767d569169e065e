"""Four connections pay the same debt at once, each all of it: one reduces it, the others' money waits to go back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from django.db import connections
from tests.funds.conftest import SYSTEM, Office
from tests.funds.recovery.test_debts import bill, debt_of, decide, overpaid, refund

from hrss.foundation.scope import acting
from hrss.funds.banking.models import Receipt
from hrss.funds.recovery.models import Movement

FOUR = 4


def at_once(do: Callable[[int], object]) -> list[object]:
    """Run ``do`` four times on four connections that start together."""
    gate = Barrier(FOUR)

    def one(number: int) -> object:
        try:
            gate.wait()
            return do(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(FOUR) as pool:
        return list(pool.map(one, range(FOUR)))


def test_a_debt_is_paid_once_whoever_pays_at_the_same_time(real_office: Office, tmp_path: Path) -> None:
    debt = decide(real_office, overpaid(real_office, tmp_path / "bank"))
    bills = [bill(debt, debt.amount) for _ in range(FOUR)]
    outcomes = at_once(lambda number: refund(debt, bills[number], f"CH{number}").data["surplus"])
    assert sorted(map(bool, outcomes)) == [False, True, True, True]
    with acting(SYSTEM):
        assert list(Movement.objects.values_list("amount", flat=True)) == [debt.amount]
        assert Receipt.objects.filter(surplus=True).count() == FOUR - 1
    assert debt_of(debt.person_id).state == "settled"
