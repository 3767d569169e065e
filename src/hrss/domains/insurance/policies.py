"""Conditions of the insurance items, as Problems that say what is wrong and which rule says so.

Numbers come from ``amounts`` (that is: from the rules); nothing here is one of its own but the ages of the law.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from hrss.domains.insurance import amounts
from hrss.foundation.people.cards import age_on
from hrss.kernel.months import YearMonth, add_months
from hrss.kernel.problem import Problem

YOUNGEST = 16
TRANSITION_AGE = 45
RESIDENTS = "国发〔2014〕8号；重庆市城乡居民基本养老保险办法"
UNEMPLOYMENT = "社会保险法第四十五条"


def may_enrol(birth: date, died: date | None, on: date) -> Iterator[Problem]:
    """Say why somebody may not enrol in the residents' pension on a day."""
    if died is not None:
        yield deceased()
        return
    age = age_on(birth, on)
    if age < YOUNGEST:
        yield Problem(
            "insurance.too_young",
            f"还没有满 {YOUNGEST} 周岁",
            rule=RESIDENTS,
            remedy=f"满 {YOUNGEST} 周岁后再参保",
        )
    if age >= amounts.PENSION_AGE:
        yield Problem(
            "insurance.past_enrolment",
            f"已经满 {amounts.PENSION_AGE} 周岁，不能新参保",
            rule=RESIDENTS,
            remedy="以前参过保的，请直接申领待遇；其他情况请到窗口核实",
        )


def grade_problem(grade_yuan: int, category: str, on: date) -> Problem | None:
    """Say why a grade cannot be chosen: not in the table, or the lowest one by somebody it is not for."""
    known = amounts.grades(on)
    if grade_yuan not in known:
        listed = "、".join(str(one) for one in known if one != min(known))
        return Problem(
            "insurance.grade",
            f"没有 {grade_yuan} 元这一档",
            rule=RESIDENTS,
            remedy=f"可以选：{listed} 元",
            field="grade",
        )
    if grade_yuan == min(known) and category == "ordinary":
        return Problem(
            "insurance.lowest_grade",
            f"{grade_yuan} 元档只限重度残疾人、低保对象、特困人员和返贫致贫人口",
            rule=RESIDENTS,
            remedy="请选更高的档次；属于上述人员的，先在参保登记里改人员类别",
            field="grade",
        )
    return None


def sixtieth(birth: date) -> date:
    """Give the day on which a person is sixty."""
    return add_months(birth, 12 * amounts.PENSION_AGE)


def paid_every_year(birth: date, years: Collection[int], on: date) -> bool:
    """Tell whether somebody past 45 when the scheme began has paid every year since (应逐年缴费)."""
    began = amounts.first_year(on)
    if age_on(birth, date(began, 12, 31)) < TRANSITION_AGE:
        return False
    return all(year in years for year in range(began, sixtieth(birth).year))


def may_claim_pension(
    birth: date, died: date | None, years: Sequence[int], on: date, *, other_pension: bool = False
) -> Iterator[Problem]:
    """Say why the residents' pension cannot be claimed on a day; ``years`` are the years paid."""
    if died is not None:
        yield deceased()
        return
    age, every_year = age_on(birth, on), paid_every_year(birth, years, on)
    if amounts.may_claim(age=age, years=len(years), paid_every_year=every_year, other_pension=other_pension):
        return
    if age < amounts.PENSION_AGE:
        day = sixtieth(birth)
        yield Problem(
            "insurance.not_sixty",
            f"还没有满 {amounts.PENSION_AGE} 周岁",
            rule=RESIDENTS,
            remedy=f"{day.year}年{day.month}月{day.day}日满 {amounts.PENSION_AGE} 周岁，到时会提醒您",
        )
    elif other_pension:
        yield Problem(
            "insurance.other_pension",
            "已经领取其他基本养老保险待遇，不能重复领取",
            rule="社会保险法第十六条；" + RESIDENTS,
            remedy="可以申请把居民养老保险个人账户退还",
            field="other_pension",
        )
    else:
        missing = amounts.missing_years(len(years), on)
        yield Problem(
            "insurance.years_missing",
            f"已经缴费 {len(years)} 年，还差 {missing} 年",
            rule=RESIDENTS,
            remedy="请先在“我的社保”里一次补足，补足后再申领",
        )


def years_to_make_up(paid: Sequence[int], on: date) -> tuple[int, ...]:
    """Give the years that may be made up: the latest unpaid ones since the scheme began, as many as are missing."""
    missing = amounts.missing_years(len(paid), on)
    open_years = [year for year in range(amounts.first_year(on), on.year) if year not in paid]
    return tuple(open_years[-missing:]) if missing else ()


def grades_for(category: str, on: date) -> dict[int, int]:
    """Give the grades somebody may choose with the subsidy of each in fen; the lowest is for some groups only."""
    known = amounts.grades(on)
    return {grade: fen for grade, fen in known.items() if category != "ordinary" or grade != min(known)}


def first_month(birth: date, complete_on: date) -> YearMonth:
    """Give the first month of the pension: the one after sixty and after the years were complete."""
    return YearMonth.of(max(sixtieth(birth), complete_on)) + 1


def may_draw_unemployment(paid_months: int, *, own_will: bool, registered: bool) -> Iterator[Problem]:
    """Say why unemployment benefit cannot be drawn (社会保险法第四十五条), each reason by itself."""
    if amounts.may_draw_unemployment(paid_months, own_will=own_will, registered=registered):
        return
    if not registered:
        yield Problem(
            "insurance.not_registered",
            "还没有办理失业登记",
            rule=UNEMPLOYMENT,
            remedy="请先办理失业登记；用“失业”一件事可以一起办",
        )
    if own_will:
        yield Problem(
            "insurance.own_will",
            "自己辞职的，不能领取失业保险金",
            rule=UNEMPLOYMENT + "第二项：非因本人意愿中断就业",
            remedy="如果是单位解除、合同到期或者协商解除，请改选离开的原因",
            field="leave_reason",
        )
    if not amounts.may_draw_unemployment(paid_months, own_will=False, registered=True):
        yield Problem(
            "insurance.paid_too_short",
            f"失业保险累计缴费 {paid_months} 个月，不满一年",
            rule=UNEMPLOYMENT + "第一项：缴费满一年",
            remedy="缴费记录有缺的，请单位补缴后再申请",
        )


def deceased() -> Problem:
    """Say that the person has died."""
    return Problem(
        "insurance.deceased", "档案显示这个人已经去世", rule="死亡人员不办理参保和申领", remedy="如有误，请先更正档案"
    )


def not_deceased() -> Problem:
    """Say that nobody knows of a death."""
    return Problem(
        "insurance.not_deceased",
        "还没有查到这位亲人的死亡登记",
        rule="社会保险经办条例第九条：与公安、民政共享的信息核对",
        remedy="刚办销户的，请过一两天再来；没有销户的，请先到派出所办理",
        field="deceased_id",
    )


def already(what: str, remedy: str) -> Problem:
    """Say that something is there already."""
    return Problem("insurance.already", what, rule="同一人同一时间只能有一份", remedy=remedy, status=409)


def not_enrolled() -> Problem:
    """Say that there is no open enrolment."""
    return Problem(
        "insurance.not_enrolled", "没有参加城乡居民养老保险", rule=RESIDENTS, remedy="请先办理参保登记", status=409
    )
