"""A year of pay runs: who draws what, that a month goes out once, that the books of the year are whole."""

from __future__ import annotations

import numpy as np
import polars as pl

from hrss.demo import ledger
from hrss.demo.anniversaries import first_day, month_of
from hrss.demo.awards import CASE, MONTHS, STOCK, window
from hrss.demo.county import County
from hrss.demo.paying import RETURNED, pay_days
from hrss.demo.tables.findings import findings
from hrss.demo.tables.runs import runs
from hrss.domains.insurance import amounts, benefits
from hrss.funds.benefits import EntitlementFacts
from hrss.kernel.identifiers import uuid7
from hrss.kernel.months import YearMonth

PENSION, BENEFIT = amounts.PENSION_BENEFIT, amounts.UNEMPLOYMENT_BENEFIT


def _drawing(county: County, benefit: str) -> pl.DataFrame:
    return county["awards"].filter(pl.col("benefit") == benefit, pl.col("known") < 0)


def test_the_unemployed_who_draw_are_registered_and_paid_a_year(county: County) -> None:
    rows = _drawing(county, BENEFIT)
    registrations = county["registrations"][rows["registration"]]
    assert (registrations["until"] < 0).all() and (registrations["person"] == rows["person"]).all()
    assert (rows["paid_months"] >= 12).all()
    assert not registrations["leave_reason"].is_in(["resigned", ""]).any()
    for row in rows.head(40).iter_rows(named=True):
        found = amounts.months_of_benefit(row["paid_months"], 0, county.request.today)
        assert row["planned"] - row["first"] + 1 == row["months"] == int(found.amount)
    assert 0.3 < len(rows) / (county["registrations"]["until"] < 0).sum() < 0.8


def test_a_pension_stops_with_the_month_of_death(county: County) -> None:
    rows = county["awards"].filter(pl.col("benefit") == PENSION)
    death = county["persons"]["death"].gather(rows["person"]).to_numpy()
    last, first = rows["last"].to_numpy(), rows["first"].to_numpy()
    assert ((last < 0) == (death < 0)).all()
    assert (last[death >= 0] == np.maximum(month_of(death[death >= 0]), first[death >= 0] - 1)).all()
    lines = county["lines"].join(
        county["entitlements"].with_row_index("entitlement").select(pl.col("entitlement").cast(pl.Int64), "last"),
        on="entitlement",
    )
    assert lines.filter((pl.col("last") >= 0) & (pl.col("month") > pl.col("last"))).is_empty()


def test_every_month_due_goes_out_exactly_once(county: County) -> None:
    paid = county["lines"].filter(pl.col("answer") == "paid")
    assert paid.select("entitlement", "month").is_unique().all()
    rows = county["entitlements"].with_row_index("entitlement").filter(pl.col("turn") < MONTHS)
    last = rows["last"].to_numpy()
    until = np.where(last < 0, window(county)[1], np.minimum(last, window(county)[1]))
    due = np.maximum(until - rows["first"].to_numpy() + 1, 0)
    made = county["lines"].filter(pl.col("attempt") == 1).group_by("entitlement").len()
    got = dict(made.rows())
    assert [got.get(one, 0) for one in rows["entitlement"].to_list()] == due.tolist()


def test_what_the_bank_returned_is_paid_again_with_the_next_run(county: County) -> None:
    lines = county["lines"]
    back = lines.filter(pl.col("answer") != "paid")
    assert 0 < len(back) <= len(lines) * RETURNED + 2 * MONTHS
    settled = back.filter("settled")
    again = lines.filter(pl.col("attempt") == 2).sort("retry_of")
    assert again["retry_of"].to_list() == settled["id"].to_list() and (again["answer"] == "paid").all()
    assert (again["run"].to_numpy() == settled["run"].to_numpy() + 1).all()
    assert (back.filter(~pl.col("settled"))["run"] == MONTHS - 1).all(), "only the last returns still wait"


def test_amounts_are_those_the_run_would_have_computed(county: County) -> None:
    rows = county["entitlements"].with_row_index("entitlement").filter(pl.col("benefit") == PENSION)
    lines = county["lines"].filter(pl.col("fund") == "resident_pension").sample(120, seed=7)
    for line in lines.iter_rows(named=True):
        one = rows.filter(pl.col("entitlement") == line["entitlement"]).row(0, named=True)
        born = county["persons"]["birth"].gather([one["person"]]).cast(pl.Int32).cast(pl.Date)[0]
        facts = {name: one[name] for name in ("account", "years", "one_child")} | {"born": born.isoformat()}
        month = YearMonth.from_index(line["month"])
        asked = EntitlementFacts(uuid7(), uuid7(), PENSION, month, facts)
        assert benefits.pensions(month, [asked])[asked.id].fen == line["amount"]


def test_new_claims_came_by_a_case_and_the_stock_by_the_list(county: County) -> None:
    rows = county["entitlements"]
    opened = first_day(np.array([window(county)[0]]))[0]
    cases = rows.filter(pl.col("origin") == CASE)
    assert cases["case_id"].is_not_null().all() and (cases["decided"] >= opened).all()
    assert rows.filter(pl.col("origin") == STOCK)["case_id"].is_null().all()
    decided = county["cases"].filter(pl.col("id").is_in(cases["case_id"].to_list()))
    assert decided["granted"].all() and decided["item"].is_in(["SB029", "SB068"]).all()


def test_the_books_balance_and_no_account_is_overdrawn(county: County) -> None:
    made = ledger.postings(county, runs(county))
    balance: dict[tuple[str, str], int] = {}
    for one in made:
        assert sum(debit for _, debit, _ in one.lines) == sum(credit for _, _, credit in one.lines)
        assert one.day < county.today
        for account, debit, credit in one.lines:
            key = one.fund, account
            balance[key] = balance.get(key, 0) + debit - credit
            if account in (ledger.INCOME, ledger.FISCAL, ledger.EXPENDITURE):
                assert balance[key] >= 0, (key, one)
    parts = county["lines"].filter(pl.col("attempt") == 1)
    booked = [balance[ledger.RESIDENTS, account] for account in (ledger.BENEFITS, ledger.ACCOUNTS)]
    of_fund = parts.filter(pl.col("fund") == ledger.RESIDENTS)
    assert booked == [(of_fund["amount"] - of_fund["part"]).sum(), of_fund["part"].sum()]
    assert min(booked) > 0 and parts["part"].sum() == booked[1]
    waiting = county["lines"].filter(pl.col("answer") != "paid", ~pl.col("settled"))
    owed = {fund: int(fen) for fund, fen in waiting.group_by("fund").agg(pl.col("amount").sum()).rows()}
    assert {fund: -fen for (fund, account), fen in balance.items() if account == ledger.SUSPENSE and fen} == owed


def test_runs_go_out_on_working_days_and_what_is_odd_was_found(county: County) -> None:
    assert ((pay_days(county) + 3) % 7 < 5).all() and ((runs(county)["answered"].to_numpy() + 3) % 7 < 5).all()
    found = findings(county)
    assert {"extreme", "arrears"} <= set(found["code"].to_list())
    assert found.filter(pl.col("code") == "total_change")["payment"].is_null().all()
