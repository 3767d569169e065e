"""The cockpit in Chromium: the wall in one view, the phone in one column; from a number to its rows; a picture kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import PHONE, County, check_page, context_of
from tests.journeys.office import at_desk, follow

pytestmark = pytest.mark.slow

WALL = {"width": 1920, "height": 1080}
PAGES = (
    "plan/",
    "employment/",
    "people/",
    "insurance/",
    "talent/",
    "labour/",
    "service/",
    "alerts/",
    "explore/",
    "lineage/",
)

HEIGHT = "() => document.documentElement.scrollHeight"
CUT = """() => [...document.querySelectorAll(".panel")].filter((one) => one.scrollHeight > one.clientHeight + 1)
    .map((one) => one.innerText.slice(0, 20))"""
LONGER = """() => document.querySelectorAll(".panel:not(.panel-bare)").forEach(
    (one) => one.insertAdjacentHTML("beforeend", "<p>很长</p>".repeat(60)))"""


def test_a_leader_reads_the_wall_and_follows_a_number(browser: Browser, county: County) -> None:
    context = context_of(browser, WALL)
    page = context.new_page()
    at_desk(page, county, "xian.leader1")
    page.goto(f"{county.address}/cockpit/")
    expect(page.locator("[data-drawn]").first).to_be_visible()
    check_page(page, "cockpit-wall")
    assert page.evaluate(HEIGHT) <= WALL["height"]
    assert page.evaluate(CUT) == [], "what usually stands on the wall is seen without scrolling"
    page.evaluate(LONGER)
    assert page.evaluate(HEIGHT) <= WALL["height"], "what is longer scrolls inside its panel"
    page.reload()

    with page.expect_download() as kept:
        page.locator("[data-chart-picture]").first.click()
    assert kept.value.suggested_filename.endswith(".png")

    follow(page, lambda: page.get_by_role("link", name="登记失业", exact=True).first.click())
    expect(page.get_by_role("heading", name="口径")).to_be_visible()
    follow(page, lambda: page.get_by_role("link", name="看明细").click())
    check_page(page, "cockpit-rows")

    for address in PAGES:
        page.goto(f"{county.address}/cockpit/{address}")
        check_page(page, f"cockpit-{address.strip('/')}")
    page.goto(f"{county.address}/cockpit/early/")
    check_page(page, "cockpit-early")
    assert page.evaluate(HEIGHT) <= WALL["height"], "the early warning stands on the wall as well"
    page.goto(f"{county.address}/cockpit/theme/light/")
    check_page(page, "cockpit-light")

    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    for address in ("", "plan/", "people/"):
        page.goto(f"{county.address}/cockpit/{address}")
        check_page(page, f"cockpit-phone-{address.strip('/') or 'overview'}")
    context.close()
