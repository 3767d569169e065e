"""A walk over every page of the portal: phone and desktop, normal and elder mode, and the narrowest phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.conftest import DESKTOP, PHONE, County, check_page, context_of
from tests.journeys.sign_in import sign_in_public

from hrss.channels.portal.routes import ROUTES

pytestmark = pytest.mark.journey
NARROW = {"width": 320, "height": 700}
SIZES = ((PHONE, False), (PHONE, True), (DESKTOP, False), (DESKTOP, True), (NARROW, False), (NARROW, True))
# Pages that are a file or an answer in text, or that end at another page.
ELSEWHERE = {
    "portal.document",
    "portal.healthz",
    "portal.blank_table",
    "portal.code",  # needs a phone just typed: seen on the way
    "portal.correct",  # seen in the unit tests of the portal: nobody asks her for anything here
    "portal.verify_code",  # seen in J0 with a real code
}
ANYBODY = {
    "portal.home": "/",
    "portal.search": "/search/?q=厂里不要我了",
    "portal.life_event": "/life/失业了/",
    "portal.catalogue": "/items/",
    "portal.item": "/items/JY010/",
    "portal.calculators": "/calculators/",
    "portal.calculator": "@calculator",
    "portal.verify": "/verify/?code=ABCDE",
    "portal.about": "/about/",
    "portal.demo_accounts": "/demo/accounts",
    "portal.demo_messages": "/demo/messages",
    "portal.login": "/login/",
    "portal.open_account": "/join/",
}
HERSELF = {
    "portal.start": "/items/JY018/start/",
    "portal.draft": "@draft",
    "portal.proofs": "@proofs",
    "portal.check": "@check",
    "portal.cases": "/my/cases/",
    "portal.case": "@case",
    "portal.receipt": "@receipt",
    "portal.record": "/my/",
    "portal.viewers": "/my/viewers/",
    "portal.messages": "/my/messages/",
    "portal.delegations": "/my/delegations/",
    "portal.firm_register": "/firm/register/",
}
FIRM = {"portal.firm": "/firm/", "portal.table": "@table"}


def walk(page: Page, county: County, pages: dict[str, str], places: dict[str, str]) -> None:
    """Look at each page at each size; all faults are told together."""
    faults: list[str] = []
    for name, path in pages.items():
        for size, elder in SIZES:
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            page.context.add_cookies([{"name": "elder", "value": "1" if elder else "0", "url": county.address}])
            answer = page.goto(county.address + places.get(path, path))
            assert answer is not None
            assert answer.status in (200, 404 if name == "portal.verify" else 200), (name, answer.status)
            try:
                check_page(page, f"walk-{name}-{size['width']}{'-elder' if elder else ''}")
            except AssertionError as fault:
                faults.append(str(fault))
    assert not faults, "\n".join(faults)


def place(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def go_on(page: Page, *steps: Callable[[Page], Any]) -> str:
    """Do some steps, each a page on; gives where they lead."""
    for step in steps:
        with page.expect_navigation():
            step(page)
    return place(page)


def press(page: Page) -> None:
    page.locator("main form .btn-primary, main form .btn-start").first.click()


def fill_hardship(page: Page) -> None:
    page.get_by_label("您属于哪种情况").select_option("age")
    press(page)


def fill_rest(page: Page) -> None:
    page.get_by_label("说说您的困难").fill("年纪大了，找不到活干")
    press(page)


@pytest.fixture
def page(browser: Browser) -> Any:
    context = context_of(browser, DESKTOP)
    yield context.new_page()
    context.close()


def test_pages_for_anybody(page: Page, county: County) -> None:
    page.goto(f"{county.address}/calculators/")
    calculator = str(page.locator(".link-card a").first.get_attribute("href"))
    walk(page, county, ANYBODY, {"@calculator": calculator})


def test_pages_of_ones_own(page: Page, county: County) -> None:
    sign_in_public(page, county, "hardship", "/items/JY018/start/")
    draft = go_on(page, press)
    go_on(page, fill_hardship, fill_rest)
    base = draft.rsplit("/", 2)[0]
    page.goto(f"{county.address}/my/cases/")
    case = str(page.locator("table a").first.get_attribute("href"))
    mine = {"@draft": draft, "@proofs": f"{base}/proofs/", "@check": f"{base}/check/"}
    walk(page, county, HERSELF, mine | {"@case": case, "@receipt": f"{case}receipt/"})


def test_pages_of_a_firm(page: Page, county: County) -> None:
    sign_in_public(page, county, "firm_clerk", "/my/delegations/")
    go_on(page, lambda one: one.locator("form[action='/my/act-for'] .btn").first.click())
    page.goto(f"{county.address}/items/JY012/start/")
    draft = go_on(page, press)
    walk(page, county, FIRM, {"@table": f"{draft.rsplit('/', 2)[0]}/table/"})


def test_no_page_is_left_out_of_the_walk() -> None:
    pages = {route.name for route in ROUTES if "GET" in route.methods}
    assert pages == {*ANYBODY, *HERSELF, *FIRM, *ELSEWHERE}
