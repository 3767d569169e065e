"""J0: a laid-off worker registers on her phone, the township decides, the paper comes, she rates and sees who looked.

The same at a desk, and once more with the keyboard alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader, PdfWriter
from tests.journeys.conftest import DESKTOP, County, check_page, context_of
from tests.journeys.hands import KEYS, POINTER, Hands
from tests.journeys.office import follow, go, township_decides
from tests.journeys.sign_in import open_account, people_with_phone, sign_in_public, staff_of

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MOST_TAPS = 12
WORDS = "厂里不要我了"
TOWN = "500236117"


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


def test_with_the_keyboard_alone(desktop: Page, browser: Browser, county: County, tmp_path: Path) -> None:
    """From opening an account to rating; an office job that ended, the proof handed in later."""
    page, hands = desktop, KEYS
    her = people_with_phone(county, TOWN)[0]
    open_account(page, county, her, hands=hands)
    hands.write(page.get_by_role("searchbox"), WORDS)
    follow(page, lambda: page.keyboard.press("Enter"))
    go(page, hands, page.get_by_role("link", name="失业登记", exact=True))
    go(page, hands, page.get_by_role("button", name="开始填写"))
    hands.choose(page.get_by_label("离开了工作单位"))
    go(page, hands, page.get_by_role("button", name="继续"))
    for part, text in (("year", "2026"), ("month", "9"), ("day", "30")):
        hands.write(page.locator(f"[name='leave_date.{part}']"), text)
    hands.choose(page.get_by_label("合同到期不续了"))
    hands.write(page.locator("[name=last_employer]"), "夔门制衣厂")
    go(page, hands, page.get_by_role("button", name="继续"))
    hands.choose(page.get_by_label("我现在没有工作，能劳动"))
    go(page, hands, page.get_by_role("button", name="继续"))
    hands.choose(page.get_by_label("先办理，之后补交"))
    go(page, hands, page.get_by_role("button", name="继续"))
    expect(page.get_by_text("合同到期不续了")).to_be_visible()
    go(page, hands, page.get_by_role("button", name="确认提交"))
    number = has_receipt(page)
    expect(page.get_by_text("您选了之后补交：终止或解除劳动合同证明")).to_be_visible()
    go(page, hands, page.locator(".receipt a.btn-primary"))
    expect(page.get_by_role("heading", name="失业登记")).to_be_visible()
    hands_in_later(page, hands, tmp_path / "证明.pdf")
    township_decides(browser, county, number, TOWN, hands)
    paper_arrives_and_verifies(page, browser, county, number)
    rates(page, hands)
    sees_who_looked(page, county, number, TOWN, hands)


def hands_in_later(page: Page, hands: Hands, paper: Path) -> None:
    """The proof that was left for later is handed in from the case, and nothing more is asked for (容缺后补)."""
    book = PdfWriter()
    book.add_blank_page(595, 842)
    book.write(paper)
    expect(page.get_by_text("还有材料要补")).to_be_visible()
    go(page, hands, page.get_by_role("link", name="补交材料"))
    check_page(page, "j0-supply")
    hands.give(page.locator("[name='file.leave_proof']"), paper)
    go(page, hands, page.get_by_role("button", name="交上去"))
    expect(page.get_by_text("还有材料要补")).to_have_count(0)


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


def rates(page: Page, hands: Hands = POINTER) -> None:
    """A rating is given once and thanked for."""
    hands.choose(page.get_by_label("非常满意", exact=True))
    hands.choose(page.get_by_label("少跑腿"))
    hands.write(page.get_by_label("想说的话"), "没跑一趟就办好了")
    hands.press(page.get_by_role("button", name="提交评价"))
    expect(page.get_by_text("您已经评价：非常满意")).to_be_visible()


def sees_who_looked(page: Page, county: County, number: str, town: str, hands: Hands = POINTER) -> None:
    """Every clerk who opened the file is there: body, post and why, never the name."""
    go(page, hands, page.get_by_role("link", name="谁看过我的信息").first)
    check_page(page, "j0-viewers")
    looks = page.get_by_role("table", name="查阅记录")
    for function, post in (("handler", "经办"), ("reviewer", "复核")):
        officer = county.accounts["staff"][staff_of(county, town, function)]
        rows = looks.get_by_role("row").filter(has_text=post).filter(has_text=f"办理您的业务（{number}）")
        expect(rows.first).to_contain_text(officer["organisation"])
        expect(looks).not_to_contain_text(officer["name"])
