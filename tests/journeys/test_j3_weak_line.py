"""J3: a village agent helps an old man, the line breaks while submitting, the retry finds the same case."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, County, check_page, context_of
from tests.journeys.office import BadLine, at_desk, follow, tab_to

AGENT = "baidi.206.agent"
SIZES = {"phone": PHONE, "desktop": DESKTOP}
ITEM = {"phone": "SB081", "desktop": "ZH012"}
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


def fill_in(page: Page, item: str, *, keys: bool) -> None:
    """Type the answers; proofs that are not at hand follow later."""
    for name, value in ANSWERS[item].items():
        if keys:
            tab_to(page, f"[name='{name}']")
            page.keyboard.type(value)
        else:
            page.locator(f"[name='{name}']").fill(value)
    later = page.locator("input[value=defer]")
    if later.count():
        later.first.check()


def submit(page: Page, *, keys: bool) -> None:
    """Send the form."""
    if keys:
        page.keyboard.press("Alt+s")
    else:
        page.get_by_role("button", name="提交", exact=True).click(no_wait_after=True)


def serve(page: Page, id_number: str) -> None:
    """End what is open and say who is helped."""
    ending = page.locator("#end-sitting button")
    if ending.count():
        follow(page, ending.click)
    page.locator("#f-id_number").fill(id_number)
    follow(page, lambda: page.keyboard.press("Enter"))


def cases_shown(page: Page) -> list[str]:
    """Give the numbers under “办过的事”."""
    return page.locator("table td[data-label='编号']").all_inner_texts()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_line_breaks_while_submitting_and_the_retry_finds_the_same_case(
    browser: Browser, county: County, line: BadLine, size: str
) -> None:
    old_man, item, keys = county.accounts["people"]["old_man"], ITEM[size], size == "desktop"
    context = context_of(browser, SIZES[size])
    page = context.new_page()
    at_desk(page, county, AGENT, "/counter/", address=line.address)
    serve(page, old_man["id_number"])
    expect(page.locator(".person-name")).to_have_text(old_man["name"])
    before = cases_shown(page)
    form = f"/counter/items/{item}/"
    page.goto(line.address + form)
    check_page(page, f"j3-form-{size}")
    fill_in(page, item, keys=keys)
    line.lose_answer_to(form)
    submit(page, keys=keys)
    assert line.lost.wait(20), "the answer to the submit was not seen on the line"
    page.wait_for_timeout(800)  # the browser gives up and shows its own page
    assert not page.locator(".receipt-title").count()

    line.mend()
    page.goto(line.address + form)
    offer = page.get_by_role("button", name="接着填")
    expect(offer).to_be_visible()
    check_page(page, f"j3-draft-{size}")
    offer.click()
    for name, value in ANSWERS[item].items():
        expect(page.locator(f"[name='{name}']")).to_have_value(value)
    follow(page, lambda: submit(page, keys=keys))
    expect(page.locator(".receipt-title")).to_have_text("已经提交")
    number = page.locator(".receipt-number strong").inner_text()
    check_page(page, f"j3-receipt-{size}")
    assert page.evaluate("() => Object.keys(localStorage)") == []

    page.goto(f"{line.address}/counter/")
    assert sorted(cases_shown(page)) == sorted([*before, number]), "one case, however often it was sent"
    follow(page, page.locator("#end-sitting button").click)
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
    serve(page, worker["id_number"])
    before = cases_shown(page)
    form = "/counter/items/ZH012/"
    page.goto(line.address + form)
    fill_in(page, "ZH012", keys=False)
    line.lose_answer_to(form)
    submit(page, keys=False)
    assert line.lost.wait(20)
    page.wait_for_timeout(800)  # the browser gives up and shows its own page
    assert not page.locator(".receipt-title").count()
    line.mend()
    page.goto(line.address + form)
    page.get_by_role("button", name="接着填").click()
    page.locator("[name=story]").fill("去了三次都没有办成")
    follow(page, lambda: submit(page, keys=False))
    expect(page.locator("#toasts")).to_contain_text("已经提交成功")
    page.goto(f"{line.address}/counter/")
    assert len(cases_shown(page)) == len(before) + 1
    follow(page, page.locator("#end-sitting button").click)
    context.close()
