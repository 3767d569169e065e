"""Case topics of labour with other values than the published ones, worked out by hand from the rule."""

import json
from decimal import Decimal
from typing import Any

import pytest

from hrss.rules.cases.runner import run_cases

CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "illegal_termination_2N",
        {"avg_month_wage": 60000, "severance_months": 15, "annual_avg_wage": 120000},
        {"compensation": 720000},
    ),
    (
        "illegal_termination_2N",
        {"hire_month": "2020-06", "worked": "7 months", "month_wage": 9000},
        {"severance_months": 1, "compensation": 18000, "final_award": True},
    ),
    (
        "illegal_termination_2N",
        {"worked": "20年", "month_wage": 9000, "min_wage": 2200},
        {"compensation": 360000, "final_award": False},
    ),
    (
        "illegal_termination_2N_capped",
        {"capped_month_base": 30000, "severance_months": 14.5, "employee_wage_above_3x": True},
        {"gross_2N": 720000, "difference_due": 720000},
    ),
    (
        "severance_min_wage_floor",
        {"avg_month_wage": 1800, "local_min_wage": 2200, "severance_months": 2, "multiplier": 2},
        {"severance": 8800},
    ),
    (
        "severance_months_from_dates",
        {"hire_date": "2020-01-01", "end_date": "2020-06-30"},
        {"severance_months": 1, "2N_factor": 2},
    ),
    (
        "severance_rounding",
        {"service": "15y3m", "avg_month_wage": 47200, "cap_month": 47103.25},
        {"severance_months": 12, "severance": 565239},
    ),
    (
        "no_2N_plus_notice_wage",
        {"termination_illegal": False, "claims": ["2N", "notice_month_wage"]},
        {"allow_2N": False, "allow_notice_wage": True},
    ),
    (
        "double_wage_unsigned",
        {"hire_date": "2025-03-01", "signed": None, "month_wage": 12000},
        {"window_end": "2026-02-28", "months": 11, "difference": 132000},
    ),
    (
        "double_wage_unsigned",
        {"hire_date": "2025-03-01", "signed": "2025-03-31", "month_wage": 12000},
        {"months": 0, "difference": 0},
    ),
    (
        "double_wage_unsigned",
        {"hire_date": "2026-01-10", "signed": "2026-03-31", "month_wage": 10875, "workdays": [13, 21]},
        {"difference": 17000},
    ),
    (
        "double_wage_time_barred",
        {"claim_period": ["2024-02-01", "2024-12-31"], "filed": "2025-12-31"},
        {"time_barred": False},
    ),
    (
        "overtime_multiples",
        {"statutory_holiday_days": 3, "adjusted_restday_days": 4, "no_compensatory_leave": False},
        {"daily_wage_multiples": 9},
    ),
    (
        "working_time_constants",
        {"year_from": "2024-01-01"},
        {"work_days_year": 250, "work_days_quarter": 62.5, "work_days_month": 20.83, "pay_days_month": 21.75},
    ),
    (
        "special_hours_quarter",
        {"cycle": "year", "year": 2025},
        {"standard_hours": 1984, "max_overtime_hours_cycle": 432},
    ),
    (
        "package_wage_shortfall",
        {"agreed_wage_including_overtime": 4000, "min_wage": 2175, "weekday_hours": 80, "months": 2},
        {"shortfall_award": 0, "final_award": True},
    ),
    (
        "annual_leave_proration_leaver",
        {"entitlement": 5, "leave_date": "2026-02-10", "taken": 0, "daily_wage": 333.33},
        {"prorated": 0, "extra_pay_200pct": 0},
    ),
    (
        "annual_leave_proration_leaver",
        {"entitlement": 15, "leave_date": "2024-12-31", "taken": 3, "daily_wage": 333.33},
        {"prorated": 15, "unused": 12, "extra_pay_200pct": 7999.92},
    ),
    (
        "annual_leave_proration_joiner",
        {"entitlement": 5, "join_date": "2026-09-01"},
        {"elapsed_days": 122, "prorated": 1},
    ),
    ("annual_leave_probation", {"continuous_12_months_elsewhere": False, "in_probation": True}, {"entitled": False}),
    (
        "noncompete_compensation",
        {"avg_month_wage": 5000, "agreed_years": 1, "min_wage": 2200},
        {"monthly": 2200, "months": 12, "total": 26400},
    ),
    (
        "arbitration_limitation_pay",
        {"claim": "overtime_pay", "employment_end": "2019-02", "filed": "2020-03"},
        {"time_barred": True},
    ),
    (
        "arbitration_limitation_pay",
        {"claim": "annual_leave_pay", "employment_end": "2019-02-28", "filed": "2020-02-28"},
        {"time_barred": False},
    ),
    (
        "limitation_interruption",
        {"right_infringed": "2024-01-10", "claim_to_employer": "2025-01-11", "filed": "2025-06-01"},
        {"time_barred": True},
    ),
    ("inspection_limitation", {"violation_end": None, "first_complaint": "2025-07-01"}, {"inspect": True}),
    (
        "final_award_mixed",
        {"items": [{"type": "working_hours"}, {"type": "confirm_relation"}], "min_wage": 2200},
        {"final": [True, False], "documents": 2},
    ),
    ("arbitration_45_days", {"accepted": "2026-01-05", "extension": 15}, {"last_day": "2026-03-06"}),
    (
        "collective_contract_effective",
        {"signed": "2026-03-02", "received_by_bureau": "2026-03-10", "objection": "2026-03-20"},
        {"effective": None},
    ),
    ("collective_dispute", {"workers": 9, "common_claim": True}, {"collective": False}),
    (
        "simplified_procedure",
        {"amount": 200000, "prov_avg_annual_wage": 117546, "respondent_missing": False},
        {"allowed": False},
    ),
    ("arbitration_closing_rate", {"carried_in": 16, "accepted": 84, "closed": 90}, {"rate": 0.9, "open_at_end": 10}),
    ("refusal_to_pay_threshold_chongqing", {"workers": 2, "months_owed": 3, "amount": 20000}, {"reached": True}),
    ("refusal_to_pay_threshold_chongqing", {"workers": 1, "months_owed": 2, "amount": 90000}, {"reached": False}),
    (
        "refusal_to_pay_threshold_other",
        {"province": "湖南", "single": [3, 6000], "group": [10, 50000]},
        {"table": False},
    ),
    ("wage_deposit_fujian", {"contract": 100000000, "clean_years": 2}, {"deposit": 500000}),
    ("wage_deposit_anhui", {"contract": 100000000, "on_blacklist": True}, {"deposit": 4000000}),
    ("wage_deposit_hunan", {"contract": 100000000, "key_transport": True}, {"deposit": 1500000}),
    ("wage_deposit_sanming", {"contract": 60000000}, {"deposit": 1200000}),
    (
        "wage_deposit_national_bounds",
        {"rate": [0.005, 0.03], "multi_project_floor": 0.005, "exempt_below": 3000000},
        {"ok": False},
    ),
    ("wage_warning_project", {"attendance_workers": 100, "paid_workers": 100, "mean_pay": 1500}, {"colour": "red"}),
    (
        "wage_warning_project",
        {"attendance_month": "2026-03", "paid_via_account_by_end_of": "2026-04", "check_month": "2026-05"},
        {"colour": "green", "rule": None},
    ),
    ("law_abiding_grade", {"violations_investigated": 2}, {"grade": "B"}),
    (
        "wage_blacklist",
        {"mass_incident": True, "ordered_to_pay": True, "paid_in_time": False},
        {"list": True, "years": 3},
    ),
    (
        "wage_blacklist_early_removal",
        {"corrected": "2025-03-01", "commitment": True, "apply": "2025-08-31"},
        {"eligible": False},
    ),
    ("harmonious_grade_chongqing", {"score": 90, "current": "AA", "years_held": 1}, {"may_apply": "AAA"}),
    ("min_wage_chongqing", {"area": "渝中区", "date": "2022-03-31"}, {"month": 1800, "hour_part_time": 18}),
    ("additional_compensation_50_100", {"due": 60000, "ordered": True, "paid_in_time": True}, {"min": 0, "max": 0}),
    ("case_file_retention", {"closed_by": "mediation"}, {"years_min": 5}),
]


def run_one(topic: str, inputs: dict[str, Any], expected: dict[str, Any]) -> tuple[str, str]:
    """Write and read the case as a file would and give state and reason."""
    read = json.loads(json.dumps(inputs), parse_float=Decimal)
    case = {"id": "own", "topic": topic, "inputs": read, "expected": expected, "tolerance": 0}
    result = run_cases([case]).results[0]
    return result.state, result.reason


@pytest.mark.parametrize(("topic", "inputs", "expected"), CASES)
def test_other_values_of_the_same_topics(topic: str, inputs: dict[str, Any], expected: dict[str, Any]) -> None:
    assert run_one(topic, inputs, expected) == ("passed", "")


def test_a_package_wage_without_hours_stays_open() -> None:
    inputs = {"agreed_wage_including_overtime": 4000, "rule": "hours not printed"}
    assert run_one("package_wage_shortfall", inputs, {"shortfall_award": 0})[0] == "unsupported"
