"""The fund office at work in browsers: three people take a pay run to the bank; every page looked at, at every size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.channels.staffed import prepare
from tests.channels.workbench.fund_office import FUND, FundOffice, account_of, fund_office, lines_of
from tests.funds.conftest import SYSTEM, approve
from tests.funds.payruns_office import bank_works, run_of
from tests.journeys.conftest import DESKTOP, PHONE, check_page
from tests.journeys.office import follow
from tests.journeys.served import Served, served, sitting

from hrss.foundation.people.models import BankAccount
from hrss.foundation.people.queries import reveal_bank_account
from hrss.foundation.scope import acting
from hrss.funds.banking.simulator.books import Books
from hrss.funds.ledger.models import Entry
from hrss.funds.ledger.services import propose_closing, propose_transfer
from hrss.funds.payruns.advancing import advance
from hrss.funds.reconciliation.models import Break
from hrss.funds.reconciliation.services import import_statement, reconcile
from hrss.kernel.months import YearMonth

pytestmark = pytest.mark.slow

SIZES = ((DESKTOP, False), (PHONE, False), (PHONE, True))


@pytest.fixture
def county(real_db: str, tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, since=date(2026, 11, 16)) as running:
        running.on("2026-11-16")
        prepare()
        yield running


@pytest.fixture
def desk(county: Served) -> FundOffice:
    return fund_office(county.bank, payees=6)


def look(page: Page, county: Served, path: str, name: str, faults: list[str]) -> None:
    """Open a page at every size and in elder mode; what is wrong is kept for the end."""
    for size, elder in SIZES:
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.context.add_cookies([{"name": "elder", "value": "1" if elder else "0", "url": county.address}])
        answer = page.goto(county.address + path)
        assert answer is not None
        assert answer.status == 200, path
        try:
            check_page(page, f"funds-{name}-{size['width']}{'-elder' if elder else ''}")
        except AssertionError as fault:
            faults.append(str(fault))
    page.set_viewport_size({"width": 1440, "height": 900})
    page.context.add_cookies([{"name": "elder", "value": "0", "url": county.address}])


def press(page: Page, county: Served, path: str, button: str) -> None:
    page.goto(county.address + path)
    follow(page, page.get_by_role("button", name=button, exact=True).click)
    expect(page.locator(".toast")).to_be_visible()


def number_of(person: UUID) -> str:
    with acting(SYSTEM):
        return reveal_bank_account(BankAccount.objects.get(person_id=person, until=None).id, actor=SYSTEM)


def walk_the_books(page: Page, county: Served, desk: FundOffice, faults: list[str]) -> None:
    """Books, statements and reconciliation: every page with something on it."""
    accountant, yesterday = desk.office.accountant, date(2026, 11, 15)
    typed = {"fund": FUND, "giver": "fiscal", "taker": "expenditure", "fen": 500_000, "on": yesterday}
    proposal = propose_transfer(actor=accountant, **typed).id
    closing = propose_closing(actor=accountant, fund=FUND, month=YearMonth(2026, 1)).id
    approve(desk.office, closing)
    content = (
        f"H,bank,{FUND},fiscal,2026-11-06,{yesterday},1000000.00,1000088.00,1\nD,{yesterday},LX-1,88.00,0.00,利息\n"
    )
    import_statement(content.encode(), actor=accountant, name="财政专户.csv")
    reconcile(actor=accountant, fund=FUND, since=date(2026, 11, 6), until=yesterday)
    with acting(SYSTEM):
        entry, found = Entry.objects.get(source="payrun"), Break.objects.get(kind="missing_in_ledger")
    books = f"/work/funds/{FUND}"
    for name, path in {
        "funds": "/work/funds/",
        "entries": f"{books}/entries/",
        "entry": f"/work/funds/entries/{entry.id}/",
        "accounts": f"{books}/accounts/",
        "proposals": "/work/funds/proposals/",
        "proposal": f"/work/funds/proposals/{proposal}/",
        "transfer": f"/work/funds/transfer?fund={FUND}",
        "manual": f"{books}/entries/new",
        "periods": f"{books}/periods/",
        "statement-trial": f"{books}/statements/trial/2026-11/",
        "statement-balance": f"{books}/statements/balance/2026-11/",
        "statement-income": f"{books}/statements/income/2026-11/",
        "reconciliation": "/work/funds/reconciliation/",
        "break": f"/work/funds/reconciliation/{found.id}/",
    }.items():
        look(page, county, path, name, faults)


def test_three_people_take_a_run_to_the_bank(chromium: Browser, county: Served, desk: FundOffice) -> None:
    faults: list[str] = []
    office = desk.office
    Books(county.bank).set_answer(number_of(desk.people[1]), "wrong_account")
    with sitting(chromium, county, account_of(office.accountant)) as page:
        page.goto(f"{county.address}/work/funds/runs/")
        follow(page, page.get_by_role("link", name="开批次").click)
        page.locator("#f-group").select_option("test_pension")
        page.locator("#f-month").fill("2026-11")
        follow(page, page.get_by_role("button", name="开批次").click)
        expect(page.locator("progress")).to_be_visible()
        check_page(page, "funds-run-computing-1440")
        run = page.url.removeprefix(county.address)
        run_id = UUID(run.rstrip("/").rsplit("/", 1)[1])
        advance(run_id, folder=county.bank)
        expect(page.get_by_role("button", name="经办签名")).to_be_visible()
        look(page, county, run, "run-frozen", faults)
        look(page, county, "/work/funds/runs/start", "run-start", faults)
        press(page, county, run, "经办签名")
    for actor, button in ((office.reviewer, "复核签名"), (office.approver, "审批签名")):
        with sitting(chromium, county, account_of(actor)) as page:
            press(page, county, run, button)
    with sitting(chromium, county, account_of(office.accountant)) as page:
        press(page, county, run, "送银行")
        advance(run_id, folder=county.bank)
        bank_works(county.bank)
        advance(run_id, folder=county.bank)
        assert run_of(run_id).state == "closed", run_of(run_id).problem
        returned = next(line for line in lines_of(run_id) if line.state == "returned")
        look(page, county, "/work/funds/runs/?view=all", "runs", faults)
        look(page, county, run, "run-closed", faults)
        look(page, county, f"{run}lines", "lines", faults)
        look(page, county, f"{run}lines?view=returned", "lines-returned", faults)
        look(page, county, f"/work/funds/payments/{returned.id}/", "payment", faults)
        expect(page.locator("main")).to_contain_text("收款账户还没有换")
        walk_the_books(page, county, desk, faults)
    assert not faults, "\n".join(faults)
