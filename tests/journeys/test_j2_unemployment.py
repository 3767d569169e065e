"""J2: a laid-off worker at the window: one form registers and pays; a death stops money, a late one is a debt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from tests.channels.staffed import VILLAGE, Somebody, clerk, prepare, somebody
from tests.domains.insurance.office import Office
from tests.domains.insurance.people import firm, insured
from tests.domains.insurance.test_story import draws_unemployment, pay_run
from tests.funds.conftest import open_office
from tests.journeys.conftest import DESKTOP, PHONE, check_page
from tests.journeys.office import follow
from tests.journeys.served import SYSTEM, Served, public_account, served

from hrss.casework import jobs as casework_jobs
from hrss.casework.models import BundleMember
from hrss.domains.insurance import jobs
from hrss.domains.insurance.models import Award
from hrss.exchange.simulators import data, fleet
from hrss.foundation.identity.models import Account
from hrss.foundation.outbox.delivery import deliver_waiting
from hrss.foundation.people.queries import reveal_id_number
from hrss.foundation.scope import acting
from hrss.funds.payables.queries import payments_of
from hrss.funds.recovery.models import Debt
from hrss.kernel.months import YearMonth

pytestmark = pytest.mark.slow

COUNTY = "500236"
NUMBER = "6217001234567890122"
STANDARD = 186_400


@pytest.fixture
def county(real_db: str, tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, since=date(2026, 9, 1)) as running:
        prepare()
        yield running


def at_the_window(page: Page, county: Served, who: Somebody) -> str:
    """Show the card, choose the package, fill in one form; gives the package's number."""
    page.goto(f"{county.address}/counter/")
    page.locator("input[name=id_number]").first.fill(who.id_number)
    follow(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(".person-name")).to_have_text(who.name)
    follow(page, page.get_by_role("link", name="失业", exact=True).click)
    page.get_by_label("失业保险金申领").check()
    check_page(page, "j2-choose")
    follow(page, page.get_by_role("button", name="填表").click)
    page.locator("input[name=situation][value=left_unit]").check()
    for part, value in (("year", "2026"), ("month", "9"), ("day", "1")):
        page.locator(f"[name='leave_date.{part}']").fill(value)
    page.locator("input[name=leave_reason][value=dismissed]").check()
    page.locator("input[name=phone]").fill("10012345678")
    page.locator("select[name=residence]").select_option(VILLAGE)
    page.locator("input[name=willing]").check()
    page.locator("input[name=pay_to][value=new]").check()
    page.locator("input[name=bank]").fill("重庆农村商业银行")
    page.locator("input[name=bank_number]").fill(NUMBER)
    assert page.locator("input[name=leave_reason][value=dismissed]").count() == 1, "asked once"
    page.locator("input[name='way.leave_proof'][value=promise]").check()
    check_page(page, "j2-form")
    follow(page, page.get_by_role("button", name="一起提交").click)
    expect(page.locator(".receipt-title")).to_have_text("已经提交")
    check_page(page, "j2-bundle")
    return page.locator(".receipt-number strong").inner_text()


def member(item: str, person: UUID) -> BundleMember:
    with acting(SYSTEM):
        return BundleMember.objects.select_related("case", "bundle").get(item_code=item, bundle__person_id=person)


def decide(browser: Browser, county: Served, number: str, steps: dict[str, object]) -> None:
    """Each clerk finds the case and does the own step."""
    for step, account in steps.items():
        context = county.browser_for(browser, account, DESKTOP)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{county.address}/work/inbox/?view=all&text={number}")
        follow(page, page.locator("tr", has_text=number).locator("a").first.click)
        if step == "审批":
            expect(page.locator(".proposal")).to_contain_text("9 个月")
            check_page(page, "j2-approve")
        follow(page, page.get_by_role("button", name=step, exact=True).click)
        context.close()


def known_to_police(county: Served, who: Somebody) -> None:
    row = {"id_number": who.id_number, "name": who.name, "relation": "head", "since": "2001-03-01"}
    home = {"household_no": "500236117000009", "address": "奉节县白帝镇", "hukou": "rural", "members": [row]}
    register = fleet.register_path(county.agencies, "police")
    data.write("police.household", [(who.id_number, home)], register)


def dies(county: Served, person: UUID, on: str) -> None:
    """The police learn of a death; the nightly check takes it over."""
    with acting(SYSTEM):
        number = reveal_id_number(person, actor=SYSTEM)
    row = {"died_on": on, "certificate_no": f"死证{on.replace('-', '')}001"}
    data.write("police.death", [(number, row)], fleet.register_path(county.agencies, "police"))
    assert jobs.check_deaths() == 1
    deliver_waiting()


def debt_of(person: UUID) -> Debt:
    with acting(SYSTEM):
        return Debt.objects.get(person_id=person)


def decided(browser: Browser, county: Served, debt: Debt, son: Somebody, posts: dict[str, Account]) -> None:
    """The handler finds the debt in the list, names the son and asks for the money; two others agree."""
    for step, account in posts.items():
        context = county.browser_for(browser, account, DESKTOP)
        page = context.new_page()
        page.goto(f"{county.address}/work/debts/")
        check_page(page, f"j2-debts-{step}")
        follow(page, page.get_by_role("link", name=debt.number).first.click)
        expect(page.locator("main")).to_contain_text("3,728.00")
        if step == "经办":
            name_and_propose(page, son)
        else:
            check_page(page, f"j2-debt-{step}")
            follow(page, page.get_by_role("button", name=f"{step}通过").click)
        context.close()


