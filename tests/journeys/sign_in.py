"""Signing in as the people of the demonstration do: with a phone number and the code of a text message."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Page, expect
from tests.journeys.hands import POINTER, Hands

if TYPE_CHECKING:
    from tests.journeys.conftest import County

PATIENCE = 60  # seconds a text message may take on a machine that has just started everything


def sign_in_public(page: Page, county: County, who: str, after: str = "/", *, hands: Hands = POINTER) -> None:
    """Sign in one of the cast with the phone number and the code the simulated gateway sent."""
    phone = county.accounts["people"][who]["phone"]
    before = newest_code(page, county, phone)
    page.goto(f"{county.address}/login/?next={after}")
    asks_for_a_code(page, phone, hands)
    hands.write(page.get_by_label("短信验证码"), code_sent_to(page, county, phone, before))
    hands.press(page.get_by_role("button", name="登录"))
    page.wait_for_url(f"{county.address}{after}")


def asks_for_a_code(page: Page, phone: str, hands: Hands) -> None:
    """Ask for a code until one is sent: a phone gets one a minute, and another journey may have asked just now."""
    field = page.get_by_label("短信验证码")
    too_soon = page.get_by_text("验证码获取太频繁").first
    deadline = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < deadline:
        hands.write(page.get_by_label("手机号"), phone)
        with page.expect_navigation():
            hands.press(page.get_by_role("button", name="获取验证码"))
        expect(field.or_(too_soon)).to_be_visible()
        if field.is_visible():
            return
        page.wait_for_timeout(5000)
    raise AssertionError(f"no code was sent in {2 * PATIENCE} seconds: {page.url}")


def open_account(page: Page, county: County, person: dict[str, Any], *, hands: Hands = POINTER) -> None:
    """Open an account with name, id number and the phone that is on record; one is signed in afterwards."""
    page.goto(f"{county.address}/join/")
    hands.write(page.get_by_label("姓名"), person["name"])
    hands.write(page.get_by_label("身份证号"), person["id_number"])
    hands.write(page.get_by_label("手机号"), person["phone"])
    hands.press(page.get_by_role("button", name="获取验证码"))
    expect(page.get_by_label("短信验证码")).to_be_visible()
    hands.write(page.get_by_label("短信验证码"), code_sent_to(page, county, person["phone"]))
    hands.press(page.get_by_role("button", name="开通", exact=True))
    page.wait_for_url(f"{county.address}/")


def code_sent_to(page: Page, county: County, phone: str, before: str = "") -> str:
    """Read the code sent to a phone after the one ``before`` from the simulated gateway's public page."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        code = newest_code(page, county, phone)
        if code and code != before:
            return code
        page.wait_for_timeout(500)
    raise AssertionError(f"no code came to {phone} in {PATIENCE} seconds")


def newest_code(page: Page, county: County, phone: str) -> str:
    """Give the newest code for a phone on the gateway's page; empty when there is none."""
    gateway = page.context.new_page()
    gateway.goto(f"{county.address}/demo/messages")
    codes = gateway.locator(f"[data-code][data-tail='{phone[-4:]}']")
    code = codes.first.inner_text() if codes.count() else ""
    gateway.close()
    return code


def staff_of(county: County, region: str, function: str) -> str:
    """Give the login of somebody with a function exactly at a township."""
    staff = county.accounts["staff"].items()
    return next(login for login, one in staff if one["region_code"] == region and one["function"] == function)


def people_with_phone(county: County, town: str = "") -> list[dict[str, Any]]:
    """Give those free for work who have a phone on record, in the order of the guide; of one township, if named."""
    hires = county.accounts["hires"]
    return [person for person in hires if person["phone"] and person["region_code"].startswith(town)]
