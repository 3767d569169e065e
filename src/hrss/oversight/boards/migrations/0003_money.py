"""Cubes of money and of the sample: the ledger's movements, answered payments, pay runs, insurance, monthly reports."""

from __future__ import annotations

from django.db import migrations

from hrss.oversight.boards.keeping import keep


def _months(day: str) -> str:
    """The month of a day; everything before 2020 lies together in December 2019: the boards begin in 2021."""
    return f"greatest(date_trunc('month', {day}), DATE '2019-12-01')::date"


def _cell(month: str, kind: str, part: str, total: str, where: str = "", table: str = "{rows}") -> str:
    condition = f" WHERE {where}" if where else ""
    return (
        f"SELECT {_months(month)} AS month, region_code, {kind} AS kind, '{part}' AS part, 1 AS n, {total} AS total"
        f" FROM {table}{condition}"
    )


def _all(*cells: str) -> str:
    return " UNION ALL ".join(cells)


_LOCAL = "{} AT TIME ZONE 'Asia/Shanghai'"
# Entry and account of a line never change, so a line counted once is counted for good.
_BOOKS = (
    f"SELECT {_months('e.' + chr(34) + 'on' + chr(34))} AS month, r.code AS region_code, e.fund AS kind,"
    " CASE a.kind WHEN 'income' THEN 'income' WHEN 'expense' THEN 'spending' ELSE 'bank' END AS part, 1 AS n,"
    " CASE WHEN a.kind = 'income' THEN l.credit - l.debit ELSE l.debit - l.credit END AS total"
    " FROM {rows} l JOIN ledger_entry e ON e.id = l.entry_id JOIN ledger_account a ON a.id = l.account_id"
    " JOIN regions_region r ON r.level = 'county'"
    " WHERE (a.kind IN ('income', 'expense') OR a.bank <> '') AND e.source <> 'carry'"
)
_PAYMENTS = (
    f"SELECT {_months('answered_on')} AS month, region_code, benefit AS kind, state AS part, 1 AS n, amount AS total"
    " FROM {rows} WHERE state IN ('paid', 'returned') AND answered_on IS NOT NULL"
)
_RUNS = (
    f"SELECT {_months(_LOCAL.format('opened_at'))} AS month, r.code AS region_code, fund AS kind, state AS part,"
    " 1 AS n, total FROM {rows} JOIN regions_region r ON r.level = 'county'"
)
_ENROLMENTS = _all(
    _cell("enrolled_on", "category", "start", "0"),
    _cell("ended_on", "category", "end", "0", "ended_on IS NOT NULL"),
)
_CONTRIBUTIONS = _all(
    _cell("paid_on", "payer", "paid", "paid_fen"), _cell("paid_on", "payer", "subsidy", "subsidy_fen"),
)  # fmt: skip
_AWARDS = _all(
    _cell('"first"', "benefit", "start", "0"),
    _cell("(\"last\" + interval '1 month')", "benefit", "end", "0", '"last" IS NOT NULL'),
)
_REPORTS = _all(
    *(
        _cell("month", "''", part, total, "replaced_at IS NULL")
        for part, total in (
            ("reports", "0"), ("hires", "hires"), ("leavers", "leavers"), ("headcount", "headcount"),
            ("planned", "planned"),
        )
    )
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0002_cubes"),
        ("employment", "0005_sample_rules"),
        ("insurance", "0002_protect"),
        ("ledger", "0002_rules"),
        ("payables", "0002_guards"),
        ("payruns", "0002_guards"),
        ("regions", "0001_initial"),
    ]
    operations = [
        keep("funds.books", table="ledger_line", cells=_BOOKS),
        keep("funds.payments", table="payables_payment", cells=_PAYMENTS),
        keep("funds.runs", table="payruns_run", cells=_RUNS),
        keep("insurance.enrolments", table="insurance_residentenrolment", cells=_ENROLMENTS),
        keep("insurance.contributions", table="insurance_residentpayment", cells=_CONTRIBUTIONS),
        keep("insurance.awards", table="insurance_award", cells=_AWARDS),
        keep("employment.reports", table="employment_firmreport", cells=_REPORTS),
    ]
