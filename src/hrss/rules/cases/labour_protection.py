"""Case topics of wage protection: criminal lines, deposits, warnings, credit of employers, minimum wages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hrss.kernel.months import YearMonth, full_months_between
from hrss.rules.cases.local import NOW, answer, day, number, optional_day
from hrss.rules.cases.topics import Case, Unsupported, topic, yuan
from hrss.rules.engine import default_parameters
from hrss.rules.labour import contracts, credit, deposits, refusal_to_pay, wages
from hrss.rules.labour.tiers import tier_of

_CRIME_REGIONS = {"辽宁": "21", "贵州": "52", "湖南": "43", "重庆": "50"}


def _reached(case: Case, region: str) -> bool:
    workers, total = int(case["workers"]), number(case["amount"])
    # With a total alone, at least one of them is owed the mean or more.
    largest = number(case["largest_single"]) if "largest_single" in case else total / max(workers, 1)
    facts = {
        "workers": workers,
        "months_owed": int(number(case.get("months_owed") or 0)),
        "largest_single": round(largest, 2),
        "total": total,
    }
    found = Case(case.inputs, region).ask(refusal_to_pay.reaches_crime_line, facts, on=NOW)
    return bool(found.amount)


@topic("refusal_to_pay_threshold_chongqing")
def crime_line(case: Case) -> dict[str, Any]:
    """Whether the sums reach Chongqing's lines."""
    return {"reached": _reached(case, "50")}


@topic("refusal_to_pay_threshold_other")
def crime_table(case: Case) -> dict[str, Any]:
    """Whether the lines of other provinces are those of the parameters."""
    regions = _crime_regions(str(case["province"]))
    lines = [[_crime(name, region) for name in ("single_months", "single_amount", "group_workers", "group_amount")]
             for region in regions]  # fmt: skip
    stated = [number(value) for value in (*case["single"], *case["group"])]
    return {"table": bool(lines) and all(line == stated for line in lines)}


def _crime_regions(text: str) -> list[str]:
    if "广东" in text:
        return ["4401" if "一类" in text else "44"]
    found = [region for name, region in _CRIME_REGIONS.items() if name in text]
    if not found:
        raise Unsupported(f"没有{text}的数额标准")
    return found


def _crime(name: str, region: str) -> Decimal:
    value = default_parameters().parameter(f"labour.crime.{name}", on=NOW, region=region)
    return value.unit.natural(value.value) if value.unit else Decimal(0)


@topic("refusal_to_pay_transfer")
def transfer(case: Case) -> dict[str, Any]:
    """Whether the file goes to the police."""
    names = ("amount_reached", "order_served", "paid_before_deadline")
    facts = {name: case.get(name, False) for name in names}
    return {"transfer": bool(answer(case, refusal_to_pay.must_transfer, facts))}


def _history(case: Case) -> deposits.ProjectHistory:
    text = str(case.get("arrears_history") or "")
    if case.get("on_blacklist") or "blacklist" in text:
        return deposits.ProjectHistory.BLACKLISTED
    clean = text == "" or text.startswith(("none", "no ", "clean", "无"))
    return deposits.ProjectHistory.ORDINARY if clean and not case.get("arrears") else deposits.ProjectHistory.ARREARS


@topic("wage_deposit_fujian")
def deposit_fujian(case: Case) -> dict[str, Any]:
    """Wage deposit in Fujian."""
    facts = {
        "contract": case["contract"],
        "months": case.get("months", case.get("duration_months", 12)),
        "project_number": case.get("project_no_in_area", 1),
        "clean_years": int(number(case.get("clean_years", 0))),
        "systems_kept": case.get("real_name_and_account_ok", False),
        "history": _history(case),
    }
    return {"deposit": yuan(answer(case, deposits.deposit_fujian, facts))}


@topic("wage_deposit_anhui")
def deposit_anhui(case: Case) -> dict[str, Any]:
    """Wage deposit in Anhui."""
    facts = {"contract": case["contract"], "history": _history(case)}
    return {"deposit": yuan(answer(case, deposits.deposit_anhui, facts))}


@topic("wage_deposit_sanming")
def deposit_sanming(case: Case) -> dict[str, Any]:
    """Wage deposit in Sanming."""
    return {"deposit": yuan(answer(case, deposits.deposit_sanming, {"contract": case["contract"]}))}


@topic("wage_deposit_hunan")
def deposit_hunan(case: Case) -> dict[str, Any]:
    """Wage deposit in Hunan."""
    facts = {"contract": case["contract"], "key_transport": case.get("key_transport", False)}
    return {"deposit": yuan(answer(case, deposits.deposit_hunan, facts))}


@topic("wage_deposit_national_bounds")
def deposit_bounds(case: Case) -> dict[str, Any]:
    """Whether rates lie within the national bounds."""
    several = {"rate": case["multi_project_floor"], "several_projects": True}
    rates = [{"rate": rate, "several_projects": False} for rate in case["rate"]]
    lawful = all(answer(case, deposits.deposit_rate_is_lawful, facts) for facts in [*rates, several])
    exempt = default_parameters().parameter("labour.deposit.national_exempt_below", on=NOW, region="")
    within = exempt.unit is not None and number(case["exempt_below"]) <= exempt.unit.natural(exempt.value)
    return {"ok": lawful and within}


@topic("wage_warning_baoying")
def arrears_warning(case: Case) -> dict[str, Any]:
    """Colour by months of arrears."""
    return {"colour": credit.Colour(answer(case, credit.arrears_colour, {"months": case["arrears_months"]})).word}


