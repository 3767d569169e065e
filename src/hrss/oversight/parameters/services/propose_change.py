"""Propose a value of a parameter for the county: a number the unit can hold, a document, a day still to come.

It refuses parameters that are tables or unknown, a day that has begun, and a second proposal while one waits.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.regions.county import county_code
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.parameters.models import ParameterChange
from hrss.oversight.parameters.policies import PROPOSERS
from hrss.oversight.parameters.published import in_force, numbers
from hrss.rules.engine.parameters import ParameterValue

RULE = "参数改动两人办：一人提出、另一人批准，写明文号，从以后的日子起，不溯及以前"


@verb("parameters.propose")
def propose_change(
    name: str, *, actor: Actor, value: str, valid_from: date | None, document: str, reason: str
) -> Outcome:
    """Propose. Problems ``parameters.unknown|value|day|document|reason|waiting``."""
    county = county_code()
    require(actor, *PROPOSERS, region=county, doing="提出参数变动")
    if actor.person is None:
        raise Problem(
            "parameters.person", "参数变动要由自然人提出", rule=RULE, remedy="请用工作人员账号登录", status=403
        )
    known = numbers().get(name)
    if known is None:
        raise Problem("parameters.unknown", "请选择要改的参数", rule=RULE, remedy="从列表里选择", field="name")
    plain = _checked(known, value)
    day = check_day(valid_from)
    _check_words(document, reason)
    if ParameterChange.objects.filter(region_code=county, name=name, state="proposed").exists():
        raise Problem(
            "parameters.waiting", "这个参数有一个变动等待审批", rule=RULE, remedy="批准或退回以后再提", status=409,
            field="name",
        )  # fmt: skip
    before = in_force(name, day)
    made = ParameterChange.objects.create(
        name=name, title=known.title, region_code=county, value=plain, before=before, valid_from=day,
        document=document.strip(), reason=reason.strip(), proposed_by=actor.person, proposed_name=actor.name,
    )  # fmt: skip
    detail = {"name": name, "value": plain, "before": before, "from": day.isoformat()}
    audit.record(
        actor, "parameters.propose", subject_kind="parameter", subject_id=made.id, region=county, detail=detail
    )
    return Outcome("parameter", str(made.id), data=detail)


def check_day(day: date | None) -> date:
    """Give the first day; it must not have begun. Problem ``parameters.day``."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    if day is None or day < tomorrow:
        raise Problem(
            "parameters.day", "生效日期应在今天以后", rule=RULE, remedy=f"填 {tomorrow} 或以后；以前的差额另行办理",
            field="valid_from",
        )  # fmt: skip
    return day


def _checked(known: ParameterValue, value: str) -> str:
    plain = value.strip()
    if known.unit is None or not plain:
        raise Problem("parameters.value", "请填写数值", rule=RULE, remedy="照文件上的数填", field="value")
    known.unit.check(known.unit.read(plain, field="value"), field="value", label=known.title, rule=RULE)
    return plain


def _check_words(document: str, reason: str) -> None:
    for field, words, text in (("document", "文号", document), ("reason", "说明", reason)):
        if not text.strip():
            raise Problem(
                f"parameters.{field}", f"请填写{words}", rule=RULE, remedy="写明按哪个文件、为什么改", field=field
            )
