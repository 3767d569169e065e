"""J0b: ticket, card, one-time notice, 容缺, decision on the spot, next client: nothing of her is left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.conftest import DESKTOP, County, check_page, context_of
from tests.journeys.hands import KEYS, WAYS, Hands
from tests.journeys.office import at_desk, follow, go
from tests.journeys.sign_in import people_with_phone

pytestmark = pytest.mark.slow

TOWN = "500236117"
CLERK = {"desktop": "baidi.counter1", "phone": "baidi.counter2", "keys": "baidi.counter1"}
LOST_WORK = (("year", "2026"), ("month", "3"), ("day", "5"))


def who_comes(county: County, way: str) -> dict[str, str]:
    """Three people of the township without work; none of them comes twice."""
    cast = {"desktop": "counter_client", "phone": "village_worker"}
    if way in cast:
        return dict(county.accounts["people"][cast[way]])
    return people_with_phone(county, TOWN)[1]


def take_ticket(page: Page, county: County, hands: Hands) -> str:
    """Touch the ticket machine once; give the number."""
    page.goto(f"{county.address}/kiosk/{TOWN}/")
    go(page, hands, page.get_by_role("button", name="就业", exact=True))
    return page.locator(".receipt-number strong").inner_text()


def call_and_begin(page: Page, number: str) -> None:
    """Call tickets by the key n until ours comes, then begin."""
    for _ in range(5):
        page.keyboard.press("Escape")  # out of the field, so that letters are keys again
        follow(page, lambda: page.keyboard.press("n"))
        if page.locator(".queue-now").first.inner_text() == number:
            break
        go(page, KEYS, page.get_by_role("button", name="没有来，过号"))
    page.keyboard.press("Escape")
    follow(page, lambda: page.keyboard.press("n"))


def is_taken_in(page: Page, hands: Hands) -> None:
    """Fill in the registration: notice of the missing proof to take home, then later hand-in, then submit."""
    opens(page, hands, "1", page.get_by_role("link", name="失业登记", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("失业登记")
    hands.choose(page.get_by_label("离开了工作单位"))
    for part, value in LOST_WORK:
        hands.write(page.locator(f"[name='leave_date.{part}']"), value)
    hands.choose(page.get_by_label("单位不要我了"))
    hands.choose(page.get_by_label("我现在没有工作"))
    opens(page, hands, "Alt+p", page.get_by_role("button", name="一次性告知"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("一次性告知")
    expect(page.locator("main")).to_contain_text("终止或解除劳动合同证明")
    check_page(page, "j0b-notice")
    opens(page, hands, "u", page.get_by_role("button", name="接着办"))
    assert page.locator("input[name=willing]").is_checked()
    hands.choose(page.get_by_label("先办理，之后补交"))
    opens(page, hands, "Alt+s", page.get_by_role("button", name="提交", exact=True))


def is_rated(page: Page, screen: Page, hands: Hands, name: str) -> None:
    """The clerk asks, the client presses one grade on her own screen; the clerk sees only that it was done."""
    opens(page, hands, "g", page.get_by_role("button", name="请本人评价"))
    expect(screen.get_by_text("这次办得怎么样")).to_be_visible()
    check_page(screen, name)
    if hands is KEYS:
        is_left_alone(screen, "grade-3")
    hands.press(screen.get_by_role("button", name="非常满意", exact=True))
    expect(screen.locator("#screen")).to_contain_text("谢谢您的评价")
    page.bring_to_front()
    page.reload()
    expect(page.locator("main")).to_contain_text("本人已经评价")


def is_left_alone(screen: Page, button: str) -> None:
    """Who is on a grade stays on that very button while the screen asks again by itself."""
    screen.bring_to_front()
    screen.evaluate("id => { const one = document.getElementById(id); one.focus(); one.seen = true; }", button)
    for _ in range(2):
        with screen.expect_response(lambda answer: "/counter/screen/" in answer.url) as asked:
            pass
        assert asked.value.status == 204
    assert screen.evaluate("[document.activeElement.id, document.activeElement.seen]") == [button, True]


def opens(page: Page, hands: Hands, key: str, place: Locator) -> None:
    """Use the page's own key where the keyboard is all there is, else press the button."""
    follow(page, (lambda: page.keyboard.press(key)) if hands is KEYS else (lambda: hands.press(place)))


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


@pytest.mark.parametrize("way", list(WAYS))
def test_a_person_is_served_at_the_window_and_nothing_of_her_is_left(
    browser: Browser, county: County, way: str
) -> None:
    size, hands = WAYS[way]
    who = who_comes(county, way)
    context = context_of(browser, size)
    page = context.new_page()
    number = take_ticket(page, county, hands)
    at_desk(page, county, CLERK[way], "/counter/", hands=hands)
    screen = context.new_page()
    screen.goto(f"{county.address}/counter/screen/")
    expect(screen.locator("#screen")).to_contain_text("欢迎")
    page.bring_to_front()

    call_and_begin(page, number)
    expect(page.get_by_role("heading", level=1)).to_contain_text("核对身份")
    page.keyboard.type(who["id_number"])  # the card reader types the number and Enter
    follow(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(".person-name")).to_have_text(who["name"])
    check_page(page, f"j0b-person-{way}")
    expect(screen.locator("#screen")).to_contain_text(who["name"])

    is_taken_in(page, hands)
    expect(page.locator(".receipt-title")).to_have_text("已经提交")
    expect(page.locator("main")).to_contain_text("之后补交")
    expect(screen.locator("#screen")).to_contain_text("单位不要我了")
    check_page(page, f"j0b-receipt-{way}")
    case_number = page.locator(".receipt-number strong").inner_text()
    go(page, hands, page.get_by_role("button", name="当场受理"))
    review(browser, county, case_number)
    opens(page, hands, "r", page.get_by_role("link", name="刷新进度"))
    expect(page.locator(".receipt-title")).to_have_text("已经办结")
    expect(page.locator(".files")).to_contain_text("失业登记确认单")
    paper = context.request.get(county.address + str(page.locator(".files a").last.get_attribute("href")))
    assert paper.body().startswith(b"%PDF")
    go(page, hands, page.get_by_role("button", name="文书已交给本人"))

    is_rated(page, screen, hands, f"j0b-rating-{way}")
    opens(page, hands, "e", page.locator("#end-sitting button"))
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
    check_page(screen, f"j0b-screen-empty-{way}")
    context.close()


def test_pages_of_the_window_are_in_no_cache(browser: Browser, county: County) -> None:
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    at_desk(page, county, "xian.counter1", "/counter/")
    answer = page.goto(f"{county.address}/counter/")
    assert answer is not None
    assert answer.headers["cache-control"] == "private, no-store"
    context.close()
