"""What a document says: the facts of a case in words, ready for a template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from hrss.casework.cases.fetching import Work
from hrss.casework.items.definition import DocumentRule
from hrss.casework.items.words import fact_rows
from hrss.casework.models import Case

AUTHORITY = "奉节县人力资源和社会保障局"


def document_facts(work: Work, rule: DocumentRule, *, number: str, code: str, issued_at: datetime) -> dict[str, Any]:
    """Give everything a template needs; ``code`` as people read it."""
    case, item = work.case, work.item
    decision = getattr(case, "decision_made", None)
    return {
        "title": rule.name,
        "number": number,
        "code": code,
        "authority": AUTHORITY,
        "subject": case.subject_name,
        "item_name": case.item_name,
        "case_number": case.number,
        "submitted_words": day_words(timezone.localdate(case.submitted_at)),
        "issued_words": day_words(timezone.localdate(issued_at)),
        "due_words": day_words(case.act_by) if case.act_by else "",
        "rows": list(_rows(work, rule)),
        "reasons": decision.reasons if decision else "",
        "basis": [f"《{one.title}》{one.article}" for one in item.basis],
        "remedy": item.remedy,
        "points": list(_points(case)) if rule.template in ("receipt", "notice") else [],
        "granted": decision.granted if decision else True,
    }


def day_words(day: date) -> str:
    """Give a day as people write it: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _rows(work: Work, rule: DocumentRule) -> Iterator[tuple[str, str]]:
    case, item = work.case, work.item
    yield "申请人", case.subject_name + (f"（证件后四位 {case.subject_tail}）" if case.subject_tail else "")
    yield "办理事项", f"{case.item_name}（{case.item_code}）"
    if rule.template == "receipt":
        yield "受理日期", day_words(timezone.localdate(case.accepted_at or case.submitted_at))
        yield "办理期限", item.promised.words
        if case.act_by:
            yield "最晚办结", day_words(case.act_by)
        return
    yield from result_rows(work)


def result_rows(work: Work) -> Iterator[tuple[str, str]]:
    """Give the result of a case in words."""
    yield from fact_rows(work.item.result, work.case.result)


def _points(case: Case) -> Iterator[str]:
    notice = getattr(case, "notice", None)
    if notice is not None and case.accepted_at is None:
        yield from (point["text"] for point in notice.points)
        return
    for row in case.materials.all():
        if row.state == "deferred":
            yield f"在{day_words(row.due_on) if row.due_on else '规定时间'}前补交“{row.name}”"
        elif row.state == "promised":
            yield f"您已书面承诺“{row.name}”属实，我们会核查"
