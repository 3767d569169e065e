"""What the gallery shows: made-up rows for every component. No person here exists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hrss.channels.ui.formats import SHANGHAI
from hrss.kernel.problem import Problem

TODAY = dt.date(2026, 3, 5)

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["leave_date", "leave_reason", "phone", "wage", "agree", "wants_training"],
    "properties": {
        "leave_date": {
            "type": "string",
            "format": "date",
            "title": "哪天离开单位的",
            "x-hint": "不记得具体日子就填当月 1 日",
            "x-prefill": "employment.last_left_on",
        },
        "leave_reason": {
            "type": "string",
            "title": "为什么离开",
            "oneOf": [
                {"const": "dismissed", "title": "单位不要我了", "x-hint": "被辞退、裁员，或者合同到期单位不续签"},
                {"const": "closed", "title": "单位没了", "x-hint": "破产、关门、撤销"},
                {"const": "resigned", "title": "我自己不干了"},
            ],
        },
        "owed": {
            "type": "boolean",
            "title": "单位还欠您工资吗",
            "x-show-if": {"field": "leave_reason", "in": ["dismissed", "closed"]},
            "x-required": True,
        },
        "wage": {"type": "integer", "format": "money", "title": "离开前一个月的工资"},
        "phone": {"type": "string", "format": "phone", "title": "手机号码"},
        "skills": {
            "type": "array",
            "title": "会做什么",
            "items": {"type": "string", "enum": ["电焊", "开车", "做饭", "带孩子", "砌墙", "种脐橙"]},
        },
        "wants_training": {"type": "boolean", "title": "想参加技能培训吗"},
        "family": {
            "type": "array",
            "title": "家里人",
            "x-hint": "同一个户口本上的人",
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "title": "姓名", "maxLength": 20},
                    "id_number": {"type": "string", "format": "id-number", "title": "身份证号码"},
                },
            },
        },
        "note": {"type": "string", "title": "还有什么要说明", "maxLength": 300},
        "agree": {"type": "boolean", "const": True, "title": "以上都是真的，我知道填假话要承担责任"},
    },
}

PROBLEMS = (
    Problem(
        "form.date", "“哪天离开单位的”不是真实的日期", remedy="请按 2026 年 3 月 5 日的样子填写", field="leave_date"
    ),
    Problem("form.required", "请选择“为什么离开”", field="leave_reason"),
)

REFUSAL = Problem(
    "casework.three_posts",
    "这件事的受理人和复核人不能是同一个人",
    rule="《社会保险经办条例》第五十一条，岗位之间应当相互制约",
    remedy="请退回待办，由本所另一位复核人员办理。",
    status=409,
)

PERSON = {
    "name": "向*英",
    "id_number": "9****************4X",
    "phone": "100****2046",
    "sex": "女",
    "age": "43 岁",
    "region": "白帝镇浣花村",
}

_CASES = (
    ("500236 1 20260302 000147 3", "失业登记", "向*英", "白帝镇", "待复核", "info", dt.date(2026, 3, 3)),
    ("500236 2 20260303 000031 8", "就业困难人员认定", "谭*国", "吐祥镇", "办理中", "info", dt.date(2026, 3, 6)),
    ("500236 1 20260304 000212 1", "零就业家庭认定", "冉*", "永安街道", "补正中", "warning", dt.date(2026, 3, 18)),
    ("500236 3 20260304 000009 6", "就业登记", "夔州脐橙有限公司", "夔门街道", "已办结", "ok", None),
)
CASES: list[dict[str, Any]] = [
    {"id": number[-8:], "href": f"#{number[-8:]}", "number": number}
    | dict(zip(("item", "who", "where", "state", "kind", "due"), rest, strict=True))
    for number, *rest in _CASES
]

EVENTS = [
    {"at": _at, "title": title, "who": who, "text": text, "kind": kind}
    for _at, title, who, text, kind in (
        (dt.datetime(2026, 3, 2, 9, 12, tzinfo=SHANGHAI), "提交申请", "本人，手机", "", "ok"),
        (dt.datetime(2026, 3, 2, 9, 40, tzinfo=SHANGHAI), "受理", "白帝镇劳动就业社保服务所 王*", "", "ok"),
        (dt.datetime(2026, 3, 4, 15, 5, tzinfo=SHANGHAI), "等待复核", "", "3月3日到期", "now"),
        (None, "发确认单", "", "", "plain"),
    )
]


MONTHS = (("一月", 120), ("二月", 90), ("三月", 180))
CHART = {
    "xAxis": {"type": "category", "data": [month for month, _ in MONTHS]},
    "yAxis": {"type": "value"},
    "series": [{"type": "bar", "name": "人数", "data": [count for _, count in MONTHS]}],
}
TILES = (
    {"name": "永安街道", "value": "32", "href": "#charts", "column": 1, "row": 0, "shade": 5},
    {"name": "白帝镇", "value": "11", "href": "#charts", "column": 2, "row": 0, "shade": 2},
)


SHAPES = (
    {"name": "甲", "value": "32", "href": "#charts", "path": "M0 0L50 0L50 60L0 60L0 0Z", "x": 25, "y": 20, "shade": 5},
    {
        "name": "乙",
        "value": "1",
        "href": "#charts",
        "path": "M50 0L99 0L99 60L50 60Z",
        "x": 75,
        "y": 20,
        "shade": 1,
    },
)


def samples() -> dict[str, Any]:
    """Give the context of the gallery."""
    return {
        "on": TODAY,
        "chart_option": CHART,
        "chart_rows": [{"month": month, "count": str(count)} for month, count in MONTHS],
        "map_tiles": TILES,
        "map_shapes": SHAPES,
        "schema": SCHEMA,
        "problems": PROBLEMS,
        "refusal": REFUSAL,
        "person": PERSON,
        "cases": CASES,
        "events": EVENTS,
        "values": {
            "leave_date": {"year": "2026", "month": "2", "day": "30"},
            "phone": "10023452046",
            "family": [{"name": "向大山"}],
        },
        "sources": {"phone": "您的账号，2026年3月1日"},
    }
