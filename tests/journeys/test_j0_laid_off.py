"""J0: a laid-off worker registers on her phone, the township decides, the paper comes, she rates and sees who looked.

The same at a desk, and once more with the keyboard alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader
from tests.journeys.conftest import DESKTOP, County, check_page, context_of
from tests.journeys.office import at_desk, follow, tab_to
from tests.journeys.sign_in import open_account, people_with_phone, sign_in_public, staff_of

pytestmark = pytest.mark.journey
MOST_TAPS = 12
WORDS = "厂里不要我了"


class Finger:
    """Taps, counted."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, place: Locator) -> None:
        """Tap once."""
        self.taps += 1
        place.click()


def test_on_a_phone_in_at_most_twelve_taps(phone: Page, browser: Browser, county: County) -> None:
    her = county.accounts["people"]["laid_off"]
    sign_in_public(phone, county, "laid_off")
    finger = Finger()
    finger.tap(phone.get_by_role("searchbox"))
    phone.keyboard.type(WORDS)
    finger.tap(phone.get_by_role("button", name="搜索"))
    check_page(phone, "j0-phone-search")
    finger.tap(phone.get_by_role("link", name="失业登记", exact=True))
    sees_before_applying(phone, her)
    check_page(phone, "j0-phone-guide")
    finger.tap(phone.get_by_role("button", name="开始填写"))
    expect(phone.get_by_label("离开了工作单位")).to_be_checked()  # known from the employment register
    check_page(phone, "j0-phone-situation")
    finger.tap(phone.get_by_role("button", name="继续"))
    finger.tap(phone.get_by_text("单位不要我了"))
    check_page(phone, "j0-phone-reason")
    finger.tap(phone.get_by_role("button", name="继续"))
    expect(phone.get_by_label("现在住在哪个村（社区）")).to_have_value(her["region_code"])
    expect(phone.get_by_label("手机号")).to_have_value(her["phone"])
    finger.tap(phone.get_by_text("我现在没有工作，能劳动"))
    check_page(phone, "j0-phone-contact")
    finger.tap(phone.get_by_role("button", name="继续"))
    finger.tap(phone.get_by_text("书面承诺", exact=True))
    check_page(phone, "j0-phone-proofs")
    finger.tap(phone.get_by_role("button", name="继续"))
    check_page(phone, "j0-phone-check")
    finger.tap(phone.get_by_role("button", name="确认提交"))
    number = has_receipt(phone)
    check_page(phone, "j0-phone-receipt")
    assert finger.taps <= MOST_TAPS
    township_decides(browser, county, number, her["region_code"][:9])
    paper_arrives_and_verifies(phone, browser, county, number)
    check_page(phone, "j0-phone-case")
    rates(phone)
    sees_who_looked(phone, county, number, her["region_code"][:9])


def test_at_a_desk(desktop: Page, browser: Browser, county: County) -> None:
    her = county.accounts["people"]["graduate"]
    sign_in_public(desktop, county, "graduate")
    desktop.get_by_role("searchbox").fill(WORDS)
    desktop.keyboard.press("Enter")
    desktop.get_by_role("link", name="失业登记", exact=True).click()
    check_page(desktop, "j0-desktop-guide")
    desktop.get_by_role("button", name="开始填写").click()
    desktop.get_by_text("毕业后还没有工作").click()
    desktop.get_by_role("button", name="继续").click()
    desktop.get_by_text("我现在没有工作，能劳动").click()
    desktop.get_by_role("button", name="继续").click()  # no proof is needed: straight to the check
    expect(desktop.get_by_role("heading", name="请核对您填的内容")).to_be_visible()
    check_page(desktop, "j0-desktop-check")
    desktop.get_by_role("button", name="确认提交").click()
    number = has_receipt(desktop)
    check_page(desktop, "j0-desktop-receipt")
    township_decides(browser, county, number, her["region_code"][:9])
    paper_arrives_and_verifies(desktop, browser, county, number)
    check_page(desktop, "j0-desktop-case")
    rates(desktop)


def test_with_the_keyboard_alone(desktop: Page, county: County) -> None:
    keys = desktop.keyboard
    open_account(desktop, county, people_with_phone(county)[0])
    tab_to(desktop, "input[type=search]")
    keys.type(WORDS)
    follow(desktop, lambda: keys.press("Enter"))
    press(desktop, "a[href='/items/JY010/']")
    press(desktop, "form[action$='/start/'] button")
    choose(desktop, "situation", times=0)  # 离开了工作单位
    press(desktop, "main form .btn-primary")
    for part, text in (("year", "2026"), ("month", "9"), ("day", "30")):
        tab_to(desktop, f"[name='leave_date.{part}']")
        keys.press("Control+A")
        keys.type(text)
    choose(desktop, "leave_reason", times=1)  # 合同到期不续了
    tab_to(desktop, "[name=last_employer]")
    keys.type("夔门制衣厂")
    press(desktop, "main form .btn-primary")
    tab_to(desktop, "[name=willing]")
    keys.press("Space")
    press(desktop, "main form .btn-primary")
    choose(desktop, "way.leave_proof", times=1)  # 先办理，之后补交
    press(desktop, "main form .btn-primary")
    expect(desktop.get_by_text("合同到期不续了")).to_be_visible()
    press(desktop, "main form .btn-primary")
    has_receipt(desktop)
    expect(desktop.get_by_text("您选了之后补交：终止或解除劳动合同证明")).to_be_visible()
    press(desktop, ".receipt a.btn-primary")
    expect(desktop.get_by_role("heading", name="失业登记")).to_be_visible()


