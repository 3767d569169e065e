"""J6: a firm registers with its credit code and hires 300 people from a table in which seven rows are wrong.

It sees the seven in one go, nothing is half done, and after the review all three hundred are on its list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import PHONE, County, check_page, context_of
from tests.journeys.hands import WAYS, Hands
from tests.journeys.office import go, township_decides
from tests.journeys.sign_in import sign_in_public

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HEAD = ("姓名", "身份证号", "招用日期", "合同类型", "合同到期日", "岗位", "月工资（元）", "手机号")
TOWN = "500236117"
VILLAGE = "香山村"
FAULTS = (
    ("第 8 行", "身份证号", "校验码"),
    ("第 42 行", "姓名", "请填写"),
    ("第 79 行", "招用日期", "不是实有的日期"),
    ("第 122 行", "合同类型", "只能填"),
    ("第 170 行", "手机号", "11 位"),
    ("第 224 行", "身份证号", "重复"),
    ("第 301 行", "招用日期", "不能晚于今天"),
)


def rows_of(county: County) -> list[list[str]]:
    """Three hundred people of the county, as a personnel office would list them."""
    people = county.accounts["hires"][10:310]
    assert len(people) == 300
    return [
        [one["name"], one["id_number"], "2026-01-20", "固定期限", "2028-01-20", "采摘工", "3500", one["phone"]]
        for one in people
    ]


def spoilt(rows: list[list[str]]) -> list[list[str]]:
    """The same with seven rows wrong, each in its own way."""
    bad = [list(row) for row in rows]
    last = bad[6][1][-1]
    bad[6][1] = bad[6][1][:-1] + ("0" if last != "0" else "1")
    bad[40][0] = ""
    bad[77][2] = "2025-02-30"
    bad[120][3] = "终身"
    bad[168][7] = "12345"
    bad[222][1] = bad[5][1]
    bad[299][2], bad[299][4] = "2060-12-31", "2062-12-31"
    return bad


def write(path: Path, rows: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("花名册")
    for at, row in enumerate([list(HEAD), *rows]):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text)
    book.close()
    return path


@pytest.mark.parametrize("way", list(WAYS))
def test_seven_wrong_rows_are_told_at_once_and_nothing_is_half_done(
    browser: Browser, county: County, tmp_path: Path, way: str
) -> None:
    size, hands = WAYS[way]
    context = context_of(browser, size)
    page = context.new_page()
    firm = county.accounts["new_firms"][list(WAYS).index(way)]
    rows = rows_of(county)
    sign_in_public(page, county, firm["head"], hands=hands)
    registers_the_firm(page, county, firm, hands)
    draft = begins(page, hands)
    hands.give(page.locator("[name=table]"), write(tmp_path / "wrong.xlsx", spoilt(rows)))
    hands.press(page.get_by_role("button", name="上传并检查"))
    expect(page.get_by_role("heading", name="有 7 行要改，一行也没有登记")).to_be_visible()
    table = page.get_by_role("table", name="要改的地方").locator("tbody tr")
    expect(table).to_have_count(len(FAULTS))
    for at, told in enumerate(FAULTS):
        for words in told:
            expect(table.nth(at)).to_contain_text(words)
    check_page(page, "j6-seven-wrong")
    nothing_is_half_done(page, county, draft)
    page.goto(draft)
    hands.give(page.locator("[name=table]"), write(tmp_path / "right.xlsx", rows))
    hands.press(page.get_by_role("button", name="上传并检查"))
    expect(page.get_by_role("heading", name="请核对您填的内容")).to_be_visible()
    expect(page.locator(".summary")).to_contain_text("共 300 行")
    check_page(page, "j6-check")
    hands.press(page.get_by_role("button", name="确认提交"))
    number = page.locator(".receipt-number strong").inner_text()
    township_decides(browser, county, number, TOWN, hands)
    all_work_here(page, county, hands)
    context.close()


def registers_the_firm(page: Page, county: County, firm: dict[str, Any], hands: Hands) -> None:
    """A mistyped code keeps what was typed; the right one asks for name and place, the register confirms the rest."""
    page.goto(f"{county.address}/firm/register/")
    code = page.get_by_label("统一社会信用代码")
    wrong = firm["credit_code"][:-1] + ("A" if firm["credit_code"][-1] != "A" else "B")
    hands.write(code, wrong)
    hands.press(page.get_by_role("button", name="核验并登记"))
    expect(page.locator(".error-summary")).to_contain_text("校验码")
    expect(code).to_have_value(wrong)
    hands.write(code, firm["credit_code"])
    hands.press(page.get_by_role("button", name="核验并登记"))
    hands.write(page.get_by_label("单位名称"), firm["name"])
    hands.pick(page.get_by_label("单位在哪个村（社区）"), VILLAGE)
    check_page(page, "j6-register")
    hands.press(page.get_by_role("button", name="核验并登记"))
    expect(page.get_by_role("heading", name=firm["name"])).to_be_visible()
    expect(page.get_by_text("您正在替")).to_contain_text(firm["name"])
    check_page(page, "j6-firm")


def begins(page: Page, hands: Hands) -> str:
    """Fill the first page and go to the upload; gives its address."""
    go(page, hands, page.get_by_role("link", name="登记新招的人"))
    go(page, hands, page.get_by_role("button", name="开始填写"))
    hands.write(page.get_by_label("经办人姓名"), "方雪")
    hands.write(page.get_by_label("经办人手机号"), "10093964273")
    go(page, hands, page.get_by_role("button", name="继续"))
    go(page, hands, page.get_by_role("link", name="人多？用表格一次上传"))
    with page.expect_download() as blank:
        hands.press(page.get_by_role("link", name="下载空白表格"))
    assert blank.value.suggested_filename == "招用人员花名册.xlsx"
    return page.url


def nothing_is_half_done(page: Page, county: County, draft: str) -> None:
    """Nobody is hired, no row is kept in the draft, no case is open."""
    page.goto(f"{county.address}/firm/")
    expect(page.get_by_text("还没有登记职工")).to_be_visible()
    page.goto(f"{county.address}/my/cases/")
    expect(page.get_by_text("还没有办过事")).to_be_visible()
    page.goto(draft.replace("/table/", "/check/"))
    expect(page.locator(".summary-row").filter(has_text="招用的人员")).to_contain_text("没有填")


def all_work_here(page: Page, county: County, hands: Hands) -> None:
    """All three hundred are on the firm's list, fifty a page, also on a phone."""
    page.goto(f"{county.address}/firm/")
    seen = page.get_by_role("table", name="在册职工").locator("tbody tr").count()
    while page.get_by_role("link", name="下一页").count():
        go(page, hands, page.get_by_role("link", name="下一页"))
        seen += page.get_by_role("table", name="在册职工").locator("tbody tr").count()
    assert seen == 300
    page.set_viewport_size(PHONE)
    check_page(page, "j6-workers-phone")
