"""How values are written, and the small functions templates look at their arguments with."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from hrss.channels.ui import assets, current, formats, shapes
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

DAY = dt.date(2026, 3, 5)


@pytest.mark.parametrize("value", [DAY, "2026-03-05", dt.datetime(2026, 3, 4, 16, 30, tzinfo=dt.UTC)])
def test_date_is_the_day_in_fengjie(value: dt.date | str) -> None:
    assert formats.date(value) == "2026年3月5日"


def test_nothing_is_written_for_nothing() -> None:
    assert formats.date("") == ""
    for write in (formats.date, formats.moment, formats.month, formats.number, formats.percent, formats.typed):
        assert write(None) == ""


def test_moment_month_number_percent() -> None:
    assert formats.moment(dt.datetime(2026, 3, 5, 6, 5, tzinfo=dt.UTC)) == "2026年3月5日 14:05"
    assert formats.month(YearMonth(2026, 3)) == "2026年3月"
    assert formats.number(1071234) == "1,071,234"
    assert formats.percent(0.9642) == "96.4%"


@pytest.mark.parametrize(
    ("name", "shown"), [("张小明", "张*明"), ("张明", "张*"), ("夔", "夔"), ("欧阳小明", "欧**明"), ("", "")]
)
def test_masked_name(name: str, shown: str) -> None:
    assert formats.masked_name(name) == shown


@given(st.text(alphabet="0123456789X", max_size=20))
def test_masks_keep_the_length_and_hide_the_middle(text: str) -> None:
    for mask in (formats.masked_id_number(text), formats.masked_phone(text)):
        assert len(mask) == len(text)
        assert len(text) < 8 or set(mask[3:-4]) <= {"*"}


@pytest.mark.parametrize(
    ("due", "text", "kind"),
    [
        (dt.date(2026, 3, 2), "超期 3 天", "over"),
        (DAY, "今天到期", "warn"),
        (dt.date(2026, 3, 8), "还剩 3 天", "warn"),
        (dt.date(2026, 3, 9), "3月9日到期", "fine"),
        (None, "不限时", "none"),
    ],
)
def test_due_state(due: dt.date | None, text: str, kind: str) -> None:
    state = formats.due_state(due, DAY)
    assert (state.text, state.kind) == (text, kind)


def test_done_is_done_whatever_the_date() -> None:
    assert formats.due_state(dt.date(2020, 1, 1), DAY, done=True).text == "已办结"


def test_money_typed_writes_fen_and_keeps_text() -> None:
    assert [formats.money_typed(186450), formats.money_typed("一千"), formats.money_typed(None)] == [
        "1864.50",
        "一千",
        "",
    ]


def test_date_parts_of_a_date_and_of_what_was_typed() -> None:
    assert formats.date_parts(DAY) == formats.DateParts("2026", "3", "5", "2026-03-05")
    assert formats.date_parts({"year": "26", "month": "x"}) == formats.DateParts("26", "x", "", "")
    assert formats.date_parts("2026-03").month == "3"


def test_shaped_takes_tuples_dicts_and_objects() -> None:
    problem = Problem("a.b", "错")
    rows = shapes.shaped([("a",), {"code": "b"}, problem], "code", "message")
    assert [row["code"] for row in rows] == ["a", "b", "a.b"]
    assert [row["message"] for row in rows] == [None, None, "错"]


def test_sentence_joins_with_one_full_stop() -> None:
    assert shapes.sentence("错了。", "请改") == "错了。请改"
    assert shapes.sentence("错了") == "错了"


def test_query_changes_and_takes_away() -> None:
    with current.drawing(RequestFactory().get("/list/", {"q": "失业", "after": "7"})):
        assert current.query(after=None, sort="due") == "/list/?q=%E5%A4%B1%E4%B8%9A&sort=due"
        assert current.query(after=None, q=None) == "/list/"


def test_current_of_takes_the_longest_match_and_exact_queries() -> None:
    items = [("首页", "/"), ("待办", "/work/"), ("超期", "/work/?late=1"), ("件", "/work/cases/")]
    for address, here in (
        ("/work/cases/7/", "/work/cases/"),
        ("/work/?late=1", "/work/?late=1"),
        ("/", "/"),
        ("/x/", ""),
    ):
        with current.drawing(RequestFactory().get(address)):
            assert current.current_of(items) == here


def test_outside_a_page_everything_is_harmless() -> None:
    assert (current.csrf_input(), current.nonce(), current.is_elder(), current.path(), current.query()) == (
        "",
        "",
        False,
        "",
        "",
    )
    assert current.toast_messages() == []


def test_static_addresses_carry_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "version", lambda: "abcd1234")
    assets.static.cache_clear()
    assert assets.static("vendor/hrss.css") == "/static/vendor/hrss.css?v=abcd1234"
    assets.static.cache_clear()


def test_without_a_build_there_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "MANIFEST", assets.MANIFEST / "none")
    assert assets.version.__wrapped__() == ""
