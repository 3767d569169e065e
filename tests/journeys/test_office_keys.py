"""The inbox without a mouse: j and k move, x ticks, a asks for a preview, Enter confirms; keys can be switched off."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from tests.journeys.conftest import DESKTOP, County, check_page, context_of
from tests.journeys.office import at_desk, follow

FOCUSED_ROW = "() => document.activeElement.closest('tbody tr')?.innerText ?? ''"


def test_accepting_from_the_inbox_takes_one_key_and_a_confirmation(browser: Browser, county: County) -> None:
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    at_desk(page, county, "xian.employment.handler4", "/work/inbox/?view=unclaimed")
    for _ in range(50):
        page.keyboard.press("j")
        if "待受理" in page.evaluate(FOCUSED_ROW):
            break
    chosen = page.evaluate("() => document.activeElement.closest('tr').dataset.row")
    page.keyboard.press("x")
    assert page.locator("input[name=row]:checked").count() == 1
    page.keyboard.press("x")
    assert page.locator("input[name=row]:checked").count() == 0
    follow(page, lambda: page.keyboard.press("a"))
    expect(page.get_by_role("heading", level=1)).to_have_text("受理前核对")
    expect(page.locator("main")).to_contain_text("可以受理 1 件")
    check_page(page, "keys-preview")
    follow(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator("#toasts")).to_contain_text("受理了 1 件")
    assert "view=unclaimed" in page.url, "back at the same place of the list"
    assert (
        page.locator(f"tr[data-row='{chosen}']").count() == 0
        or "待受理" not in page.locator(f"tr[data-row='{chosen}']").inner_text()
    )
    context.close()


def test_keys_do_nothing_while_typing_and_when_switched_off(browser: Browser, county: County) -> None:
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    at_desk(page, county, "xian.employment.approver2", "/work/inbox/?view=all")
    page.locator("#f-text").focus()
    page.keyboard.type("ja")
    expect(page.locator("#f-text")).to_have_value("ja")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.locator("#shortcuts-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED_ROW) == ""
    context.close()
