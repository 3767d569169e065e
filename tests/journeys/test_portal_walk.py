"""A walk over every page of the portal's route table: phone and desktop, normal and elder mode, the narrowest phone.

One browser, one sign-in for each kind of visitor. A page that is new in the table fails until its place is told here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.conftest import DESKTOP, PHONE, County, context_of
from tests.journeys.office import at_desk, follow
from tests.journeys.sign_in import sign_in_public, staff_of
from tests.seen import keep_picture, too_wide, violations

from hrss.channels.portal.routes import ROUTES

pytestmark = pytest.mark.journey
NARROW = 320
PAGES = tuple(route.name for route in ROUTES if "GET" in route.methods)
# Where each page is found; @… is filled in by the visitor's own doings.
ANYBODY = {
    "portal.home": "/",
    "portal.search": "/search/?q=厂里不要我了",
    "portal.life_event": "/life/失业了/",
    "portal.catalogue": "/items/?line=card",
    "portal.item": "/items/JY010/",
    "portal.packages": "/packages/",
    "portal.package": "/packages/unemployment/",
    "portal.calculators": "/calculators/",
    "portal.calculator": "/calculators/severance/?ask=1&wage=5000",
    "portal.parameters": "/parameters/",
    "portal.verify": "/verify/",
    "portal.verify_code": "/verify/2026",
    "portal.about": "/about/",
    "portal.demo_accounts": "/demo/accounts",
    "portal.demo_messages": "/demo/messages",
    "portal.login": "/login/",
    "portal.code": "@code",
    "portal.open_account": "/join/",
}
HERSELF = {
    "portal.package_apply": "/packages/unemployment/apply/?take=JY003&take=JY018",
    "portal.bundle": "@bundle",
    "portal.start": "/items/JY018/start/",
    "portal.draft": "@draft",
    "portal.proofs": "@proofs",
    "portal.check": "@check",
    "portal.cases": "/my/cases/",
    "portal.case": "@case",
    "portal.correct": "@correct",
    "portal.supply": "@supply",
    "portal.tokens": "/my/tokens/",
    "portal.receipt": "@receipt",
    "portal.record": "/my/",
    "portal.viewers": "/my/viewers/",
    "portal.messages": "/my/messages/",
    "portal.insurance": "/my/insurance/",
    "portal.insurance_pay": "/my/insurance/pay/",
    "portal.debts": "/my/debts/",
    "portal.delegations": "/my/delegations/",
    "portal.firm_register": "/firm/register/",
}
FIRM = {
    "portal.firm": "/firm/",
    "portal.table": "@table",
    "portal.firm_reports": "/firm/reports/",
    "portal.firm_report": "@report",
}
FILES = {"portal.healthz": "text/plain", "portal.blank_table": "spreadsheet"}
# What is made while a journey goes on: a paper in J0; bill, benefit and payment in J1; a debt in J2.
IN_JOURNEYS = {"portal.document", "portal.insurance_bill", "portal.insurance_award", "portal.insurance_payment"} | {
    "portal.debt",
    "portal.debt_bill",
    "portal.debt_decision",
}
STATUS = {"portal.verify_code": 404, "portal.calculator": 422}
# Latin letters people meet on the portal. Anything else is a word nobody translated, a raw code or an empty value.
LATIN = {"xlsx", "csv", "MB", "PDF", "A", "B", "C"}  # A, B and C are grades in the name of an item
SOURCES = {"pension-calculator", "chongqing.js", "LawRefBook", "Laws", "AA", "AAA"}  # proper names and grades
_WORD = re.compile(r"(?<![0-9A-Za-z])[A-Za-z_][A-Za-z_0-9.-]*")
_SPOKEN = """() => {
  const said = [document.title, document.body.innerText];
  for (const one of document.querySelectorAll('[aria-label], [placeholder], [alt]'))
    said.push(one.ariaLabel || '', one.placeholder || '', one.alt || '');
  return said.join('\\n');
}"""


@dataclass(slots=True)
class Visitor:
    """Somebody with a page of their own and the places they know."""

    page: Page
    places: dict[str, str]


def test_every_page_of_the_table_has_its_place() -> None:
    assert sorted(PAGES) == sorted([*ANYBODY, *HERSELF, *FIRM, *FILES, *IN_JOURNEYS])


@pytest.fixture(scope="module")
def visitors(browser: Browser, county: County) -> Iterator[dict[str, Visitor]]:
    """Anybody, a woman with her affairs under way, the clerk of a firm: each signed in once."""
    contexts = [context_of(browser, DESKTOP) for _ in range(3)]
    anybody, herself, clerk = (one.new_page() for one in contexts)
    yield {
        "anybody": Visitor(anybody, {"@code": waits_for_code(anybody, county)}),
        "herself": Visitor(herself, has_affairs(herself, browser, county)),
        "firm": Visitor(clerk, acts_for_a_firm(clerk, county)),
    }
    for one in contexts:
        one.close()


@pytest.mark.parametrize("name", [name for name in PAGES if name not in {*FILES, *IN_JOURNEYS}])
def test_a_page_is_sound(visitors: dict[str, Visitor], county: County, name: str) -> None:
    kind, path = next(
        (kind, places[name])
        for kind, places in (("anybody", ANYBODY), ("herself", HERSELF), ("firm", FIRM))
        if name in places
    )
    visitor = visitors[kind]
    page, address = visitor.page, county.address + visitor.places.get(path, path)
    faults: list[str] = []
    for elder in (False, True):
        page.context.add_cookies([{"name": "elder", "value": "1" if elder else "0", "url": county.address}])
        page.set_viewport_size({"width": DESKTOP["width"], "height": DESKTOP["height"]})
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == STATUS.get(name, 200), address
        faults += look(page, f"{name}{'-elder' if elder else ''}", known=known_words(county, name))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", list(FILES))
def test_what_is_no_page_is_what_it_says(visitors: dict[str, Visitor], county: County, name: str) -> None:
    visitor = visitors["firm"]
    path = {"portal.healthz": "/healthz", "portal.blank_table": "@blank"}[name]
    answer = visitor.page.request.get(county.address + visitor.places.get(path, path))
    assert answer.status == 200
    assert FILES[name] in answer.headers["content-type"]


def known_words(county: County, name: str) -> set[str]:
    """Give the Latin words a page is there to show: names of sources; logins and password of the demonstration."""
    if name == "portal.parameters":
        return LATIN | SOURCES
    if name != "portal.demo_accounts":
        return LATIN
    return LATIN | {*county.accounts["staff"], county.accounts["password"], county.accounts["totp_secret"]}


def look(page: Page, name: str, *, known: set[str]) -> list[str]:
    """Give what is wrong with the page as it stands, at each width."""
    faults = [f"{name}: {word}" for word in untranslated(page) if word not in known]
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        keep_picture(page, f"{name}-{size['width']}")
        faults += [f"{name} {size['width']}: {one}" for one in (*too_wide(page), *violations(page))]
    page.set_viewport_size({"width": NARROW, "height": 700})
    return faults + [f"{name} {NARROW}: {one}" for one in too_wide(page)]


def untranslated(page: Page) -> list[str]:
    """Give the Latin words, raw codes and empty values on the page that no reader should meet."""
    words = [word for word in _WORD.findall(page.evaluate(_SPOKEN)) if word != "X"]  # the last place of an id number
    return sorted(set(words))


# What each visitor has done before ----------------------------------------------------------------------------------


def waits_for_code(page: Page, county: County) -> str:
    """A phone number was typed that no other journey uses: the page for its code is open."""
    phone = "10055550001"
    page.goto(f"{county.address}/login/")
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    page.wait_for_url("**/login/code/**")
    return place(page)


def has_affairs(page: Page, browser: Browser, county: County) -> dict[str, str]:
    """One application begun, one sent in that has to be put right, one finished with a paper."""
    sign_in_public(page, county, "hardship", "/items/JY018/start/")
    sent = fills_in(page)
    follow(page, press(page))
    receipt = place(page)
    number = page.locator(".receipt-number strong").inner_text()
    sends_back(browser, county, number)
    page.goto(f"{county.address}/items/JY018/start/")
    draft = fills_in(page)
    bundle = applies_for_a_package(page, county)
    page.goto(f"{county.address}/my/cases/")
    case = str(page.locator("table a").last.get_attribute("href"))
    base = draft.rsplit("/", 2)[0]
    assert sent != draft
    return {
        "@draft": draft,
        "@proofs": f"{base}/proofs/",
        "@check": f"{base}/check/",
        "@receipt": receipt,
        "@case": case,
        "@bundle": bundle,
        "@supply": receipt.replace("receipt/", "supply/"),
        "@correct": receipt.replace("receipt/", "correct/"),
    }


def fills_in(page: Page) -> str:
    """Fill the form of 就业困难人员认定 from the start page to the check; gives its first page."""
    follow(page, press(page))
    first = place(page)
    page.get_by_label("男满五十岁或女满四十岁的登记失业人员").check()
    follow(page, press(page))
    page.get_by_label("说说您的困难").fill("年纪大了，找不到活干")
    follow(page, press(page))
    return first


def applies_for_a_package(page: Page, county: County) -> str:
    """One matter of a package, sent with its one form."""
    page.goto(f"{county.address}/packages/graduate/apply/?take=JY003")
    page.get_by_label("想做什么工作").fill("超市营业员")
    page.get_by_label("奉节县内").check()
    page.get_by_label("每月最低想要多少工资").fill("3000")
    follow(page, press(page))
    return place(page)


def sends_back(browser: Browser, county: County, number: str) -> None:
    """The township asks once for what is missing."""
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    town = county.accounts["people"]["hardship"]["region_code"][:9]
    at_desk(page, county, staff_of(county, town, "handler"), f"/work/inbox/?view=all&text={number}")
    page.locator("tr[data-row]").filter(has_text=number).get_by_role("link").click()
    page.get_by_label("还要补正什么").fill("请写明找过哪些工作")
    follow(page, page.get_by_role("button", name="一次性告知补正").click)
    context.close()


def acts_for_a_firm(page: Page, county: County) -> dict[str, str]:
    """The clerk has switched to her firm and begun to register hires."""
    sign_in_public(page, county, "firm_clerk", "/my/delegations/")
    follow(page, page.locator("form[action='/my/act-for'] .btn").first.click)
    page.goto(f"{county.address}/items/JY012/start/")
    follow(page, press(page))
    base = place(page).rsplit("/", 2)[0]
    page.goto(f"{county.address}/firm/reports/")
    report = str(page.locator("td.cell-main a").first.get_attribute("href"))
    return {"@table": f"{base}/table/", "@blank": f"{base}/table/blank.xlsx", "@report": report}


def place(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def press(page: Page) -> Callable[[], Any]:
    return page.locator("main form .btn-primary, main form .btn-start").first.click
