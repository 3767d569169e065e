"""Budget lines entered from a document and confirmed by another person; a change is a new line over the old one."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.codes import fund_of
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.projects.models import BudgetLine
from hrss.oversight.projects.policies import BUDGET_CONFIRMERS, BUDGETERS, require_county
from hrss.oversight.projects.services.saving import confirm

_RULE = "基金预算由录入人按批复文件录入、另一人核对确认；调整另录一行，不改原行"
_YEARS = range(2018, 2101)


@verb("projects.enter_budget")
def enter_budget(
    county: str, fund: str, year: int, subject: str, *, actor: Actor, title: str, amount: int, document: str,
    file_id: UUID | None = None,
) -> Outcome:  # fmt: skip
    """Enter a line (fen); over a confirmed line it is an adjustment. Problems ``funds.no_such_fund``,
    ``projects.year|subject|amount|document|waiting``.
    """
    require_county(actor, *BUDGETERS, doing="录入预算")
    code = fund_of(fund).value
    _check(year, subject, title, amount, document)
    standing = BudgetLine.objects.filter(
        region_code=county, fund=code, year=year, subject=subject.strip(), replaced_by=None
    ).first()
    if standing is not None and standing.confirmed_at is None:
        raise Problem("projects.waiting", "这个科目有一行预算等待确认", rule=_RULE, remedy="确认后再调整", status=409)
    made = BudgetLine.objects.create(
        region_code=county, fund=code, year=year, subject=subject.strip(), title=title.strip(), amount=amount,
        document=document.strip(),
        file_id=file_id, replaces=standing, entered_by=actor.person, entered_name=actor.name,
    )  # fmt: skip
    detail = {"fund": code, "year": year, "subject": made.subject, "amount": amount, "adjusts": bool(standing)}
    audit.record(actor, "projects.enter_budget", subject_kind="budget_line", subject_id=made.id, detail=detail)
    return Outcome("budget_line", str(made.id), made.subject, detail)


@verb("projects.confirm_budget")
def confirm_budget(line_id: UUID, *, actor: Actor) -> Outcome:
    """Confirm a line against its document; from then on it counts. Problems ``projects.no_line|state|same``."""
    require_county(actor, *BUDGET_CONFIRMERS, doing="确认预算")
    found = BudgetLine.objects.select_for_update().filter(id=line_id).first()
    if found is None:
        raise Problem("projects.no_line", "没有这行预算", remedy="请从预算页面进入", status=404)
    if found.confirmed_at:
        raise Problem("projects.state", "这行预算已经确认", remedy="请刷新页面", status=409)
    confirm(found, actor)
    detail = {"fund": found.fund, "year": found.year, "subject": found.subject, "amount": found.amount}
    audit.record(actor, "projects.confirm_budget", subject_kind="budget_line", subject_id=found.id, detail=detail)
    return Outcome("budget_line", str(found.id), found.subject, detail)


def _check(year: int, subject: str, title: str, amount: int, document: str) -> None:
    if year not in _YEARS:
        raise Problem("projects.year", f"{year} 不是预算年度", rule=_RULE, remedy="请填四位年份", field="year")
    if not subject.strip() or not title.strip():
        raise Problem(
            "projects.subject", "科目编号和名称都要填写", rule="科目编号是账簿科目编号或它的开头几位",
            remedy="比如 5001 社会保险待遇支出", field="title" if subject.strip() else "subject",
        )  # fmt: skip
    if amount < 0:
        raise Problem("projects.amount", "预算不能是负数", rule=_RULE, remedy="请核对文件", field="amount")
    if not document.strip():
        raise Problem("projects.document", "请填写预算批复的文号", rule=_RULE, remedy="写在文件首页", field="document")
