"""Charts of accounts from the packs: opens the books of every fund and adds accounts that are new.

What is there is never changed: an account that was posted to keeps its name and element. It refuses a chart that
names an unknown fund or element, lacks a bank account or gives a number twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hrss.foundation import audit
from hrss.foundation.scope import acting
from hrss.funds.codes import TITLES, Fund
from hrss.funds.ledger.models import Account, Book
from hrss.kernel.actor import Actor
from hrss.kernel.pack_files import Source, pack_problem, read_yaml
from hrss.kernel.problem import Problems

CLOSES_INTO = "3001"
_CARRIED = (Account.Kind.INCOME, Account.Kind.EXPENSE)
_BANKS = {Account.Bank.INCOME, Account.Bank.FISCAL, Account.Bank.EXPENDITURE}


def open_books(packs: Path, *, actor: Actor) -> int:
    """Bring the books in line with ``packs/national/funds/chart.yaml``; gives how many accounts are new."""
    chart = read_yaml(packs / "national" / "funds" / "chart.yaml", root=packs)
    rows = {fund: list(_accounts(chart.data, fund)) for fund in chart.data["funds"]}
    _check(chart, rows)
    opened = date.fromisoformat(chart.data["opened_on"])
    with acting(actor):
        before = Account.objects.count()
        books = [Book(fund=fund, title=TITLES[Fund(fund)], opened_on=opened) for fund in rows]
        Book.objects.bulk_create(books, ignore_conflicts=True)
        accounts = [account for fund in rows for account in rows[fund]]
        Account.objects.bulk_create(accounts, ignore_conflicts=True)
        fresh = Account.objects.count() - before
        if fresh:
            audit.record(actor, "funds.open_books", subject_kind="chart", detail={"funds": len(rows), "new": fresh})
    return fresh


def _accounts(data: Mapping[str, Any], fund: str) -> Iterator[Account]:
    for row in [*data["common"], *data["funds"][fund]]:
        yield Account(
            fund_id=fund,
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            bank=row.get("bank", ""),
            carries_to=CLOSES_INTO if row["kind"] in _CARRIED else "",
            basis=data["bases"][row["basis"]],
            is_verified=row["status"] == "verified",
        )


def _check(chart: Source, rows: Mapping[str, list[Account]]) -> None:
    faults = []
    for fund, accounts in rows.items():
        where = chart.place(("funds", fund))
        if fund not in set(Fund):
            faults.append(pack_problem(where, f"没有“{fund}”这个基金"))
        twice = [code for code, count in Counter(account.code for account in accounts).items() if count > 1]
        faults += [pack_problem(where, f"科目 {code} 写了两次", remedy="保留一处") for code in twice]
        odd = [account.code for account in accounts if account.kind not in Account.Kind.values]
        faults += [pack_problem(where, f"科目 {code} 的要素不对") for code in odd]
        if {account.bank for account in accounts if account.bank} != _BANKS:
            faults.append(pack_problem(where, "收入户、财政专户、支出户要各有一个科目"))
    if faults:
        raise Problems(faults)
