"""Every component is drawn, carries a contract, is in the README and in the gallery, and keeps the house's rules."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from hrss.channels.ui import components, gallery
from hrss.channels.ui.icons import UnknownIconError
from hrss.channels.ui.render import environment
from hrss.channels.ui.schema import schema_part
from hrss.kernel.problem import Problem, Problems

UI = components.FOLDER.parents[2]
FILES = sorted(components.FOLDER.glob("*.html"))
EVERY = components.macro_files(environment())
# What links to routes of a channel is drawn by that channel's tests; here only its contract is checked.
ELSEWHERE = {"region_field"}  # needs the divisions: test_region_field.py
MACROS = {
    name: file
    for name, file in EVERY.items()
    if name not in ELSEWHERE and "url(" not in (UI / "templates" / file).read_text(encoding="utf-8")
}
INNER = {"field_notes", "choice", "schema_field", "schema_rows", "table_row", "fieldset", "field", "reveal", "toasts"}

DAY = dt.date(2026, 3, 5)
WRONG = Problem("x.y", "“姓名”没有填", rule="规则", remedy="请填写", field="who")

DRAWN: dict[str, tuple[tuple[Any, ...], dict[str, Any], str]] = {
    "chart": (("c", "题", {"a": '<"'}, "说明", (("k", "列"),), [{"k": "值"}]), {}, 'data-chart="{&#34;a&#34;: &#34;'),
    "tile_map": ((gallery.TILES, "图"), {}, '<li class="tile tile-c-1 tile-r-0 tile-s-5"><a href="#charts">'),
    "county_map": ((gallery.SHAPES, "图", "GS(2024)1号", 100, 60), {}, "审图号：GS(2024)1号"),
    "icon": (("home",), {"label": "首页"}, 'role="img" aria-label="首页"'),
    "button": (("继续",), {}, '<button class="btn btn-primary" type="submit">'),
    "buttons": ((), {"caller": "按钮"}, 'class="btn-row"'),
    "card": (("我的办件",), {"caller": "内容"}, "<h2"),
    "link_card": (("失业了", "/a"), {"icon": "briefcase"}, '<a href="/a">失业了</a>'),
    "grid": ((2,), {"caller": "内容"}, "grid-2"),
    "disclosure": (("为什么？",), {"caller": "因为"}, "<summary>为什么？</summary>"),
    "notice": (("注意",), {"kind": "danger", "live": True}, 'role="alert"'),
    "error_summary": ((WRONG,), {}, '<a href="#f-who">“姓名”没有填</a>'),
    "problem_panel": ((WRONG,), {}, "怎么办"),
    "empty_state": (("没有",), {"action_text": "去", "action_href": "/x"}, 'href="/x"'),
    "toasts": ((), {}, 'role="status"'),
    "skeleton": ((2,), {}, "正在加载"),
    "progress": (("核对",), {"value": 3}, '<progress id="progress" value="3" max="100">'),
    "field": (("who", "姓名"), {"caller": "输入", "problems": WRONG}, 'for="f-who"'),
    "field_notes": (("who",), {"hint": "提示"}, 'id="f-who-hint"'),
    "fieldset": (("who", "姓名"), {"caller": "输入"}, "<legend"),
    "text_field": (("who", "姓名", "<b>"), {"problems": [WRONG]}, 'value="&lt;b&gt;" aria-describedby="f-who-error"'),
    "id_number_field": ((), {}, 'name="id_number"'),
    "phone_field": ((), {}, 'inputmode="tel"'),
    "money_field": (("pay", "工资", "12.5"), {}, "元</span>"),
    "textarea_field": (("note", "说明", "好"), {"limit": 9}, 'data-limit="9"'),
    "select_field": (("town", "乡镇", (("1", "甲"), ("2", "乙")), "2"), {}, '<option value="2" selected>'),
    "radio_field": (("why", "为什么", (("a", "甲", "提示"),), "a"), {}, 'id="f-why" name="why" value="a" checked'),
    "checkboxes_field": (("can", "会什么", (("a", "甲"),), ["a"]), {}, 'type="checkbox" id="f-can"'),
    "checkbox_field": (("ok", "我同意"), {"checked": True}, 'value="yes" checked'),
    "yes_no_field": (("q", "是吗", False), {}, 'value="no" checked'),
    "choice": (("radio", "why", {"value": "a", "text": "甲", "hint": ""}), {}, 'id="f-why-a"'),
    "date_field": (("on", "日期", DAY), {}, 'name="on.month" type="text" inputmode="numeric" maxlength="2" value="3"'),
    "file_field": (("proof", "证明"), {}, "data-camera"),
    "form": ((), {"key": "k1", "caller": "字段"}, '<input type="hidden" name="_key" value="k1">'),
    "schema_fields": ((gallery.SCHEMA,), {}, 'data-show-if="leave_reason"'),
    "schema_field": ((gallery.SCHEMA, "phone"), {"sources": {"phone": "账号"}}, "来自账号"),
    "schema_rows": ((None,), {}, ""),
    "search_box": (("/s",), {}, 'role="search"'),
    "filter_bar": ((), {"caller": "条件", "chosen": ("本周",)}, "本周"),
    "rating": ((), {}, "非常满意"),
    "task_list": (((("基本情况", "/t", "done"), ("提交", "", "blocked")),), {}, "已完成"),
    "summary_list": ((({"key": "姓名", "value": "", "href": "/c"},),), {}, "没有填"),
    "receipt": (("申请已提交", "500"), {"draft": "JY010"}, 'data-draft-done="JY010"'),
    "steps": ((("一", "二"), 2), {}, 'aria-current="step"'),
    "timeline": (([{"title": "受理", "at": dt.datetime(2026, 3, 5, 1, tzinfo=dt.UTC)}],), {}, "2026年3月5日 09:00"),
    "checklist": (((("身份证", "exchange"),),), {}, "不用交"),
    "entitlement": (("可以领", "1,864.00", "元"), {}, "1,864.00"),
    "status_tag": (("待复核", "info"), {}, "tag-info"),
    "due_tag": ((DAY, dt.date(2026, 3, 8)), {}, "超期 3 天"),
    "table": (((("a", "甲"), ("b", "乙", "num")), [{"a": "x", "b": 2}], "表"), {}, 'data-label="乙" class="cell-num"'),
    "table_row": (((("a", "甲"),), {"a": DAY, "id": "7"}, "id"), {}, "2026年3月5日"),
    "pager": (("/next", None), {}, 'rel="next"'),
    "key_values": (((("姓名", None),),), {}, "—"),
    "file_list": (((("单.pdf", "/f", "9 KB"),),), {}, "9 KB"),
    "person_card": ((gallery.PERSON, "/reveal"), {}, "会留下记录"),
    "reveal": (("/reveal",), {}, 'method="post"'),
    "number_cards": ((({"label": "超期", "value": 2},),), {}, "超期"),
    "nav": (((("首页", "/", "home", 3),),), {}, "<nav"),
    "elder_switch": ((), {}, "长辈版"),
    "actor_menu": (("王*",), {"logout_href": "/out"}, "退出"),
    "breadcrumb": (((("首页", "/"), ("这里", "")),), {}, 'aria-current="page">这里'),
    "back_link": (("/b",), {}, "返回上一步"),
    "page_head": (("标题",), {}, "<h1>标题</h1>"),
    "tabs": (((("甲", "/a", 0),),), {"current": "/a"}, 'aria-current="page">甲<span class="count">0'),
    "dialog": (("d", "标题"), {"caller": "内容"}, 'aria-labelledby="d-title"'),
    "dialog_button": (("打开", "d", "/d"), {}, 'data-dialog="d"'),
    "print_header": (("确认单",), {"number": "1"}, "编号：1"),
    "hero": (("您想办什么事？",), {"caller": "搜索"}, 'alt=""'),
    "shortcuts": (((("N", "下一件", "#next"),),), {}, 'data-shortcut="N"'),
}


def drawn(ui: Any, name: str) -> str:
    args, kwargs, _ = DRAWN[name]
    if "caller" in kwargs:
        kwargs = kwargs | {"caller": lambda text=kwargs["caller"]: escape(text)}
    if name == "schema_rows":
        args = (schema_part(gallery.SCHEMA, "family"), [{"name": "向大山"}, {}])
    return str(getattr(ui, name)(*args, **kwargs))


def contract_of(name: str) -> str:
    text = (UI / "templates" / EVERY[name]).read_text(encoding="utf-8")
    before = text[: text.index(f"macro {name}(")]
    comments = re.findall(r"\{#(.*?)#\}\s*\{%\s*$", before, re.DOTALL)
    return str(comments[-1]).rpartition("{#")[2].strip() if comments else ""


def test_every_macro_has_an_example_here() -> None:
    assert set(DRAWN) == set(MACROS)


@pytest.mark.parametrize("name", sorted(MACROS))
def test_macro_is_drawn(ui: Any, name: str) -> None:
    assert DRAWN[name][2] in drawn(ui, name)


@pytest.mark.parametrize("name", sorted(MACROS))
def test_macro_is_free_of_inline_style_script_and_italics(ui: Any, name: str) -> None:
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script|javascript:|<(i|em|cite)\b|hx-on", drawn(ui, name))


@pytest.mark.parametrize("name", sorted(EVERY))
def test_macro_opens_with_its_contract(name: str) -> None:
    contract = contract_of(name)
    assert contract.startswith(f"{name}:"), contract
    assert len(contract) > 30


@pytest.mark.parametrize("name", sorted(set(MACROS) - INNER))
def test_macro_is_in_the_readme_and_in_the_gallery(name: str) -> None:
    readme = (UI / "README.md").read_text(encoding="utf-8")
    shown = "".join(file.read_text(encoding="utf-8") for file in (UI / "templates" / "ui").rglob("*.html"))
    assert f"`{name}`" in readme
    assert f"ui.{name}(" in shown


def test_rows_with_unknown_names_are_refused(ui: Any) -> None:
    with pytest.raises(TypeError, match="hreff"):
        ui.task_list([{"title": "一", "hreff": "/"}])


def test_rows_with_too_many_values_are_refused(ui: Any) -> None:
    with pytest.raises(TypeError, match="knows"):
        ui.file_list([("a", "b", "c", "d", "e")])


def test_unknown_component_names_those_there_are(ui: Any) -> None:
    with pytest.raises(AttributeError, match="status_tag"):
        _ = ui.statustag


def test_unknown_icon_is_an_error(ui: Any) -> None:
    with pytest.raises(UnknownIconError):
        ui.icon("no-such-icon")


def test_two_macros_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in ("a.html", "b.html"):
        (tmp_path / file).write_text("{% macro twice() %}{% endmacro %}", encoding="utf-8")
    monkeypatch.setattr(components, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="twice"):
        components.macro_files(environment())


def test_error_summary_without_problems_is_nothing(ui: Any) -> None:
    assert ui.error_summary(None) == ""


def test_error_summary_lists_all_problems(ui: Any) -> None:
    both = Problems([WRONG, Problem("x.z", "整体不对", remedy="请重来")])
    text = ui.error_summary(both)
    assert text.count("<li>") == 2
    assert "请重来" in text


def test_person_card_without_reveal_has_no_button(ui: Any) -> None:
    assert "<button" not in ui.person_card(gallery.PERSON)


def test_nested_rows_have_a_default_button_before_add_and_remove(ui: Any) -> None:
    text = drawn(ui, "schema_rows")
    assert text.index('<button type="submit" hidden>') < text.index("_remove") < text.index("_add")
