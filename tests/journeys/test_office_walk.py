"""A walk over every page of the window and the workbench, in normal and elder mode, at phone and desktop width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.conftest import DESKTOP, PHONE, County, check_page, context_of
from tests.journeys.office import at_desk, follow

from hrss.channels.counter.routes import ROUTES as COUNTER
from hrss.channels.workbench.routes import ROUTES as WORKBENCH

pytestmark = pytest.mark.slow

TOWN = "500236117"
# Pages that are a file, or that only a click leads to (walked in the journeys).
ELSEWHERE = {
    "workbench.document",
    "workbench.material",
    "workbench.package",
    "counter.receipt",
    "counter.correct",
    "counter.bundle",
    "workbench.statement",
    "workbench.plan_file",
    "workbench.evaluation_file",
    "workbench.task_split",  # only a drafted task is split
    "workbench.desk",
    # pages of a run or an entry, walked at every size in test_fund_pages
    "workbench.run",
    "workbench.run_live",
    "workbench.run_lines",
    "workbench.payment",
    "workbench.debts",
    "workbench.debt",
    "workbench.debt_decision",
    "workbench.entry",
    "workbench.proposal",
    "workbench.fund_statement_file",
    "workbench.break",
}
LISTS = {"@post": "posts", "@account": "accounts"}
WALK: dict[str, tuple[tuple[str, str], ...]] = {
    "xian.employment.handler3": (
        ("workbench.inbox", "/work/inbox/?view=all"),
        ("workbench.due", "/work/due/"),
        ("workbench.follow_ups", "/work/follow-ups/"),
        ("workbench.find", "/work/find/?q=失业登记"),
        ("workbench.case", "@first"),
        ("workbench.bulk", "@bulk"),
        ("workbench.people", "/work/people/"),
        ("workbench.person", "@person"),
        ("workbench.posts", "/work/posts/"),
        ("workbench.post_apply", "/work/posts/apply"),
        ("workbench.post", "@post"),
    ),
    "xian.data1": (
        ("workbench.indicators", "/work/indicators/"),
        ("workbench.indicator", "/work/indicators/new_urban_employment/"),
        ("workbench.indicator_rows", "/work/indicators/new_urban_employment/rows"),
        ("workbench.statements", "/work/statements/"),
        ("workbench.quality", "/work/quality/"),
        ("workbench.alerts", "/work/alerts/"),
        ("workbench.alert", "@alert"),
        ("workbench.alert_rows", "@alert_rows"),
        ("workbench.alert_replay", "@alert_replay"),
        ("workbench.sample", "/work/sample/"),
        ("workbench.sample_firm", "@sample"),
        ("workbench.map", "/work/map/"),
        ("workbench.parameters", "/work/parameters/"),
    ),
    "xian.finance1": (
        ("workbench.runs", "/work/funds/runs/"),
        ("workbench.run_start", "/work/funds/runs/start"),
        ("workbench.funds", "/work/funds/"),
        ("workbench.entries", "/work/funds/unemployment/entries/"),
        ("workbench.fund_accounts", "/work/funds/unemployment/accounts/"),
        ("workbench.manual_entry", "/work/funds/unemployment/entries/new"),
        ("workbench.transfer", "/work/funds/transfer"),
        ("workbench.proposals", "/work/funds/proposals/"),
        ("workbench.periods", "/work/funds/unemployment/periods/"),
        ("workbench.fund_statement", "/work/funds/unemployment/statements/income/2026-01/"),
        ("workbench.reconciliation", "/work/funds/reconciliation/"),
    ),
    "xian.system_admin1": (
        ("workbench.ops", "/work/ops/"),
        ("workbench.accounts", "/work/accounts/"),
        ("workbench.new_account", "/work/accounts/new"),
        ("workbench.account", "@account"),
    ),
    "xian.data2": (
        ("workbench.plan", "/work/plan/?year=2025"),
        ("workbench.task", "@cell /work/plan/?year=2025"),
        ("workbench.projects", "/work/projects/"),
        ("workbench.project", "@cell /work/projects/"),
        ("workbench.evaluations", "/work/evaluations/"),
        ("workbench.evaluation", "@cell /work/evaluations/"),
        ("workbench.budget", "/work/budget/"),
    ),
    "baidi.handler1": (
        ("workbench.share_report", "@report"),
        ("workbench.progress", "@progress"),
    ),
    "xian.inspector2": (("workbench.log", "/work/log/"),),
    "xian.counter3": (
        ("counter.desk", "/counter/"),
        ("counter.item", "/counter/items/JY010/"),
        ("counter.package", "/counter/packages/unemployment/"),
        ("counter.notice", "/counter/items/JY010/notice"),
        ("counter.newcomer", "/counter/newcomer"),
        ("counter.screen", "/counter/screen/"),
        ("counter.kiosk", f"/kiosk/{TOWN}/"),
        ("counter.hall", f"/kiosk/{TOWN}/hall"),
    ),
}


def address_of(page: Page, county: County, path: str) -> str:
    """Give the address of a step; those with @ are found on a list first."""
    if not path.startswith("@"):
        return county.address + path
    if path.startswith("@alert"):
        page.goto(f"{county.address}/work/alerts/")
        alert = county.address + str(page.locator("td.cell-main a").first.get_attribute("href"))
        return alert + path.removeprefix("@alert").removeprefix("_")
    if path == "@sample":
        page.goto(f"{county.address}/work/sample/")
        return county.address + str(page.locator("td.cell-main a").first.get_attribute("href"))
    if path.startswith("@cell "):
        page.goto(county.address + path.removeprefix("@cell "))
        return county.address + str(page.locator("td.cell-main a").first.get_attribute("href"))
    if path in ("@report", "@progress"):
        page.goto(f"{county.address}/work/plan/?year=2025")
        row = page.locator("tr", has_text="创业平台")
        if path == "@report":
            return county.address + str(row.locator("a").last.get_attribute("href"))
        page.goto(county.address + str(row.locator("a").first.get_attribute("href")))
        return county.address + str(page.locator("td.cell-main a").last.get_attribute("href"))
    page.goto(f"{county.address}/work/{LISTS.get(path, 'inbox')}/?view=all")
    if path in LISTS:
        return county.address + str(page.locator("td.cell-main a").first.get_attribute("href"))
    row = page.locator("tr[data-row]").first
    if path == "@bulk":
        return f"{county.address}/work/bulk/claim?row={row.get_attribute('data-row')}"
    case = county.address + str(row.locator("a").get_attribute("href"))
    if path == "@first":
        return case
    page.goto(case)
    return county.address + str(page.locator(".card-head a").first.get_attribute("href"))


def ready(page: Page, county: County, login: str) -> None:
    """Serve somebody first where the pages are about who is served."""
    if "counter" not in login or not page.locator("#f-id_number").count():
        return
    page.locator("#f-id_number").fill(county.accounts["people"]["laid_off"]["id_number"])
    follow(page, lambda: page.keyboard.press("Enter"))


@pytest.mark.parametrize("login", list(WALK))
def test_every_page_is_sound_at_every_size_and_in_elder_mode(browser: Browser, county: County, login: str) -> None:
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    at_desk(page, county, login)
    page.goto(f"{county.address}/counter/" if "counter" in login else page.url)
    ready(page, county, login)
    faults: list[str] = []
    for name, path in WALK[login]:
        address = address_of(page, county, path)
        for size, elder in ((DESKTOP, False), (PHONE, False), (DESKTOP, True), (PHONE, True)):
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            context.add_cookies([{"name": "elder", "value": "1" if elder else "0", "url": county.address}])
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            try:
                check_page(page, f"walk-{name}-{size['width']}{'-elder' if elder else ''}")
            except AssertionError as fault:
                faults.append(str(fault))
    if "counter" in login:
        page.goto(f"{county.address}/counter/")
        follow(page, page.locator("#end-sitting button").click)
    context.close()
    assert not faults, "\n".join(faults)


def test_no_page_is_left_out_of_the_walk() -> None:
    walked = {name for steps in WALK.values() for name, _ in steps} | ELSEWHERE
    pages = {route.name for route in (*COUNTER, *WORKBENCH) if "GET" in route.methods}
    assert pages == walked
