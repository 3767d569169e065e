"""All texts the bureau sends, in one place. ``{name}`` is a fact the sender must give.

Titles and bodies are read in the inbox after signing in; the text message may be read by anybody near the phone, so
it names no person, no benefit and no reason, only that something waits, and fits 70 characters.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

_BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Template:
    """Title and body for the inbox; ``sms`` for the phone, empty when a matter is not worth one."""

    title: str
    body: str
    sms: str = ""

    @property
    def placeholders(self) -> frozenset[str]:
        """Names of the facts all three texts need."""
        return frozenset().union(*(_names(text) for text in (self.title, self.body, self.sms)))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready to be sent."""

    title: str
    body: str
    sms: str


SIGNATURE = "【奉节人社】"
_SEE = "请登录“奉节人社”查看。"

TEMPLATES: dict[str, Template] = {
    "case.submitted": Template(
        "已提交：{item}",
        "您申请的“{item}”已经提交，受理编号 {number}。{due} 前会告诉您是否受理。",
        f"{SIGNATURE}您的申请已提交，编号 {{number}}。进度{_SEE}",
    ),
    "case.accepted": Template(
        "已受理：{item}",
        "您申请的“{item}”（{number}）已经受理，预计 {due} 前办结。",
        f"{SIGNATURE}您的申请已受理，编号 {{number}}。进度{_SEE}",
    ),
    "case.notice": Template(
        "需要补正：{item}",
        "您申请的“{item}”（{number}）还缺材料或有内容要更正，请在 {due} 前补齐：{reason}",
        f"{SIGNATURE}您的申请 {{number}} 需要补正，请在 {{due}} 前补齐。{_SEE}",
    ),
    "case.rejected": Template(
        "不予受理：{item}",
        "您申请的“{item}”（{number}）不予受理。原因：{reason}。如不服，可以依法申请行政复议或提起行政诉讼。",
        f"{SIGNATURE}您的申请有新结果，编号 {{number}}。{_SEE}",
    ),
    "case.suspended": Template(
        "已中止：{item}",
        "您申请的“{item}”（{number}）暂时中止办理，原因：{reason}。中止的时间不算在办理期限内，恢复后会再告诉您。",
        f"{SIGNATURE}您的申请暂时中止办理，编号 {{number}}。{_SEE}",
    ),
    "case.resumed": Template(
        "已恢复办理：{item}",
        "您申请的“{item}”（{number}）已经恢复办理，预计 {due} 前办结。",
        f"{SIGNATURE}您的申请已恢复办理，编号 {{number}}。{_SEE}",
    ),
    "case.extended": Template(
        "办理期限延长：{item}",
        "您申请的“{item}”（{number}）办理期限延长到 {due}，原因：{reason}。",
        f"{SIGNATURE}您的申请办理期限延长到 {{due}}，编号 {{number}}。{_SEE}",
    ),
    "case.transferred": Template(
        "已转办：{item}",
        "您申请的“{item}”（{number}）已转给 {office} 办理，您不用再提交材料。",
    ),
    "case.transferred_out": Template(
        "已转出：{item}",
        "您申请的“{item}”（{number}）不属于本局办理，已转到 {office}。",
        f"{SIGNATURE}您的申请已转到其他单位办理，编号 {{number}}。{_SEE}",
    ),
    "case.decided": Template(
        "已办结：{item}",
        "您申请的“{item}”（{number}）已经办结：{decision}。结果文书可以在“我的办件”里查看和下载。",
        f"{SIGNATURE}您的申请已办结，编号 {{number}}。结果{_SEE}",
    ),
    "case.delivered": Template(
        "结果已送达：{item}",
        "您申请的“{item}”（{number}）的结果文书已经送达。请对这次办理作出评价。",
    ),
    "case.terminated": Template(
        "已终止：{item}",
        "您申请的“{item}”（{number}）已经终止，原因：{reason}。需要时可以重新申请。",
        f"{SIGNATURE}您的申请已终止，编号 {{number}}。{_SEE}",
    ),
    "case.withdrawn": Template("已撤回：{item}", "您申请的“{item}”（{number}）已经按您的要求撤回。"),
    "case.rated_at_window": Template(
        "您在窗口的评价：{answer}",
        "您在窗口对“{item}”（{number}）评价了“{answer}”。如果不是您本人选的，请拨打 12333 告诉我们。",
    ),
    "case.rating_answered": Template(
        "您的评价有了答复：{item}",
        "您对“{item}”（{number}）的评价已经核实处理：{answer}",
        f"{SIGNATURE}您的评价有了答复，编号 {{number}}。{_SEE}",
    ),
    "delegation.granted": Template(
        "有人可以替您办事了",
        "{delegate} 从 {since} 起可以替您办事，到 {until} 为止。如果不是您同意的，请马上取消并告诉我们。",
        f"{SIGNATURE}您的代办授权有变化。如非本人同意，请马上登录取消或拨打 12333。",
    ),
    "account.bank_changed": Template(
        "收款账户有变更",
        "您的收款账户正在变更为尾号 {tail} 的账户，{since} 起使用。如果不是您本人办理，请马上告诉我们。",
        f"{SIGNATURE}您的收款账户正在变更。如非本人办理，请马上拨打 12333。",
    ),
    "insurance.sixty": Template(
        "可以领养老金了",
        "您 {day} 满六十周岁。{next}，在“我的社保”里办；办好后就可以申领养老金，从满六十周岁的次月起算。",
        f"{SIGNATURE}您的养老保险有新的提醒，{_SEE}",
    ),
    "debt.decided": Template(
        "有一笔钱要退回：{benefit}",
        "经核实，{benefit}多发了 {amount} 元，请在 {due} 前退回。是哪几个月、怎么退、能不能分期，打开就能看到。",
        f"{SIGNATURE}您有一份新的决定，{_SEE}",
    ),
    "debt.plan": Template(
        "可以分期退回：{benefit}", "多发的{benefit}可以分 {count} 期退回，每期 {amount} 元。每期的日期打开就能看到。"
    ),
    "debt.offset": Template(
        "从待遇里抵扣：{benefit}", "多发的{benefit}从下次发放起抵扣，每月抵扣 {percent}%，抵扣完就停。"
    ),
    "debt.cancelled": Template("决定已撤销：{benefit}", "要您退回{benefit}的决定已经撤销，不用退了。"),
    "post.ended": Template("岗位已停用", "您的岗位“{post}”已停用，原因：{reason}。如有疑问请联系安全管理员。"),
    "brief.morning": Template("每日简报：{day}", "{text}"),
    "report.soon": Template("请报{month}用工月报", "贵单位是失业监测样本企业，请在 {due} 前报{month}的用工情况。"),
    "report.late": Template(
        "{month}用工月报逾期未报", "贵单位{month}的用工月报应在 {due} 前报，现在还没有收到，请尽快补报。"
    ),
    "plan.report_due": Template(
        "请填报任务进度：{task}", "{division}承担的“{task}”，{month}的进度请在 {due} 前填报，并附佐证材料。"
    ),
    "plan.report_late": Template(
        "任务进度还没有填报：{task}", "{division}承担的“{task}”，{month}的进度应在 {due} 前填报，还没有报上来，请尽快。"
    ),
    "project.milestone_due": Template("项目节点快到期：{project}", "“{project}”的节点“{milestone}”应在 {due} 前完成。"),
    "project.milestone_late": Template(
        "项目节点滞后：{project}", "“{project}”的节点“{milestone}”应在 {due} 前完成，至今没有确认完成，请说明情况。"
    ),
    "work.overdue": Template("有办件超期", "“{item}”（{number}）已超过 {due} 的期限，请尽快处理。"),
}


def render(name: str, facts: Mapping[str, Any]) -> Rendered:
    """Fill a template. Raises KeyError for an unknown template and ValueError for a fact that is missing or empty.

    Facts the template does not use are ignored, so one set of facts serves all turns of a case.
    """
    template = TEMPLATES[name]
    missing = sorted(key for key in template.placeholders if facts.get(key) in (None, ""))
    if missing:
        raise ValueError(f"message {name} lacks {', '.join(missing)}")
    words = {key: spell(facts[key]) for key in template.placeholders}
    return Rendered(*(text.format_map(words) for text in (template.title, template.body, template.sms)))


def spell(value: object) -> str:
    """Write a fact as people read it: dates with year, month and day in Beijing."""
    if isinstance(value, datetime):
        value = value.astimezone(_BEIJING).date()
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return " ".join(str(value).split())


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