def name_and_propose(page: Page, son: Somebody) -> None:
    page.get_by_text("本人去世，由谁退").click()
    page.get_by_label("继承人身份证号码").fill(son.id_number)
    page.get_by_label("是去世人员的什么人").fill("儿子")
    follow(page, page.get_by_role("button", name="确定").click)
    expect(page.locator("main")).to_contain_text("周小明（儿子）")
    follow(page, page.get_by_role("button", name="要求退回", exact=True).click)
    expect(page.locator(".error-summary")).to_contain_text("请写明理由")
    page.get_by_label("理由").first.fill("九月去世，十月、十一月仍发放了失业保险金")
    check_page(page, "j2-debt-decide")
    follow(page, page.get_by_role("button", name="要求退回", exact=True).click)
    expect(page.locator("main")).to_contain_text("待复核")


def pays_back(browser: Browser, county: Served, son: Somebody, debt: Debt) -> None:
    """The son reads which months on his phone, pays a part and then the rest."""
    context = county.browser_for(browser, public_account(son.id, son.name), PHONE)
    page = context.new_page()
    page.goto(f"{county.address}/my/debts/")
    check_page(page, "j2-my-debts-phone")
    follow(page, page.get_by_role("link", name="失业保险金").first.click)
    expect(page.locator("main")).to_contain_text("2026年10月")
    expect(page.locator("main")).to_contain_text("在继承的遗产范围内")
    check_page(page, "j2-my-debt-phone")
    pdf = page.context.request.get(f"{county.address}/my/debts/{debt.id}/decision.pdf").body()
    text = "".join(part.extract_text() for part in PdfReader(BytesIO(pdf)).pages).replace(" ", "").replace("\n", "")
    assert "3,728.00" in text
    assert "行政复议" in text
    for amount in ("1000", ""):
        if amount:
            page.locator("input[name=amount]").fill(amount)
        follow(page, page.get_by_role("button", name="去支付").click)
        check_page(page, "j2-bill-phone")
        follow(page, page.get_by_role("button", name="确认支付").click)
        expect(page.locator(".notice-success")).to_contain_text("已经收到")
    check_page(page, "j2-my-debt-paid-phone")
    page.set_viewport_size({"width": DESKTOP["width"], "height": DESKTOP["height"]})
    context.add_cookies([{"name": "elder", "value": "1", "url": county.address}])
    page.goto(f"{county.address}/my/debts/{debt.id}/")
    check_page(page, "j2-my-debt-elder")
    context.close()


def test_one_form_at_the_window_and_what_a_death_stops(chromium: Browser, county: Served) -> None:
    county.on("2026-09-16")
    who, finance = somebody("李远山", born="19880721"), open_office()
    known_to_police(county, who)
    insured(who.id, firm(), YearMonth(2023, 8), 36)
    window, reviewer, approver = clerk("counter", name="柳窗口"), clerk("reviewer"), clerk("approver", region=COUNTY)
    handler = clerk("handler")
    context = county.browser_for(chromium, window, DESKTOP)
    page = context.new_page()
    at_the_window(page, county, who)
    registration = member("JY010", who.id)
    assert registration.case is not None
    assert member("SB068", who.id).state == "waiting"
    decide(chromium, county, registration.case.number, {"受理": handler, "复核": reviewer})
    with acting(SYSTEM):
        casework_jobs.advance_package(bundle_id=str(registration.bundle_id))
    benefit = member("SB068", who.id).case
    assert benefit is not None, "nothing was missing: no draft, no second question"
    decide(chromium, county, benefit.number, {"受理": handler, "复核": reviewer, "审批": approver})
    context.close()
    with acting(SYSTEM):
        award = Award.objects.get(person_id=who.id)
    assert (award.facts["paid_months"], award.facts["months"], award.amount_fen) == (36, 9, STANDARD)

    # two others draw; one is known dead before the run, the other too late
    office = Office()
    early = draws_unemployment(office, "王大江", "6217001234567890130", on=date(2026, 9, 16))
    late = draws_unemployment(office, "周红旗", "6217001234567890148", on=date(2026, 9, 16))
    county.on("2026-10-15")
    dies(county, early, "2026-09-28")
    pay_run(finance, county.bank, "unemployment", YearMonth(2026, 10))
    assert [one.month for one in payments_of(early, actor=SYSTEM)] == [YearMonth(2026, 9)]
    county.on("2026-11-15")
    pay_run(finance, county.bank, "unemployment", YearMonth(2026, 11))
    dies(county, late, "2026-09-30")
    deliver_waiting()
    debt = debt_of(late)
    assert (debt.amount, debt.state, debt.reason) == (2 * STANDARD, "open", "去世")
    son = somebody("周小明", born="19990721")
    decided(chromium, county, debt, son, {"经办": handler, "复核": reviewer, "审批": approver})
    pays_back(chromium, county, son, debt)
    assert debt_of(late).state == "settled"

    # the worker sees months, money and how both came about
    account = public_account(who.id, who.name)
    for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
        own = county.browser_for(chromium, account, size)
        page = own.new_page()
        page.goto(f"{county.address}/my/insurance/")
        expect(page.locator("main")).to_contain_text("1,864.00 元/月")
        check_page(page, f"j2-insurance-{name}")
        follow(page, page.get_by_role("link", name="失业保险金", exact=True).first.click)
        expect(page.locator("main")).to_contain_text("36 个月")
        check_page(page, f"j2-award-{name}")
        own.close()
