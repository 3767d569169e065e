"""J4: a clerk of 白帝镇 tries to open, list, search, guess somebody of 吐祥镇: nothing, and it is on the log."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import DESKTOP, County, check_page, context_of
from tests.journeys.hands import WAYS
from tests.journeys.office import at_desk, follow, go

CLERK = {"desktop": "baidi.handler1", "phone": "baidi.handler2", "keys": "baidi.approver1"}
OTHER = "500236127"


def foreign_case(browser: Browser, county: County) -> tuple[str, str]:
    """A county handler sees a case of the other township; gives its address and number."""
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    at_desk(page, county, "xian.employment.handler2")
    page.goto(f"{county.address}/work/inbox/?view=all&region={OTHER}")
    link = page.locator("[data-row-link]").first
    address = str(link.get_attribute("href"))
    number = page.locator("tr[data-row] .hint.num").first.inner_text()
    context.close()
    return address, number


def post(page: Page, address: str, **fields: str) -> int:
    """Send a form by hand, as somebody would who plays with addresses; give the answer's status."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    return page.context.request.post(
        address, form={"csrfmiddlewaretoken": str(token), **fields}, headers={"Referer": page.url}
    ).status


@pytest.mark.parametrize("way", list(WAYS))
def test_another_township_does_not_exist_for_a_clerk(browser: Browser, county: County, way: str) -> None:
    size, hands = WAYS[way]
    stranger = dict(county.accounts["people"]["stranger"])
    stranger["person_id"] = str(UUID(stranger["person_id"]))
    address, number = foreign_case(browser, county)
    case = address.rstrip("/").rpartition("/")[2]
    context = context_of(browser, size)
    page = context.new_page()
    at_desk(page, county, CLERK[way], hands=hands)
    secrets = (stranger["name"], stranger["id_number"], stranger["phone"], "吐祥镇")

    # open and guess: a case, a person, a paper, a bulk preview, and doing something to it
    for path in (address, f"/work/people/{stranger['person_id']}/?case={case}", f"/work/bulk/accept?row={case}"):
        answer = page.goto(county.address + path)
        assert answer is not None
        assert answer.status == 404, path
        assert not [one for one in secrets if one in page.content()], path
    check_page(page, f"j4-not-found-{way}")
    page.goto(f"{county.address}/work/inbox/")
    assert post(page, f"{county.address}{address}do/claim") == 404
    assert post(page, f"{county.address}/work/bulk/accept", row=case) == 404

    # list: the address is asked for the other township
    page.goto(f"{county.address}/work/inbox/?view=all&region={OTHER}")
    assert page.locator("[data-row-link]").count() == 0
    for path in ("/work/due/", "/work/follow-ups/?list=promises", f"/work/posts/?region={OTHER}"):
        page.goto(county.address + path)
        assert not [one for one in secrets if one in page.content()], path

    # search cases by number
    hands.write(page.locator("input[name=q]").first, number)
    follow(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(".empty-title")).to_have_text("没有找到")

    # search people: purpose first, then id number, phone, name
    page.goto(f"{county.address}/work/people/")
    hands.choose(page.get_by_label("应您要求查询"))
    go(page, hands, page.get_by_role("button", name="确定"))
    for text in (stranger["id_number"], stranger["phone"], stranger["name"]):
        hands.write(page.locator("#f-text"), text)
        follow(page, lambda: page.keyboard.press("Enter"))
        assert stranger["village"] not in page.content()
        assert page.locator(f"a[href*='{stranger['person_id']}']").count() == 0
    check_page(page, f"j4-nobody-{way}")
    answer = page.goto(f"{county.address}/work/people/{stranger['person_id']}/")
    assert answer is not None
    assert answer.status == 404
    page.goto(f"{county.address}/work/inbox/")
    assert post(page, f"{county.address}/work/people/{stranger['person_id']}/reveal/id_number") == 404
    context.close()

    check_log(browser, county, county.accounts["staff"][CLERK[way]]["name"])


def check_log(browser: Browser, county: County, name: str) -> None:
    """The audit administrator finds the attempts."""
    context = context_of(browser, DESKTOP)
    page = context.new_page()
    at_desk(page, county, "xian.audit_admin1")
    page.goto(f"{county.address}/work/log/?outcome=refused&who={name}")
    actions = page.locator("td[data-label='动作']").all_inner_texts()
    for action, times in (
        ("route.workbench.case", 1),
        ("route.workbench.person", 2),
        ("route.workbench.bulk", 2),
        ("route.workbench.act", 1),
        ("route.workbench.reveal", 1),
    ):
        assert actions.count(action) >= times, (action, actions)
    check_page(page, "j4-log")
    context.close()
