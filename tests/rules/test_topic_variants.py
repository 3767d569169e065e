"""Other cases of the published topics: optional inputs, other writings, values no published row has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hrss.rules.cases import run_cases
from hrss.rules.cases.report import Report

PENSION = {
    "calc_base": 8000,
    "avg_index": 1,
    "account_balance": 139000,
    "divisor_months": 139,
    "transition_rate": 0.014,
}
SOUTH = {"calc_base": 8000, "avg_index": "1.2", "account_balance": 0, "divisor_months": 139}
VARIANTS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("employee_pension_amount", PENSION | {"total_months": 360, "deemed_years": "2.5"},
     {"basic_pension": 2400, "account_pension": 1000, "transitional_pension": 280, "total": 3680}),
    ("employee_pension_amount", PENSION | {"total_years": "30.5", "pre_1996_months": 30},
     {"basic_pension": 2440, "transitional_pension": 280}),
    ("employee_pension_amount", SOUTH | {"total_years": 20, "deemed_years": 5, "transition_rate": "0.013",
                                         "transition_method": "indexed_wage"}, {"transitional_pension": 624}),
    ("account_growth", {"balance": 100000, "months": 24, "rate": "0.0262"}, {"balance_end": "105308.64"}),
    ("account_growth", {"balance": 100000, "months": 6, "rate": "0.0262"}, {"balance_end": 101310}),
    ("institution_transition_cap", {"old_method": 5200, "new_method": 6100, "retire_month": "2024-09"},
     {"share": 1, "extra": 900, "paid": 6100}),
    ("institution_transition_cap", {"old_method": 5200, "new_method": 5000, "retire_month": "2025-03"}, {"paid": 5200}),
    ("institution_transition_cap", {"old_method": 5200, "new_method": 6100, "retire_month": "2025-03"}, {"paid": 6100}),
    ("unemployment_eligibility", {"paid_months": 24, "reason": "resigned"}, {"eligible": False}),
    ("unemployment_eligibility", {"paid_months": 24, "reason": "involuntary, firm closed"}, {"eligible": True}),
    ("unemployment_eligibility", {"paid_months": 24, "reason": "contract ended", "registered": False},
     {"eligible": False}),
    ("unemployment_monthly_standard", {"year": 2025}, {"monthly": 1864}),
    ("flexible_retirement_earliest", {"category": "female_original_50", "statutory_age": "52y3m",
                                      "preference": "latest"}, {"age_years": 55, "age_months": 3}),
    ("minimum_contribution_gap", {"paid_months": 200, "min_years": "15.5"}, {"gap_months": 0}),
    ("survivor_grant_months", {"contribution_years": 40, "pension_years_drawn": 3}, {"months": 21}),
    ("landless_one_off", {"scheme": "退地农转城 (2010)", "age": "70"}, {"payment": 21500}),
    ("resident_death_grant", {"phase": "drawing", "basic": 165}, {"months": 12, "amount": 1980}),
    ("illegal_termination_2N", {"avg_month_wage": 50000, "severance_months": 15, "cap_month": 30000,
                                "cap_applies": False}, {"compensation": 1500000}),
    ("illegal_termination_2N", {"avg_month_wage": 50000, "severance_months": 15, "cap_month": 30000},
     {"compensation": 720000}),
    ("severance_rounding", {"service": "3 years 5 months", "avg_month_wage": 6000, "cap_month": 20000},
     {"severance_months": "3.5", "severance": 21000}),
    ("overtime_pay", {"month_wage": 4350, "holiday_hours": 8}, {"weekday": 0, "restday": 0, "holiday": 600}),
    ("annual_leave_days_and_pay", {"service_years": 21, "taken_days": 15, "avg_month_wage": 6000},
     {"entitlement": 15, "unused": 0, "extra_pay_200pct": 0}),
    ("wage_deposit_fujian", {"contract": 3000000, "clean_years": 1}, {"deposit": 0}),
    ("wage_deposit_anhui", {"contract": 100000000, "on_blacklist": True}, {"deposit": 4000000}),
    ("wage_deposit_hunan", {"contract": 300000000, "key_transport": True}, {"deposit": 2500000}),
    ("harmonious_grade_chongqing", {"score": 79, "current": None}, {"may_apply": None}),
    ("collective_dispute", {"workers": 3, "collective_contract": True}, {"collective": True, "panel": 3}),
    ("simplified_procedure", {"amount": 200000, "prov_avg_annual_wage": 117546, "both_agree": True,
                              "respondent_missing": True}, {"allowed": False}),
    ("special_hours_quarter", {"cycle": "year", "year": 2026},
     {"standard_hours": 1984, "max_overtime_hours_cycle": 432}),
    ("noncompete_compensation", {"avg_month_wage": 5000, "min_wage": 2200, "agreed_years": 1},
     {"monthly": 2200, "months": 12, "total": 26400}),
    ("subsidy.transport", {"place": "县外市内", "receipt": 0}, {"amount": 50}),
    ("subsidy.transport", {"place": "县内", "receipt": 80}, {"amount": 0}),
    ("subsidy.job_search", {"kind": "脱贫劳动力", "place": "浙江", "months": 2}, {"amount": 0}),
    ("loan.max_wan", {"date": "2025-08-01", "kind": "合伙", "partners": 20}, {"max_wan": 600}),
    ("loan.other_loans", {"loans": ["经营贷款"]}, {"blocking": True}),
    ("personnel.recruit_score", {"public": 90, "professional": 80, "interview": 85, "weights": ["0.25", "0.25", "0.5"]},
     {"total": 85}),
    ("personnel.dismiss_assessment", {"assess": ["不合格", "合格"]}, {"may_terminate": False, "notice_days": None}),
    ("skill.eligibility", {"apply": "二级", "have": "三级", "years_after": "2", "reserve_technician": True},
     {"eligible": True}),
    ("zero_employment_family", {"members": [{"age": 45, "status": "失业"}, {"age": 20, "status": "就业"}]},
     {"is_zero": False}),
    ("deadline.suspend", {"accepted": "2025-06-03", "limit_days": 20, "suspend_from": "2025-06-10",
                          "suspend_days": 10}, {"due": "2025-07-03"}),
    ("stat.labour_force_status", {"age": 15, "worked_hours_ref_week": 40}, {"status": "不在统计范围"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "inputs", "expected"), VARIANTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_variant(topic: str, inputs: dict[str, Any], expected: dict[str, Any]) -> None:
    wanted = {name: Decimal(value) if _is_text_number(value) else value for name, value in expected.items()}
    case = {"topic": topic, "inputs": inputs, "jurisdiction": "CN-50", "tolerance": 0, "expected": wanted}
    report: Report = run_cases([case])
    (found,) = report.results
    assert (found.state, found.reason) == ("passed", "")


def _is_text_number(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).isdigit()


@pytest.mark.parametrize(
    ("topic", "inputs", "said"),
    [
        ("unemployment_duration_months", {"paid_years": -1}, "累计缴费满年数"),
        ("injury_one_off_disability", {"grade": 11, "own_wage": 5000}, "伤残等级"),
        ("statutory_retirement_age", {"category": "child", "birth_month": "1965-01"}, "child"),
        ("employee_account_recording_rate", {"year": 2010}, "没有数值"),
        ("overtime_pay", {"month_wage": -1}, "加班工资计算基数"),
        ("personnel.post_quota", {"approved": -1, "actual": 0, "request": 0}, "核准岗位数"),
    ],
)
def test_a_value_that_cannot_be_is_told(topic: str, inputs: dict[str, Any], said: str) -> None:
    (found,) = run_cases([{"topic": topic, "inputs": inputs, "expected": {"x": 1}}]).results
    assert found.state == "failed"
    assert said in found.reason
