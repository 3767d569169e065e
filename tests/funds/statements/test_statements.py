"""Statements: they add up, agree with each other and with the books, and print."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.funds.conftest import SYSTEM, Office, approve, commit, fill, make_staff

from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.funds.ledger.posting import Line, post
from hrss.funds.ledger.services import propose_closing
from hrss.funds.statements.figures import KINDS, Statement, statement
from hrss.funds.statements.issuing import statement_file
from hrss.kernel.actor import Function
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

FUND = "unemployment"
JANUARY, FEBRUARY = YearMonth(2026, 1), YearMonth(2026, 2)


def receive(fen: int, on: date, account: str = "4001-01") -> None:
    lines = [Line("1002", debit=fen), Line(account, credit=fen)]
    post(actor=SYSTEM, fund=FUND, on=on, lines=lines, source="receipt", reference=f"{on}{account}", text="缴费")


def give_back(fen: int, on: date) -> None:
    lines = [Line("1004", debit=fen), Line("5001-01", credit=fen)]
    post(actor=SYSTEM, fund=FUND, on=on, lines=lines, source="returned", reference=f"{on}", text="退回")


@pytest.fixture
def kept(office: Office) -> Office:
    fill(office, FUND, income=100_000, fiscal=5_000_000, expenditure=250_000)
    with acting(SYSTEM):
        receive(12_345, date(2026, 1, 9))
        receive(1_000, date(2026, 2, 9))
        receive(50, date(2026, 2, 10), "4001-02")
        give_back(200, date(2026, 2, 11))
        commit()
    return office


def amounts(shown: Statement, name: str) -> tuple[int, ...]:
    return next(row.amounts for row in shown.rows if row.name == name)


def test_the_trial_balance_balances(kept: Office) -> None:
    shown = statement("trial", FUND, FEBRUARY)
    assert amounts(shown, "合计") == (5_362_345, 5_362_345, 1_250, 1_250, 5_363_595, 5_363_595)
    assert amounts(shown, "收入户存款") == (112_345, 0, 1_050, 0, 113_395, 0)
    assert shown.checks == ("借贷合计相等",)


def test_assets_equal_liabilities_and_net_assets_in_an_open_month(kept: Office) -> None:
    shown = statement("balance", FUND, FEBRUARY)
    assert amounts(shown, "资产总计") == amounts(shown, "负债和净资产总计") == (0, 5_363_595)
    assert amounts(shown, "本年收支结余（尚未结转）") == (0, 13_595)


def test_income_and_expenditure_lead_from_balance_to_balance(kept: Office) -> None:
    shown = statement("income", FUND, FEBRUARY)
    assert amounts(shown, "收入合计") == (1_050, 13_395)
    assert amounts(shown, "支出合计") == (-200, -200)
    assert amounts(shown, "本期收支结余") == (1_250, 13_595)
    assert amounts(shown, "建账转入和结余调整") == (0, 5_350_000)
    assert amounts(shown, "期末滚存结余") == (5_363_595, 5_363_595)
    assert shown.checks == ("本月与累计的期末滚存结余相等",)
    assert amounts(shown, "期末滚存结余")[0] == amounts(statement("balance", FUND, FEBRUARY), "净资产合计")[1]


def test_the_year_end_carrying_does_not_empty_the_income_statement(office: Office) -> None:
    fill(office, FUND, income=1_000, on=date(2025, 12, 1))
    with acting(SYSTEM):
        receive(300, date(2025, 12, 9))
        commit()
    december = YearMonth(2025, 12)
    before = statement("income", FUND, december)
    approve(office, propose_closing(actor=office.accountant, fund=FUND, month=december).id)
    after = statement("income", FUND, december)
    assert after.sections == before.sections
    assert after.is_closed
    assert amounts(statement("balance", FUND, december), "基金结余") == (0, 1_300)
    assert amounts(statement("balance", FUND, JANUARY), "资产总计") == (1_300, 1_300)


@pytest.mark.parametrize("kind", KINDS)
def test_a_statement_prints_and_opens_as_a_table(kept: Office, kind: str) -> None:
    pdf, name = statement_file(kind, FUND, FEBRUARY, "pdf", actor=kept.accountant)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert name == f"失业保险基金{KINDS[kind]}2026-02.pdf"
    assert "失业保险基金" in text
    assert "尚未结账" in text
    xlsx, _ = statement_file(kind, FUND, FEBRUARY, "xlsx", actor=kept.accountant)
    rows = CalamineWorkbook.from_filelike(BytesIO(xlsx)).get_sheet_by_index(0).to_python()
    shown = statement(kind, FUND, FEBRUARY)
    assert [tuple(round(cell * 100) for cell in row[2:]) for row in rows[3 : 3 + len(shown.rows)]] == [
        row.amounts for row in shown.rows
    ]


def test_taking_a_statement_is_for_finance_and_on_the_log(kept: Office) -> None:
    with pytest.raises(Problem) as refusal:
        statement_file("trial", FUND, FEBRUARY, "pdf", actor=make_staff("冉经办", Function.HANDLER))
    assert refusal.value.code == "access.no_post"
    statement_file("trial", FUND, FEBRUARY, "pdf", actor=kept.leader)
    with acting(SYSTEM):
        assert Event.objects.filter(action="funds.statement_taken", actor_name="唐局长").exists()
