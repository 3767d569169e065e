"""Signing in as the people of the demonstration do: a code by text message, or a password and a second factor."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

if TYPE_CHECKING:
    from tests.journeys.conftest import County

PERIOD = 30


def sign_in_public(page: Page, county: County, who: str, after: str = "/") -> None:
    """Sign in one of the cast with the phone number and the code the simulated gateway sent."""
    phone = county.accounts["people"][who]["phone"]
    page.goto(f"{county.address}/login/?next={after}")
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    page.wait_for_url("**/login/code/**")
    gateway = page.context.new_page()
    gateway.goto(f"{county.address}/demo/messages")
    code = gateway.locator(f"[data-code][data-tail='{phone[-4:]}']").first.inner_text()
    gateway.close()
    page.get_by_label("短信验证码").fill(code)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{county.address}{after}")


def sign_in_staff(page: Page, county: County, login: str, after: str = "/work/inbox/") -> None:
    """Sign in a member of staff with password and second factor."""
    page.goto(f"{county.address}/accounts/login/?next={after}")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(county.accounts["password"])
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    page.locator("input[name=code]").fill(second_factor(county))
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"{county.address}{after}")


def second_factor(county: County) -> str:
    """Give the code of this moment; near the end of its half minute wait for the next one."""
    if time.time() % PERIOD > PERIOD - 3:
        time.sleep(4)
    return str(format_hotp_value(hotp_value(county.accounts["totp_secret"], int(time.time()) // PERIOD)))


def staff_of(county: County, region: str, function: str) -> str:
    """Give the login of somebody with a function exactly at a township."""
    staff = county.accounts["staff"].items()
    return next(login for login, one in staff if one["region_code"] == region and one["function"] == function)
