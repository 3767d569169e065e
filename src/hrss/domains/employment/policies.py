"""Conditions of the employment items, as Problems that say what is wrong and which rule says so.

Ages and categories come from ``hrss.rules``; nothing here is a number of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.cards import age_on
from hrss.foundation.people.models import Person
from hrss.foundation.regions.county import county_code
from hrss.kernel.problem import Problem
from hrss.rules.employment.hardship import (
    HardshipGroup,
    counts_for_zero_employment,
    hardship_group,
    is_zero_employment_family,
)
from hrss.rules.engine import default_parameters, evaluate

COUNTY = county_code()
GROUPS = {
    "age": HardshipGroup.OLDER,
    "low_income": HardshipGroup.LOW_INCOME,
    "zero_employment": HardshipGroup.ZERO_EMPLOYMENT,
    "graduate": HardshipGroup.GRADUATE,
    "former_poor": HardshipGroup.FORMERLY_POOR,
    "disabled": HardshipGroup.DISABLED,
    "veteran": HardshipGroup.VETERAN,
    "released": HardshipGroup.RELEASED,
    "overcapacity": HardshipGroup.OVERCAPACITY,
}
_NAMES = {group: name for name, group in GROUPS.items()}
_EXCUSED = {"student", "unable", "soldier"}


def may_register_unemployed(birth: date, died: date | None, on: date) -> Iterator[Problem]:
    """Say why a person may not be registered as unemployed on ``on``: dead, too young, past working age."""
    if died is not None:
        yield Problem(
            "employment.deceased", "档案显示这个人已经去世", rule="死亡人员不办理登记", remedy="如有误，请先更正档案"
        )
        return
    lowest, highest = working_age(on)
    age = age_on(birth, on)
    if age < lowest:
        yield Problem(
            "employment.too_young",
            f"还没有满 {lowest} 周岁",
            rule="劳动法第十五条",
            remedy=f"满 {lowest} 周岁后再来办理",
        )
    if age > highest:
        yield Problem(
            "employment.past_working_age",
            f"已经超过劳动年龄（{highest} 周岁）",
            rule="就业服务与就业管理规定第六十三条：法定劳动年龄内",
            remedy="可以申请养老保险待遇",
        )


def working_age(on: date) -> tuple[int, int]:
    """Give the first and last full year of age at which a person counts as of working age on ``on``."""
    table = default_parameters()
    lowest = table.parameter("employment.working_age.from", on=on, region=COUNTY)
    highest = table.parameter("employment.working_age.to", on=on, region=COUNTY)
    return int(lowest.value), int(highest.value)


def still_employed(employer: str) -> Problem:
    """Say that the register still has a job."""
    return Problem(
        "employment.still_employed",
        f"就业登记里您还在“{employer}”上班",
        rule="失业登记的前提是没有工作",
        remedy="如果已经离开，请选“离开了工作单位”并填写离开日期",
        field="situation",
    )


def hardship_category(
    claimed: str, *, registered: bool, sex: int, birth: date, on: date, graduated_on: str | None
) -> str | Problem:
    """Give the category the rule finds for a claim, or the Problem why there is none."""
    facts = {"registered": registered, "sex": sex, "age": age_on(birth, on), "claimed": int(GROUPS[claimed])}
    group = HardshipGroup(evaluate(hardship_group, facts, on=on, region=COUNTY).amount)
    if not registered:
        return Problem(
            "employment.not_registered",
            "还没有办理失业登记",
            rule="就业困难人员认定以失业登记为前提",
            remedy="请先办理失业登记（几分钟就好）",
        )
    if group is HardshipGroup.NONE:
        return Problem(
            "employment.no_hardship_group",
            "现在的年龄还不属于大龄失业人员（男满五十周岁、女满四十周岁）",
            rule="重庆市就业困难人员认定范围",
            remedy="如果符合其他情形，请改选",
            field="category",
        )
    if claimed == "graduate" and group is HardshipGroup.GRADUATE and not _within_two_years(graduated_on, on):
        return Problem(
            "employment.graduated_long_ago",
            "离校已经超过两年",
            rule="重庆市就业困难人员认定范围：离校两年内未就业的高校毕业生",
            remedy="如果符合其他情形，请改选",
            field="graduated_on",
        )
    return _NAMES[group]


def _within_two_years(graduated_on: str | None, on: date) -> bool:
    return bool(graduated_on) and age_on(date.fromisoformat(str(graduated_on)), on) < 2


def zero_employment(members: Sequence[Mapping[str, Any]], found: Mapping[str, Person], on: date) -> list[Problem]:
    """Say why a family is none without employment by the rule; members of unknown number count by what was said."""
    expected = unemployed = 0
    for member in members:
        person = found.get(str(member["id_number"]))
        age = age_on(person.birth_date, on) if person else 30
        facts = {"age": age, "excused": member["situation"] in _EXCUSED}
        if evaluate(counts_for_zero_employment, facts, on=on, region=COUNTY).amount:
            expected += 1
            unemployed += member["situation"] == "unemployed"
    counts = {"working_age": expected, "unemployed": unemployed}
    if evaluate(is_zero_employment_family, counts, on=on, region=COUNTY).amount:
        return []
    return [
        Problem(
            "employment.not_zero_employment",
            "这个家庭不符合零就业家庭条件",
            rule="就业促进法第五十六条：法定劳动年龄内的家庭成员均处于失业状况",
            remedy="请核对每位家人现在的情况",
            field="members",
        )
    ]


def firm_may_hire(firm: Organisation) -> Iterator[Problem]:
    """Say why a firm may not register hires."""
    if firm.status != Organisation.Status.ACTIVE:
        yield Problem(
            "employment.firm_closed", "这个单位已经注销", rule="招用人员的单位应当存续", remedy="请核对统一社会信用代码"
        )


def hire_problems(
    row: int, hire: Mapping[str, Any], person: Person | None, here: Collection[UUID], on: date
) -> Iterator[Problem]:
    """Say what is wrong with one row of a roster."""
    if person is None:
        return
    if person.death_date is not None:
        yield _row(row, "id_number", "employment.deceased", "档案显示这个人已经去世", "请核对身份证号")
    if person.name != hire["name"]:
        yield _row(row, "name", "employment.name_differs", "姓名和身份证号对不上", "请核对姓名和身份证号")
    if age_on(person.birth_date, on) < working_age(on)[0]:
        yield _row(row, "id_number", "employment.too_young", "还没有满 16 周岁，不能招用", "请从名单里去掉这一行")
    if person.id in here:
        yield _row(row, "id_number", "employment.already_hired", "这个人已经登记在本单位就业", "请从名单里去掉这一行")


def _row(row: int, field: str, code: str, message: str, remedy: str) -> Problem:
    rule = "劳动法第十五条" if code.endswith("too_young") else "就业登记以人员档案为准"
    return Problem(code, message, rule=rule, remedy=remedy, field=f"hires.{row}.{field}")
