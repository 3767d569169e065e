"""Purposes: why somebody looks at a person. A code from this table, or ``case:`` and the case number.

The title is what the person reads in “谁看过我的信息”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrss.kernel.problem import Problem

_CASE = re.compile(r"case:[0-9A-Za-z-]{6,40}")


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose: its code, the words the person reads, and whether a member of staff may choose it by hand."""

    code: str
    title: str
    by_hand: bool = False


PURPOSES: dict[str, Purpose] = {
    purpose.code: purpose
    for purpose in (
        Purpose("case", "办理您的业务"),
        Purpose("worklist", "安排手上的业务"),
        Purpose("counter", "窗口接待", by_hand=True),
        Purpose("query", "应您要求查询", by_hand=True),
        Purpose("visit", "上门或电话服务", by_hand=True),
        Purpose("self", "本人办理"),
        Purpose("delegate", "受您委托代办"),
        Purpose("inspection", "稽核检查", by_hand=True),
        Purpose("complaint", "处理投诉举报", by_hand=True),
        Purpose("data_quality", "核对和更正档案", by_hand=True),
        Purpose("payment", "发放待遇"),
        Purpose("recovery", "追回多发的待遇"),
        Purpose("exchange", "部门间依法核验"),
        Purpose("statistics", "统计（不含个人明细）"),
        Purpose("maintenance", "系统维护"),
    )
}


def check_purpose(text: str, *, by_hand: bool = False) -> str:
    """Give the purpose back; Problem ``access.purpose``. ``by_hand`` allows only what staff may choose."""
    known = PURPOSES.get(text)
    if known is not None and (known.by_hand or not by_hand):
        return text
    if _CASE.fullmatch(text) and not by_hand:
        return text
    raise Problem("access.purpose", "请选择查看的用途", remedy="从列表中选择，或从案件进入", field="purpose")


def title_of(text: str) -> str:
    """Give the words for a purpose, with the case number where there is one; the code itself for automatic steps."""
    if text.startswith("case:"):
        return f"{PURPOSES['case'].title}（{text.removeprefix('case:')}）"
    known = PURPOSES.get(text)
    return known.title if known else "系统自动办理"
