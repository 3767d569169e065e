"""Case topics of employment services: subsidies, loans, statistics, hardship."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hrss.rules.cases.local import (
    answer,
    any_true,
    day,
    months_of,
    number,
    percent,
    pick,
    ratio,
)  # fmt: skip
from hrss.rules.cases.topics import Case, Unsupported, topic, yuan
from hrss.rules.employment import hardship, hiring_subsidies, personal_subsidies, statistics, training, windows
from hrss.rules.employment.heads import HeadRecord, count_heads
from hrss.rules.labour import wages
from hrss.rules.labour.contracts import layoff_must_be_reported
from hrss.rules.labour.tiers import tier_of

WAN = 10_000


def _amount(fen: int) -> dict[str, Any]:
    return {"amount": yuan(fen)}


@topic("subsidy.avg_check")
def average(case: Case) -> dict[str, Any]:
    """Amount per person."""
    facts = {"total": number(case["amount_wan"]) * WAN, "persons": case["persons"]}
    return {"per_person_yuan": yuan(answer(case, personal_subsidies.average_per_person, facts))}


@topic("subsidy.internship")
def internship(case: Case) -> dict[str, Any]:
    """Internship subsidy of a base."""
    facts = {
        "months": case["months"],
        "retained_over_half": case.get("retained_over_50pct", False),
        "insured": case.get("insured", False),
    }
    return _amount(answer(case, hiring_subsidies.internship_subsidy, facts))


@topic("stipend_floor.internship")
def stipend_floor(case: Case) -> dict[str, Any]:
    """Least stipend of an intern: the first-tier minimum wage."""
    found = answer(case, wages.minimum_wage, {"tier": wages.Tier.FIRST}, on=day(case["date"]))
    return {"min_month": yuan(found)}


_HIRED = {
    "困难": hiring_subsidies.HiringGroup.HARDSHIP,
    "毕业生": hiring_subsidies.HiringGroup.YOUNG_OR_LONG_UNEMPLOYED,
    "青年": hiring_subsidies.HiringGroup.YOUNG_OR_LONG_UNEMPLOYED,
    "失业半年": hiring_subsidies.HiringGroup.YOUNG_OR_LONG_UNEMPLOYED,
    "失业6个月": hiring_subsidies.HiringGroup.YOUNG_OR_LONG_UNEMPLOYED,
}


@topic("subsidy.hiring_once")
def hiring(case: Case) -> dict[str, Any]:
    """One-off hiring subsidy."""
    facts = {"group": pick(case["category"], _HIRED), "persons": case["persons"]}
    return _amount(answer(case, hiring_subsidies.hiring_subsidy, facts))


_PLACES = {
    "市外": personal_subsidies.WorkPlace.OUTSIDE,
    "县外市内": personal_subsidies.WorkPlace.IN_CITY,
    "市内": personal_subsidies.WorkPlace.IN_CITY,
    "县内": personal_subsidies.WorkPlace.IN_COUNTY,
}


@topic("subsidy.transport")
def transport(case: Case) -> dict[str, Any]:
    """Transport subsidy of those who work outside the county."""
    receipt = case.get("receipt")
    facts = {"place": pick(case["place"], _PLACES), "has_receipt": bool(receipt), "receipt": receipt or 0}
    return _amount(answer(case, personal_subsidies.transport_subsidy, facts)) | {"times_per_year": 1}


@topic("subsidy.job_search")
def job_search(case: Case) -> dict[str, Any]:
    """Job-search subsidy by group and place."""
    group = _job_search_group(str(case["kind"]), str(case.get("place") or ""))
    if group is None:
        return _amount(0)
    return _amount(
        answer(case, personal_subsidies.job_search_subsidy, {"group": group, "months": case.get("months", 0)})
    )


def _job_search_group(kind: str, place: str) -> personal_subsidies.JobSearchGroup | None:
    groups = personal_subsidies.JobSearchGroup
    if "脱贫" in kind:
        if place in ("县内", "本县"):
            return None
        return groups.FORMERLY_POOR_PARTNER if "山东" in place else groups.FORMERLY_POOR_ELSEWHERE
    found: personal_subsidies.JobSearchGroup = pick(
        kind, {"离校": groups.LEFT_SCHOOL, "登记失业": groups.LEFT_SCHOOL, "在校": groups.IN_SCHOOL}
    )
    return found


@topic("subsidy.flexible_si")
def flexible(case: Case) -> dict[str, Any]:
    """Two thirds of what a flexible worker paid."""
    facts = {"pension": case["paid_pension"], "medical": case["paid_medical"]}
    return _amount(answer(case, personal_subsidies.flexible_insurance_subsidy, facts))


@topic("subsidy.term_rule")
def term(case: Case) -> dict[str, Any]:
    """How long subsidies run."""
    to_retirement = months_of(case["age_to_retire_years_at_first"])
    facts = {"to_retirement_at_first": to_retirement}
    left = answer(case, hiring_subsidies.subsidy_months_left, facts | {"used": case["used_months"]})
    to_the_end = bool(answer(case, hiring_subsidies.runs_to_retirement, facts))
    until = "retirement" if to_the_end and left > 0 else None
    return {"eligible": left > 0, "remaining_months": left, "until": until}


@topic("subsidy.training_2019_2021")
def training_level(case: Case) -> dict[str, Any]:
    """Training subsidy by level, schedule of 2019 to 2021."""
    facts = {"level": training.SkillLevel.read(case["level"], field="level")}
    return _amount(answer(case, training.training_by_level, facts, on=date(2019, 12, 31)))


@topic("subsidy.training_per_day")
def training_day(case: Case) -> dict[str, Any]:
    """Training subsidy by the day."""
    kinds = {"新职业": training.TrainingKind.NEW_OR_KEY, "重点": training.TrainingKind.NEW_OR_KEY}
    facts = {"kind": pick(case["kind"], kinds | {"特色": training.TrainingKind.SPECIAL}), "days": case["days"]}
    return _amount(answer(case, training.training_by_day, facts))


@topic("subsidy.training_times")
def training_times(case: Case) -> dict[str, Any]:
    """Trainings a person may have subsidised in a year."""
    facts = {"times_this_year": case["year_count"], "requested": case["request"]}
    return {"allowed": bool(answer(case, training.may_train_again, facts))}


_LEVELS = {
    "一级": 1, "高级技师": 1, "二级": 2, "技师": 2, "三级": 3, "高级工": 3, "高级": 3,
    "四级": 4, "中级工": 4, "中级": 4, "五级": 5, "初级工": 5, "初级": 5,
}  # fmt: skip


def _trade_and_level(text: str) -> tuple[str, int]:
    compact = re.sub(r"[\s/]", "", text)
    for word in sorted(_LEVELS, key=len, reverse=True):
        if compact.endswith(word):
            return compact.removesuffix(word), _LEVELS[word]
    raise Unsupported(f"“{text}”没有等级")


@topic("subsidy.training_same_level")
def same_level(case: Case) -> dict[str, Any]:
    """Never twice for one trade and level, never below a level held."""
    trade, wanted = _trade_and_level(str(case["request"]))
    has = case.get("has") or []
    held = [_trade_and_level(str(one)) for one in (has if isinstance(has, list) else [has])]
    levels = [level for own, level in held if own == trade]
    facts = {"same_trade": bool(levels), "held": min(levels, default=6), "requested": wanted}
    return {"allowed": bool(answer(case, training.level_is_new, facts))}


_PREMIUMS = {"养老": "pension", "医疗": "medical", "失业": "unemployment", "工伤": "injury", "生育": "maternity"}


@topic("subsidy.employer_si")
def employer_insurance(case: Case) -> dict[str, Any]:
    """The employer's part of five insurances as paid."""
    facts = dict.fromkeys(_PREMIUMS.values(), Decimal(0))
    for name, paid in case["employer_paid"].items():
        facts[pick(name, _PREMIUMS | {"大额": "medical"})] += number(paid)
    return _amount(answer(case, hiring_subsidies.employer_insurance_subsidy, facts))


