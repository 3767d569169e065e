"""Handing in: proofs become rows of the case, with the days on which promised and deferred ones are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrss.casework.deadlines import clocks
from hrss.casework.intake.materials import MaterialLine
from hrss.casework.items.definition import ItemDefinition, LimitRule
from hrss.casework.models import Case, Clock, Material

PROMISE_TEXT = (
    "我承诺：“{name}”所要证明的情况属实，愿意接受核查；"
    "承诺不实的，愿意承担撤销办理结果、退回待遇、记入信用记录等法律责任。"
)
VERIFY_LIMIT = LimitRule("30W", "告知承诺后续核查期限（县级设定）", "unverified")


def hand_in(case: Case, lines: Sequence[MaterialLine], item: ItemDefinition, *, day: date) -> None:
    """Store every proof that came; start the clock of each that has to follow."""
    for line in lines:
        if line.state == "missing":
            continue
        due = _start_clock(case, line, item, day)
        Material.objects.update_or_create(
            case=case,
            code=line.code,
            defaults={
                "name": line.name,
                "how": line.how,
                "state": line.state,
                "source": line.source[:80],
                "file_id": line.file_id,
                "sha256": line.sha256,
                "answer": dict(line.answer),
                "as_of": line.as_of,
                "promise_text": PROMISE_TEXT.format(name=line.name) if line.how == "promise" else "",
                "due_on": due,
            },
        )


def _start_clock(case: Case, line: MaterialLine, item: ItemDefinition, day: date) -> date | None:
    if line.state not in ("deferred", "promised"):
        return None
    rule = item.material(line.code)
    limit = VERIFY_LIMIT
    if line.state == "deferred" and rule is not None:
        limit = LimitRule(rule.defer_limit, "容缺后补期限（事项定义）")
    clock = clocks.start(case, Clock.Kind.DEFERRED, limit, on=day, about=line.code)
    return clock.due_on if clock else None
