"""J3: a village agent helps an old man, the line breaks while submitting, the retry finds the same case."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect
from tests.journeys.conftest import PHONE, County, check_page, context_of
from tests.journeys.hands import KEYS, POINTER, WAYS, Hands
from tests.journeys.office import BadLine, at_desk, follow, go

pytestmark = pytest.mark.slow

AGENT = "baidi.206.agent"
ITEM = {"phone": "SB081", "desktop": "ZH012", "keys": "ZH012"}
ANSWERS = {
    "SB081": {
        "retired_on.year": "2025",
        "retired_on.month": "7",
        "retired_on.day": "20",
        "address": "香山村三组 12 号",
        "emergency_name": "李小林",
        "emergency_phone": "10012345678",
    },
    "ZH012": {"matter": "补领社保卡", "where": "镇上的服务所", "story": "去了两次都说系统没有恢复"},
}


@pytest.fixture
def line(county: County) -> Iterator[BadLine]:
    """The village's line to the county."""
    made = BadLine(urlsplit(county.address).port or 80)
    yield made
    made.close()


def fill_in(page: Page, item: str, hands: Hands) -> None:
    """Type the answers; proofs that are not at hand follow later."""
    for name, value in ANSWERS[item].items():
        hands.write(page.locator(f"[name='{name}']"), value)
    later = page.locator("input[value=defer]")
    if later.count():
        hands.choose(later.first)


def submit(page: Page, hands: Hands) -> None:
    """Send the form: by its own key where the keyboard is all there is."""
    if hands is KEYS:
        page.keyboard.press("Alt+s")
    else:
        hands.press(page.get_by_role("button", name="提交", exact=True))


def serve(page: Page, id_number: str, hands: Hands) -> None:
    """End what is open and say who is helped."""
    ending = page.locator("#end-sitting button")
    if ending.count():
        go(page, hands, ending)
    hands.write(page.locator("#f-id_number"), id_number)
    follow(page, lambda: page.keyboard.press("Enter"))


def comes_back(page: Page, address: str) -> None:
    """Open the page again; the browser's own page about the lost line may come in between, however late."""
    try:
        page.goto(address)
    except Error as error:
        assert "interrupted by another navigation" in str(error)
        page.goto(address)


def cases_shown(page: Page) -> list[str]:
    """Give the numbers under “办过的事”."""
    return page.locator("table td[data-label='编号']").all_inner_texts()


@pytest.mark.parametrize("way", list(WAYS))
def test_the_line_breaks_while_submitting_and_the_retry_finds_the_same_case(
    browser: Browser, county: County, line: BadLine, way: str
) -> None:
    size, hands = WAYS[way]
    old_man, item = county.accounts["people"]["old_man"], ITEM[way]
    context = context_of(browser, size)
    page = context.new_page()
    at_desk(page, county, AGENT, "/counter/", address=line.address, hands=hands)
    serve(page, old_man["id_number"], hands)
    expect(page.locator(".person-name")).to_have_text(old_man["name"])
    before = cases_shown(page)
    form = f"/counter/items/{item}/"
    page.goto(line.address + form)
    check_page(page, f"j3-form-{way}")
    fill_in(page, item, hands)
    line.lose_answer_to(form)
    submit(page, hands)
    assert line.lost.wait(20), "the answer to the submit was not seen on the line"
    page.wait_for_timeout(800)  # the browser gives up and shows its own page
    assert not page.locator(".receipt-title").count()

    line.mend()
    comes_back(page, line.address + form)
    offer = page.get_by_role("button", name="接着填")
    expect(offer).to_be_visible()
    check_page(page, f"j3-draft-{way}")
    hands.press(offer)
    for name, value in ANSWERS[item].items():
        expect(page.locator(f"[name='{name}']")).to_have_value(value)
    follow(page, lambda: submit(page, hands))
    expect(page.locator(".receipt-title")).to_have_text("已经提交")
    number = page.locator(".receipt-number strong").inner_text()
    check_page(page, f"j3-receipt-{way}")
    assert page.evaluate("() => Object.keys(localStorage)") == []

    page.goto(f"{line.address}/counter/")
    assert sorted(cases_shown(page)) == sorted([*before, number]), "one case, however often it was sent"
    go(page, hands, page.locator("#end-sitting button"))
    assert old_man["name"] not in page.content()
    context.close()


def test_other_content_under_the_same_key_leads_to_the_case_that_is_there(
    browser: Browser, county: County, line: BadLine
) -> None:
    """After the break the agent changes an answer: no second case, and the page says so."""
    worker = county.accounts["people"]["old_man"]
    context = context_of(browser, PHONE)
    page = context.new_page()
    at_desk(page, county, AGENT, "/counter/", address=line.address)
    serve(page, worker["id_number"], POINTER)
    before = cases_shown(page)
    form = "/counter/items/ZH012/"
    page.goto(line.address + form)
    fill_in(page, "ZH012", POINTER)
    line.lose_answer_to(form)
    submit(page, POINTER)
    assert line.lost.wait(20)
    page.wait_for_timeout(800)  # the browser gives up and shows its own page
    assert not page.locator(".receipt-title").count()
    line.mend()
    comes_back(page, line.address + form)
    page.get_by_role("button", name="接着填").click()
    page.locator("[name=story]").fill("去了三次都没有办成")
    follow(page, lambda: submit(page, POINTER))
    expect(page.locator("#toasts")).to_contain_text("已经提交成功")
    page.goto(f"{line.address}/counter/")
    assert len(cases_shown(page)) == len(before) + 1
    follow(page, page.locator("#end-sitting button").click)
    context.close()