def press(page: Page, selector: str) -> None:
    """Go to a link or button with Tab and open it with Enter."""
    tab_to(page, selector)
    follow(page, lambda: page.keyboard.press("Enter"))


def choose(page: Page, name: str, *, times: int) -> None:
    """Go to a group of choices, take the first with the space bar and move on with the arrow key."""
    tab_to(page, f"[name='{name}']")
    page.keyboard.press("Space")
    for _ in range(times):
        page.keyboard.press("ArrowDown")


def sees_before_applying(page: Page, her: dict[str, Any]) -> None:
    """What is needed and what is already known stands above the start."""
    expect(page.get_by_text("您现在可以登记")).to_be_visible()
    known = page.locator(".summary").filter(has_text="这些已经替您填好")
    expect(known).to_contain_text(her["phone"])
    expect(known).to_contain_text("来自就业登记")
    needed = page.locator(".checklist")
    expect(needed).to_contain_text("居民身份证")
    expect(needed).to_contain_text("不用交，系统来查")
    expect(needed).to_contain_text("终止或解除劳动合同证明")


def has_receipt(page: Page) -> str:
    """Number and day are on the receipt; gives the number."""
    expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    number = page.locator(".receipt-number strong").inner_text()
    assert re.fullmatch(r"500236[0-9]{16}", number), number
    expect(page.locator(".receipt")).to_contain_text(
        re.compile(r"(最晚哪天答复|最晚办结)\s*20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日")
    )
    return number


def township_decides(browser: Browser, county: County, number: str, town: str) -> None:
    """Accepted in two clicks from the inbox by one officer, reviewed by another."""
    for function, button in (("handler", "受理"), ("reviewer", "复核")):
        context = context_of(browser, DESKTOP)
        page = context.new_page()
        at_desk(page, county, staff_of(county, town, function), f"/work/inbox/?view=all&text={number}")
        row = page.locator("tr[data-row]").filter(has_text=number)
        expect(row).to_be_visible()
        row.get_by_role("link").click()  # one
        page.locator(".case-layout").get_by_role("button", name=button, exact=True).first.click()  # two
        expect(page.locator(".case-layout")).to_be_visible()
        context.close()


def paper_arrives_and_verifies(page: Page, browser: Browser, county: County, number: str) -> None:
    """The confirmation is there as PDF; the address in its QR says to anybody that it is genuine."""
    page.goto(f"{county.address}/my/cases/")
    page.get_by_role("link", name="失业登记", exact=True).click()
    paper = page.get_by_role("link", name="失业登记确认单")
    wait_until(page, lambda: paper.count() > 0)
    answer = page.request.get(county.address + str(paper.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(answer.body())).pages)
    found = re.search(r"(https?://\S+/verify/[0-9A-Z]{20})", re.sub(r"\s", "", text).replace("核对真伪", " "))
    assert found is not None, text
    assert found[1].startswith(county.address)
    stranger = context_of(browser, DESKTOP)
    seen = stranger.new_page()
    seen.goto(found[1])
    expect(seen.get_by_text("这份文书是真的")).to_be_visible()
    check_page(seen, "j0-verify")
    stranger.close()


def wait_until(page: Page, there: Callable[[], bool], *, tries: int = 30) -> None:
    """Reload until something is there; papers are made in the background."""
    for _ in range(tries):
        if there():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"it never came: {page.url}")


def rates(page: Page) -> None:
    """A rating is given once and thanked for."""
    page.get_by_label("非常满意", exact=True).check()
    page.get_by_label("少跑腿").check()
    page.get_by_label("想说的话").fill("没跑一趟就办好了")
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("您已经评价：非常满意")).to_be_visible()


def sees_who_looked(page: Page, county: County, number: str, town: str) -> None:
    """Every clerk who opened the file is there: body, post and why, never the name."""
    page.get_by_role("link", name="谁看过我的信息").first.click()
    check_page(page, "j0-viewers")
    looks = page.get_by_role("table", name="查阅记录")
    for function, post in (("handler", "经办"), ("reviewer", "复核")):
        officer = county.accounts["staff"][staff_of(county, town, function)]
        rows = looks.get_by_role("row").filter(has_text=post).filter(has_text=f"办理您的业务（{number}）")
        expect(rows.first).to_contain_text(officer["organisation"])
        expect(looks).not_to_contain_text(officer["name"])
