"""J0b: ticket, card, one-time notice, 容缺, decision on the spot, next client: nothing of her is left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, County, check_page, context_of
from tests.journeys.office import at_desk, follow, tab_to

TOWN = "500236117"
LEFT = {"desktop": DESKTOP, "phone": PHONE}
WHO = {"desktop": "counter_client", "phone": "village_worker"}
CLERK = {"desktop": "baidi.counter1", "phone": "baidi.counter2"}


def take_ticket(page: Page, county: County) -> str:
    """Touch the ticket machine once; give the number."""
    page.goto(f"{county.address}/kiosk/{TOWN}/")
    follow(page, page.get_by_role("button", name="就业", exact=True).click)
    return page.locator(".receipt-number strong").inner_text()


def call_and_begin(page: Page, number: str) -> None:
    """Call tickets by the key n until ours comes, then begin."""
    for _ in range(5):
        page.locator("h1").first.click()
        page.keyboard.press("Escape")
        follow(page, lambda: page.keyboard.press("n"))
        if page.locator(".queue-now").first.inner_text() == number:
            break
        follow(page, page.get_by_role("button", name="没有来，过号").click)
    page.locator("h1").first.click()
    follow(page, lambda: page.keyboard.press("n"))


def by_keys(page: Page) -> None:
    """Fill in the registration without a mouse: notice of the missing proof, then later hand-in, then submit."""
    follow(page, lambda: page.keyboard.press("1"))
    expect(page.get_by_role("heading", level=1)).to_have_text("失业登记")
    if not page.locator("input[name=situation][value=left_unit]").is_checked():
        tab_to(page, "input[name=situation]")
        page.keyboard.press("Space")
    tab_to(page, "input[name=leave_reason]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=willing]")
    page.keyboard.press("Space")
    follow(page, lambda: page.keyboard.press("Alt+p"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("一次性告知")
    expect(page.locator("main")).to_contain_text("终止或解除劳动合同证明")
    check_page(page, "j0b-notice")
    follow(page, lambda: page.keyboard.press("u"))
    assert page.locator("input[name=willing]").is_checked()
    tab_to(page, "input[name='way.leave_proof']")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name='way.leave_proof'][value=defer]").is_checked()
    follow(page, lambda: page.keyboard.press("Alt+s"))


def by_touch(page: Page) -> None:
    """The same by touch."""
    follow(page, page.get_by_role("link", name="失业登记", exact=True).click)
    page.get_by_label("离开了工作单位").check()
    for part, value in (("year", "2026"), ("month", "3"), ("day", "5")):
        page.locator(f"[name='leave_date.{part}']").fill(value)
    page.get_by_label("单位不要我了").check()
    page.get_by_label("我现在没有工作").check()
    follow(page, page.get_by_role("button", name="一次性告知").click)
    expect(page.locator("main")).to_contain_text("终止或解除劳动合同证明")
    follow(page, page.get_by_role("button", name="接着办").click)
    page.get_by_label("先办理，之后补交").check()
    follow(page, page.get_by_role("button", name="提交", exact=True).click)


def review(browser: Browser, county: County, number: str) -> None:
    """The reviewer of the township agrees: find, open, one click."""
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    at_desk(page, county, "baidi.reviewer1")
    row = page.locator("tr", has_text=number)
    follow(page, row.locator("a").click)
    expect(page.locator(".proposal")).to_contain_text("可以同意")
    check_page(page, "j0b-review")
    follow(page, page.get_by_role("button", name="复核", exact=True).click)
    expect(page.locator(".page-actions")).to_contain_text("已办结")
    context.close()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_person_is_served_at_the_window_and_nothing_of_her_is_left(
    browser: Browser, county: County, size: str
) -> None:
    who = county.accounts["people"][WHO[size]]
    context = context_of(browser, LEFT[size])
    page = context.new_page()
    number = take_ticket(page, county)
    at_desk(page, county, CLERK[size], "/counter/")
    screen = context.new_page()
    screen.goto(f"{county.address}/counter/screen/")
    expect(screen.locator("#screen")).to_contain_text("欢迎")
    page.bring_to_front()

    call_and_begin(page, number)
    expect(page.get_by_role("heading", level=1)).to_contain_text("核对身份")
    page.keyboard.type(who["id_number"])  # the card reader types the number and Enter
    follow(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(".person-name")).to_have_text(who["name"])
    check_page(page, f"j0b-person-{size}")
    expect(screen.locator("#screen")).to_contain_text(who["name"])

    (by_keys if size == "desktop" else by_touch)(page)
    expect(page.locator(".receipt-title")).to_have_text("已经提交")
    expect(page.locator("main")).to_contain_text("之后补交")
    expect(screen.locator("#screen")).to_contain_text("单位不要我了")
    check_page(page, f"j0b-receipt-{size}")
    case_number = page.locator(".receipt-number strong").inner_text()
    follow(page, page.get_by_role("button", name="当场受理").click)
    review(browser, county, case_number)
    page.locator(".receipt-title").click()
    follow(page, lambda: page.keyboard.press("r"))
    expect(page.locator(".receipt-title")).to_have_text("已经办结")
    expect(page.locator(".files")).to_contain_text("失业登记确认单")
    paper = context.request.get(county.address + str(page.locator(".files a").last.get_attribute("href")))
    assert paper.body().startswith(b"%PDF")
    follow(page, page.get_by_role("button", name="文书已交给本人").click)

    page.locator(".receipt-title").click()
    follow(page, lambda: page.keyboard.press("e"))
    expect(page.get_by_role("heading", level=1)).to_have_text("下一位")
    expect(screen.locator("#screen")).to_contain_text("欢迎")
    traces = (who["name"], who["id_number"], who["phone"], case_number)
    for shown in (page, screen):
        assert not [trace for trace in traces if trace in shown.content()]
    assert page.evaluate("() => Object.keys(localStorage)") == []
    left = page.evaluate("() => Object.values(sessionStorage)")
    assert left in ([], ["/counter/?ended=1"]), left  # HTMX remembers where it is; that is all
    page.go_back()
    page.wait_for_load_state()
    assert not [trace for trace in traces if trace in page.content()], "the back button shows the person before"
    check_page(screen, f"j0b-screen-empty-{size}")
    context.close()


def test_pages_of_the_window_are_in_no_cache(browser: Browser, county: County) -> None:
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    at_desk(page, county, "xian.counter1", "/counter/")
    answer = page.goto(f"{county.address}/counter/")
    assert answer is not None
    assert answer.headers["cache-control"] == "private, no-store"
    context.close()