@topic("subsidy.employer_si_window")
def employer_window(case: Case) -> dict[str, Any]:
    """Whether the window is open in a month."""
    years = pick(case.get("for", "上一年度"), {"上一年": 1, "上年": 1, "去年": 1, "前年": 2, "本年": 0, "当年": 0})
    facts = {"month": case["apply_month"], "years_back": years}
    return {"window_open": bool(answer(case, windows.employer_window_is_open, facts))}


@topic("min_wage")
def minimum_wages(case: Case) -> dict[str, Any]:
    """Minimum wage of a county on a day."""
    on = day(case["date"])
    facts = {"tier": tier_of(str(case["county"]), on=on)}
    hour = answer(case, wages.minimum_hourly_wage, facts, on=on)
    return {"month": yuan(answer(case, wages.minimum_wage, facts, on=on)), "hour": yuan(hour)}


@topic("stat.new_urban_employment")
def new_urban(case: Case) -> dict[str, Any]:
    """Newly employed less natural attrition."""
    facts = {"newly_employed": case["newly_employed"], "natural_attrition": case["natural_attrition"]}
    return {"value": answer(case, statistics.new_urban_employment, facts)}


@topic("stat.registered_unemployment_rate", "stat.survey_unemployment_rate")
def unemployment_rate(case: Case) -> dict[str, Any]:
    """Unemployed over the labour force, in the convention of the topic."""
    unemployed = case["registered_unemployed"] if "registered_unemployed" in case else case["unemployed"]
    employed = case["urban_employed"] if "urban_employed" in case else case["employed"]
    facts = {"unemployed": unemployed, "employed": employed}
    return {"rate_pct": percent(answer(case, statistics.unemployment_rate, facts))}


