"""Statements of the bank and the treasury for the last weeks, as they would send them, with a few faults on purpose.

They mirror our books line by line; one payment is missing at the bank, one transfer has another amount at the treasury.
Everything else agrees, so that a reconciliation finds exactly these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from hrss.demo import ledger
from hrss.demo.anniversaries import first_day
from hrss.demo.awards import window
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.funds.reconciliation.format import Head, write_statement

BANKS: Final = {ledger.INCOME: "income", ledger.FISCAL: "fiscal", ledger.EXPENDITURE: "expenditure"}
VIEWS: Final = (("bank", "income"), ("bank", "fiscal"), ("bank", "expenditure"), ("finance", "fiscal"))
OFF_BY: Final = 100  # fen of the transfer that differs


def span(county: County) -> tuple[int, int]:
    """Give the first and the last day the statements cover: the last whole month up to yesterday."""
    return int(first_day(pl.Series([window(county)[1]]).to_numpy())[0]), county.today - 1


def statements(county: County) -> Iterator[tuple[str, bytes]]:
    """Give name and content of every statement file."""
    moved = _moved(county)
    since, until = span(county)
    for fund in sorted(set(moved["fund"].to_list())):
        for origin, bank in VIEWS:
            rows = moved.filter(pl.col("fund") == fund, pl.col("bank") == bank)
            opening = int(rows.filter(pl.col("day") < since)["amount"].sum())
            inside = rows.filter(pl.col("day") >= since, pl.col("source") != "opening")
            lines = _with_faults(inside, fund, origin, bank).select(
                "reference", "amount", "text", on=pl.col("day").cast(pl.Int32).cast(pl.Date)
            )
            closing = opening + int(lines["amount"].sum())
            head = Head(origin, fund, bank, as_date(since), as_date(until), opening, closing, len(lines))
            yield f"{origin}-{fund}-{bank}.csv", write_statement(head, lines)


def _moved(county: County) -> pl.DataFrame:
    """Give what moved on every bank account: fund, bank, day, source, reference, amount (in is positive), text."""
    entries = county["entries"].select("day", "text", entry_id="id")
    lines = county["entry_lines"].filter(pl.col("account").is_in(list(BANKS))).join(entries, on="entry_id")
    detailed = pl.col("source").is_in(["payrun", "returned"])
    whole = lines.filter(~detailed).select(
        "fund", "account", "day", "source", "reference", "text", amount=pl.col("debit") - pl.col("credit")
    )
    sides = lines.filter(detailed).select("fund", "account", "day", "source", "text", number="reference")
    parts = county["details"].join(sides, on=["source", "account", "number"]).select(
        "fund", "account", "day", "source", "text",
        reference=pl.col("number") + "-" + pl.col("place").cast(pl.String),
        amount=pl.when(pl.col("source") == "payrun").then(-pl.col("amount")).otherwise(pl.col("amount")),
    )  # fmt: skip
    rows = pl.concat([whole, parts.select(whole.columns)])
    # What the bank gave back is one line of the bank under the number of the payment: the two are netted by number.
    return rows.with_columns(bank=pl.col("account").replace_strict(BANKS)).sort("day", "reference")


def _with_faults(rows: pl.DataFrame, fund: str, origin: str, bank: str) -> pl.DataFrame:
    if (fund, origin, bank) == (ledger.RESIDENTS, "bank", "expenditure"):
        paid = rows.filter(pl.col("source") == "payrun")["reference"]
        return rows.filter(pl.col("reference") != paid[len(paid) // 3]) if len(paid) else rows
    if (fund, origin, bank) == (ledger.RESIDENTS, "finance", "fiscal"):
        first = rows.filter(pl.col("source") == "transfer")["reference"][:1].to_list()
        wrong = pl.col("reference").is_in(first)
        return rows.with_columns(amount=pl.when(wrong).then(pl.col("amount") - OFF_BY).otherwise(pl.col("amount")))
    return rows
