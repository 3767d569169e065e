"""J1: a villager of 59 enrols on a phone, pays, turns sixty, claims, is paid, paid back, paid again, and sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Sum
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from tests.channels.staffed import Somebody, clerk, prepare, somebody
from tests.domains.insurance.office import PHONE as PHONE_NUMBER
from tests.funds.conftest import Office as Finance
from tests.funds.conftest import make_staff, open_office
from tests.funds.payruns_office import bank_works, run_of, sent
from tests.journeys.conftest import DESKTOP, PHONE, check_page
from tests.journeys.office import follow
from tests.journeys.served import SYSTEM, Served, public_account, served

from hrss.domains.insurance import jobs
from hrss.exchange.simulators import data, fleet
from hrss.foundation.identity.models import Account
from hrss.foundation.people.services import add_phone
from hrss.foundation.scope import acting
from hrss.funds.banking.simulator.books import Books
from hrss.funds.ledger.models import Line
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.models import Finding
from hrss.funds.payruns.services import confirm_findings, open_run
from hrss.kernel.actor import Function
from hrss.kernel.months import YearMonth

pytestmark = pytest.mark.slow

WRONG, RIGHT = "6217001234567890122", "6217001234567890130"
COUNTY = "500236"


@pytest.fixture
def county(real_db: str, tmp_path: Path) -> Iterator[Served]:

    with served(tmp_path, since=date(2026, 3, 10)) as running:
        prepare()
        yield running


class Desk:
    """Three clerks who decide in their browsers, and the finance office that pays."""

    def __init__(self, browser: Browser, county: Served) -> None:
        self.browser, self.county = browser, county
        self.posts = {
            "受理": clerk("handler", name="柳受理"),
            "复核": clerk("reviewer", name="秦复核"),
            "审批": clerk("approver", region=COUNTY, name="贺审批"),
        }
        self.finance: Finance = open_office()

    def decide(self, number: str, *, three: bool) -> None:
        """Each clerk finds the case in the own inbox and does the own step."""
        for step in ("受理", "复核", "审批") if three else ("受理", "复核"):
            context = self.county.browser_for(self.browser, self.posts[step], DESKTOP)
            page = context.new_page()
            page.goto(f"{self.county.address}/work/inbox/?view=all&text={number}")
            follow(page, page.locator("tr", has_text=number).locator("a").first.click)
            if step == "审批":
                expect(page.locator(".proposal")).to_contain_text("每月养老金")
                check_page(page, "j1-approve")
            follow(page, page.get_by_role("button", name=step, exact=True).click)
            context.close()

    def pay(self, month: YearMonth) -> str:
        """Open a run, have it checked, signed, sent, answered; gives its state."""
        bank = self.county.bank
        run_id = UUID(open_run(actor=self.finance.accountant, group="resident_pension", month=month).id)
        if advance(run_id, folder=bank) == "frozen":
            with acting(SYSTEM):
                doubtful = Finding.objects.filter(run=run_id, kind=Finding.Kind.CONFIRM).exists()
            if doubtful:
                inspector, digest = make_staff("钱稽核", Function.INSPECTOR), run_of(run_id).digest
                confirm_findings(run_id, actor=inspector, digest=digest, opinion="逐笔核对了办件，无误")
            sent(self.finance, run_id, bank)
            bank_works(bank)
            advance(run_id, folder=bank)
        return str(run_of(run_id).state)


class Villager:
    """She and her phone."""

    def __init__(self, browser: Browser, county: Served) -> None:
        self.browser, self.county = browser, county
        self.person: Somebody = somebody("冉光菊", born="19660401")
        self.account: Account = public_account(self.person.id, self.person.name)
        add_phone(self.person.id, actor=SYSTEM, phone=PHONE_NUMBER)
        member = {"id_number": self.person.id_number, "name": "冉光菊", "relation": "head", "since": "1985-03-01"}
        home = {"household_no": "500236117000001", "address": "奉节县白帝镇", "hukou": "rural", "members": [member]}
        register = fleet.register_path(county.agencies, "police")
        data.write("police.household", [(self.person.id_number, home)], register)

    def at_phone(self, do: Callable[[Page], Any], size: dict[str, int] = PHONE) -> Any:
        """Open a browser as her, do something, close it."""
        context = self.county.browser_for(self.browser, self.account, size)
        page = context.new_page()
        try:
            return do(page)
        finally:
            context.close()

    def apply(self, page: Page, code: str, *fill: Callable[[Page], Any]) -> str:
        """Go through the pages of an item; gives the number on the receipt."""
        page.goto(f"{self.county.address}/items/{code}/start/")
        follow(page, page.get_by_role("button", name="开始填写").click)
        for one in fill:
            one(page)
            follow(page, page.get_by_role("button", name="继续").click)
        if "/proofs/" in page.url:
            follow(page, page.get_by_role("button", name="继续").click)
        follow(page, page.get_by_role("button", name="提交").first.click)
        expect(page.locator(".receipt-title")).to_have_text("已经提交")
        return page.locator(".receipt-number strong").inner_text()


def new_account(number: str) -> Callable[[Page], None]:
    """Fill in a new account; a claim asks first where the money goes, a change of account does not."""

    def fill(page: Page) -> None:
        chosen = page.get_by_label("新的本人账户")
        if chosen.count():
            chosen.check()
        page.get_by_label("开户银行").fill("重庆农村商业银行")
        page.get_by_label("银行账号").fill(number)

    return fill


def agree(page: Page) -> None:
    """Tick the one statement of the page."""
    page.locator("input[name=statement]").check()


def pay_for(villager: Villager, name: str) -> Callable[[Page], None]:
    """Choose 500 yuan and pay."""

    def act(page: Page) -> None:
        page.goto(f"{villager.county.address}/my/insurance/pay/")
        page.locator("#f-grade-500").check()
        follow(page, page.get_by_role("button", name="下一步").click)
        check_page(page, f"j1-{name}")
        follow(page, page.get_by_role("button", name="确认支付").click)
        expect(page.locator(".notice-success")).to_contain_text("缴费成功")

    return act


def balanced() -> bool:
    with acting(SYSTEM):
        sums = Line.objects.aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return bool(sums["debit"]) and sums["debit"] == sums["credit"]


def test_from_enrolment_to_a_pension_on_the_right_account(chromium: Browser, county: Served) -> None:
    county.on("2026-03-10")
    desk, she = Desk(chromium, county), Villager(chromium, county)

    # enrols on the phone, chooses 500, pays
    def enrol(page: Page) -> str:
        page.goto(f"{county.address}/my/insurance/")
        check_page(page, "j1-before-phone")
        return she.apply(
            page,
            "SB008",
            lambda at: (at.get_by_label("一般居民").check(), at.locator("input[name=one_child][value=no]").check()),
            lambda at: at.locator("select[name=grade]").select_option("500"),
            agree,
        )

    desk.decide(she.at_phone(enrol), three=False)
    she.at_phone(pay_for(she, "pay"))

    # told beforehand, turns sixty, makes up what is missing, claims
    county.on("2026-03-20")
    assert jobs.tell_all_sixty() == 1
    county.on("2026-04-12")

    def turned_sixty(page: Page) -> str:
        page.goto(f"{county.address}/my/messages/")
        expect(page.locator("main")).to_contain_text("2026年4月1日 满六十周岁")
        page.goto(f"{county.address}/my/insurance/")
        expect(page.locator(".notice-warning")).to_contain_text("还差 14 年")
        pay_for(she, "make-up")(page)
        return she.apply(page, "SB029", lambda at: at.get_by_label("否").check(), new_account(WRONG), agree)

    number = she.at_phone(turned_sixty)
    desk.decide(number, three=True)

    # the decision as a PDF; the next pay run; the bank gives it back
    def decision(page: Page) -> str:
        page.goto(f"{county.address}/my/cases/")
        follow(page, page.get_by_role("link", name="城乡居民养老保险待遇申领").first.click)
        expect(page.locator("main")).to_contain_text("居民养老保险待遇核定决定书")
        href = page.locator(".files a", has_text="决定书").get_attribute("href")
        pdf = page.context.request.get(county.address + str(href)).body()
        return "".join(part.extract_text() for part in PdfReader(BytesIO(pdf)).pages).replace(" ", "")

    text = she.at_phone(decision)
    assert "每月养老金" in text
    assert "2026年5月" in text
    Books(county.bank).set_answer(WRONG, "wrong_account")
    county.on("2026-05-15")
    assert desk.pay(YearMonth(2026, 5)) == "closed"
    assert balanced()

    # she sees why, changes the account; it cools down; she is paid
    def returned(page: Page) -> str:
        page.goto(f"{county.address}/my/insurance/")
        expect(page.locator("main")).to_contain_text("账号不存在")
        follow(page, page.get_by_role("link", name="怎么算的").first.click)
        check_page(page, "j1-returned-phone")
        follow(page, page.get_by_role("link", name="换收款账户").click)
        return she.apply(page, "SB012", new_account(RIGHT), agree)

    desk.decide(she.at_phone(returned), three=False)
    assert desk.pay(YearMonth(2026, 5)) == "discarded", "nothing goes out while the new account cools down"
    county.on("2026-06-15")
    assert desk.pay(YearMonth(2026, 6)) == "closed"
    assert balanced()
    assert len(Books(county.bank).paid_into(RIGHT)) == 2

    # what she sees: payments, how they came about, and every clerk who opened her file
    def everything(size: str) -> Callable[[Page], None]:
        def look(page: Page) -> None:
            page.goto(f"{county.address}/my/insurance/")
            expect(page.locator("main")).to_contain_text("已发放")
            check_page(page, f"j1-insurance-{size}")
            follow(page, page.get_by_role("link", name="怎么算的").first.click)
            expect(page.locator("main")).to_contain_text("基础养老金标准")
            check_page(page, f"j1-payment-{size}")
            page.goto(f"{county.address}/my/insurance/")
            follow(page, page.get_by_role("link", name="城乡居民养老金", exact=True).first.click)
            check_page(page, f"j1-award-{size}")
            page.goto(f"{county.address}/my/viewers/")
            for post in ("经办", "复核", "审批"):
                expect(page.locator("main")).to_contain_text(post)
            check_page(page, f"j1-viewers-{size}")

        return look

    she.at_phone(everything("phone"), PHONE)
    she.at_phone(everything("desktop"), DESKTOP)