@topic("stat.labour_force_status")
def labour_force(case: Case) -> dict[str, Any]:
    """Employed, unemployed or outside the labour force."""
    facts = {
        "age": case["age"],
        "hours": case.get("worked_hours_ref_week") or 0,
        "on_leave": case.get("on_leave", False),
        "seeking": case.get("seeking_3m", False),
        "available": case.get("available_2w", False),
    }
    return {"status": statistics.LabourForceStatus(answer(case, statistics.labour_force_status, facts)).word}


@topic("stat.person_vs_record")
def heads(case: Case) -> dict[str, Any]:
    """Heads by person or by record."""
    records = [HeadRecord(str(person), str(table), bool(valid)) for person, table, valid in case["records"]]
    by_person = case.get("dedupe") == "person"
    return {"count": count_heads(records, by_person=by_person, valid_only=bool(case.get("valid_only", False)))}


@topic("stat.monitor_net_change")
def monitored(case: Case) -> dict[str, Any]:
    """Jobs of monitored firms: stock, net change, change and loss rate."""
    stock = {"last_month_end": case["last_month_end"]}
    both = stock | {"added": case["added"], "reduced": case["reduced"]}
    end = answer(case, statistics.monitored_jobs, both)
    loss = answer(case, statistics.job_loss_rate, stock | {"reduced": case["reduced"]})
    change = answer(case, statistics.job_change_rate, both)
    return {
        "this_month_end": end,
        "net": end - int(case["last_month_end"]),
        "change_pct": percent(change),
        "loss_rate_pct": percent(loss),
    }


@topic("stat.job_vacancy_ratio")
def vacancies(case: Case) -> dict[str, Any]:
    """Vacancies over job seekers."""
    facts = {"vacancies": case["vacancies"], "seekers": case["jobseekers"]}
    return {"ratio": ratio(answer(case, statistics.vacancy_ratio, facts))}


@topic("layoff.report_required")
def layoff(case: Case) -> dict[str, Any]:
    """Whether a layoff must be explained and reported thirty days before."""
    facts = {"employees": case["employees"], "laid_off": case["layoff"]}
    required = bool(answer(case, layoff_must_be_reported, facts))
    return {"required": required, "notice_days": 30 if required else None}


_EXCUSED = ("在校", "学生", "丧失劳动能力", "服役", "服刑", "退休")


@topic("zero_employment_family")
def zero_employment(case: Case) -> dict[str, Any]:
    """Whether all who should work are unemployed."""
    counted = [member for member in case["members"] if _should_work(case, member)]
    unemployed = sum("失业" in str(member["status"]) for member in counted)
    facts = {"working_age": len(counted), "unemployed": unemployed}
    return {"is_zero": bool(answer(case, hardship.is_zero_employment_family, facts))}


def _should_work(case: Case, member: dict[str, Any]) -> bool:
    excused = any(word in str(member["status"]) for word in _EXCUSED)
    return bool(answer(case, hardship.counts_for_zero_employment, {"age": member["age"], "excused": excused}))


@topic("hard_to_employ.category")
def hardship_category(case: Case) -> dict[str, Any]:
    """Whether a person is recognised as hard to employ, and as what."""
    facts = {
        "registered": case.get("registered_unemployed", False),
        "sex": case["sex"],
        "age": case["age"],
        "claimed": _claimed_group(case),
    }
    group = hardship.HardshipGroup(answer(case, hardship.hardship_group, facts))
    return {"eligible": group != hardship.HardshipGroup.NONE, "group": group.word}


def _claimed_group(case: Case) -> hardship.HardshipGroup:
    groups = hardship.HardshipGroup
    named = {
        groups.DISABLED: ("disab",), groups.LOW_INCOME: ("low_income", "dibao"),
        groups.ZERO_EMPLOYMENT: ("zero_employment",), groups.GRADUATE: ("graduate",),
        groups.FORMERLY_POOR: ("poor", "poverty"), groups.VETERAN: ("military", "veteran"),
        groups.RELEASED: ("released", "rehab"), groups.OVERCAPACITY: ("overcapacity",),
    }  # fmt: skip
    return next((group for group, parts in named.items() if any_true(case, *parts)), groups.NONE)