@topic("wage_warning_project")
def project_warning(case: Case) -> dict[str, Any]:
    """The worst colour of the rules whose data a project has, and which rule that is."""
    signals = _payment_signals(case) + _pay_signals(case)
    if not signals:
        raise Unsupported("没有可用于预警的数据")
    colour, rule = max(signals, key=lambda signal: signal[0])
    return {"colour": colour.word, "rule": rule if colour is not credit.Colour.GREEN else None}


def _payment_signals(case: Case) -> list[tuple[credit.Colour, str]]:
    found = []
    if "attendance_month" in case:
        month = YearMonth.parse(str(case["attendance_month"]))
        paid = case.get("paid_via_account_by_end_of")
        in_time = bool(paid) and YearMonth.parse(str(paid)[:7]) <= month + 1
        checked = YearMonth.parse(str(case["check_month"])) if "check_month" in case else month + 2
        facts = {"months_overdue": max(checked - month, 0), "paid_in_time": in_time}
        colour = credit.Colour(answer(case, credit.payment_colour, facts))
        found.append((colour, "neither month m nor m+1 paid"))
    if "attendance_workers" in case:
        facts = {"attending": case["attendance_workers"], "paid": case["paid_workers"]}
        found.append((credit.Colour(answer(case, credit.coverage_colour, facts)), "paid fewer than attending"))
    return found


_MEAN_PAY = ("mean_pay", "avg_pay", "average_pay", "mean_month_pay", "avg_month_pay", "average_month_pay")


def _pay_signals(case: Case) -> list[tuple[credit.Colour, str]]:
    found = []
    if "single_worker_month_pay" in case or "single_worker_year_pay" in case:
        facts = {"in_month": case.get("single_worker_month_pay", 0), "in_year": case.get("single_worker_year_pay", 0)}
        found.append((credit.Colour(answer(case, credit.single_pay_colour, facts)), "one worker paid too much"))
    mean = next((case[name] for name in _MEAN_PAY if name in case), None)
    if mean is not None:
        facts = {"mean_pay": mean, "minimum_wage": case.get("min_wage", 1890)}
        found.append((credit.Colour(answer(case, credit.mean_pay_colour, facts)), "mean pay below minimum wage"))
    if "leavers_unsettled" in case:
        facts = {"unsettled": case["leavers_unsettled"], "being_handled": case.get("leavers_being_handled", 0)}
        found.append((credit.Colour(answer(case, credit.leaver_colour, facts)), "leaver without settlement"))
    return found


@topic("law_abiding_grade")
def grade(case: Case) -> dict[str, Any]:
    """Grade of a firm by last year's record; any true flag is one of the grave matters."""
    investigations = int(case.get("violations_investigated") or 0)
    serious = any(value is True for value in case.values())
    facts = {"investigations": investigations, "serious": serious}
    return {"grade": credit.CreditGrade(answer(case, credit.credit_grade, facts)).word}


@topic("wage_blacklist")
def blacklist(case: Case) -> dict[str, Any]:
    """Whether a firm is listed, and for how long."""
    facts = {
        "reaches_crime_line": case.get("amount_reaches_crime_line", False),
        "grave_incident": any(value is True for name, value in case.items() if "incident" in name),
        "ordered": case.get("ordered_to_pay", False),
        "paid_in_time": case.get("paid_in_time", False),
    }
    listed = bool(answer(case, credit.belongs_on_blacklist, facts))
    return {"list": listed, "years": answer(case, credit.blacklist_years, {"listed_now": listed})}


@topic("wage_blacklist_early_removal")
def early_removal(case: Case) -> dict[str, Any]:
    """Whether a listed firm may ask to be removed early."""
    corrected = optional_day(case.get("corrected"))
    since = full_months_between(corrected, day(case["apply"])) if corrected else 0
    facts = {"corrected": corrected is not None, "months_since": since, "commitment": case.get("commitment", False)}
    return {"eligible": bool(answer(case, credit.may_leave_blacklist_early, facts))}


@topic("harmonious_grade_chongqing")
def harmony(case: Case) -> dict[str, Any]:
    """Grade of harmonious enterprise a firm may apply for."""
    facts = {
        "score": case["score"],
        "held": credit.HarmonyGrade.read(case.get("current") or "无", field="current"),
        "years_held": int(number(case.get("years_held") or 0)),
    }
    found = credit.HarmonyGrade(answer(case, credit.harmony_grade, facts))
    return {"may_apply": None if found is credit.HarmonyGrade.NONE else found.word}


@topic("min_wage_chongqing")
def minimum_wage(case: Case) -> dict[str, Any]:
    """Minimum wages of a district on a day."""
    on = day(case["date"])
    facts = {"tier": tier_of(str(case["area"]), on=on)}
    hour = yuan(answer(case, wages.minimum_hourly_wage, facts, on=on))
    return {"month": yuan(answer(case, wages.minimum_wage, facts, on=on)), "hour_part_time": hour}


@topic("additional_compensation_50_100")
def additional(case: Case) -> dict[str, Any]:
    """Least and most of the extra sum for pay not made in time."""
    facts = {"due": case["due"], "ordered": case["ordered"], "paid_in_time": case["paid_in_time"]}
    least, most = (yuan(answer(case, contracts.additional_compensation, facts | {"rate": rate})) for rate in ("0.5", 1))
    return {"min": least, "max": most}


@topic("general_contractor_clears_first")
def contractor(case: Case) -> dict[str, Any]:
    """Who pays what a subcontractor owes."""
    facts = {"owed_by_subcontractor": case["owed_by_subcontractor"]}
    return {"payer": "总包", "amount": yuan(answer(case, contracts.contractor_pays, facts))}
