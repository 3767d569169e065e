"""Case topics of services with other values than the published ones, worked out by hand from the rule."""

import json
from decimal import Decimal
from typing import Any

import pytest

from hrss.rules.cases.runner import run_cases

CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("id_number.validate", {"id": "512226196810031250"}, {"valid": False, "error": "checksum"}),
    ("id_number.validate", {"id": "50023620050230003X"}, {"valid": False, "error": "date"}),
    ("id_number.validate", {"id": "512226681003125"}, {"valid": False, "error": "length"}),
    ("uscc.validate", {"uscc": "11500382774856013E"}, {"valid": False, "error": "checksum"}),
    ("service_code.parse", {"code": "11370828MB286029024000114107003"}, {"length": 31, "handle_item": None}),
    ("deadline.working_days", {"start": "2025-12-31", "days": 1}, {"due": "2026-01-04"}),
    ("deadline.calendar_days", {"start": "2025-04-01", "days": 30}, {"due": "2025-05-06"}),
    ("deadline.months", {"start": "2024-11-30", "months": 3}, {"due": "2025-02-28"}),
    (
        "deadline.suspend",
        {"accepted": "2025-06-03", "limit_days": 30, "suspend_from": "2025-06-10", "suspend_days": 7},
        {"due": "2025-07-10"},
    ),
    ("statutory_limit", {"item": "劳动监察调查"}, {"limit": "60W+30W"}),
    ("ui_benefit_months.carryover", {"new_years": 2, "unused_months": 4}, {"months": 10}),
    ("indicator.direction", {"name": "x", "target": ">=98", "actual": 97.9}, {"met": False}),
    ("indicator.attainment_13th", {"indicator": "x", "target": ">92", "actual_2020": 92.1}, {"met": True}),
    (
        "indicator.plan_progress",
        {"target": 6.0, "cumulative": 2.4, "elapsed_years": 3, "plan_years": 5},
        {"progress_pct": 40, "time_pct": 60, "status": "behind"},
    ),
    ("indicator.prof_total", {"senior": 1, "middle": 1, "junior": 2}, {"total": 4, "share_pct": [25, 25, 50]}),
    ("subsidy.internship", {"months": 1, "retained_over_50pct": True, "insured": False}, {"amount": 1500}),
    ("subsidy.hiring_once", {"category": "就业困难人员", "persons": 2}, {"amount": 12000}),
    ("subsidy.transport", {"place": "市外", "receipt": None}, {"amount": 200, "times_per_year": 1}),
    ("subsidy.transport", {"place": "县内", "receipt": None}, {"amount": 0}),
    ("subsidy.job_search", {"kind": "脱贫劳动力", "place": "县内", "months": 9}, {"amount": 0}),
    (
        "subsidy.term_rule",
        {"age_to_retire_years_at_first": 5, "used_months": 35},
        {"eligible": True, "remaining_months": 1},
    ),
    ("subsidy.training_same_level", {"has": ["焊工 五级", "电工 三级"], "request": "电工 四级"}, {"allowed": False}),
    ("subsidy.training_same_level", {"has": None, "request": "电工初级工"}, {"allowed": True}),
    (
        "subsidy.employer_si",
        {"employer_paid": {"养老": 1.5, "医疗": 2, "大额医疗": 0.5}, "personal_paid": 9},
        {"amount": 4},
    ),
    ("loan.max_wan", {"date": "2024-05-01", "kind": "合伙创业", "partners": 2}, {"max_wan": 66}),
    ("loan.rate_2025", {"lpr": 3.1, "spread_bp": 40}, {"rate_pct": 3.5, "subsidy_pct": 1.75, "borrower_pct": 1.75}),
    (
        "loan.subsidy_2023_firm",
        {"lpr": 3.45, "spread_bp": 300},
        {"rate_pct": 5.95, "borrower_pct": 1.95, "subsidy_pct": 4},
    ),
    ("loan.other_loans", {"loans": ["5万元以上消费贷"], "date": "2025-07-01"}, {"blocking": True}),
    ("loan.other_loans", {"loans": [], "date": "2025-07-01"}, {"blocking": False}),
    ("loan.applicant_group", {"group": "返乡创业农民工", "date": "2025-07-01"}, {"eligible": True}),
    ("min_wage", {"county": "奉节", "date": "2022-03-31"}, {"month": 1700, "hour": 17}),
    (
        "stat.labour_force_status",
        {"age": 22, "worked_hours_ref_week": 0.5, "seeking_3m": True, "available_2w": True},
        {"status": "失业"},
    ),
    (
        "stat.person_vs_record",
        {"records": [["A", "T", 1], ["A", "T", 0]], "dedupe": "record", "valid_only": False},
        {"count": 2},
    ),
    (
        "stat.monitor_net_change",
        {"last_month_end": 200, "added": 30, "reduced": 10},
        {"this_month_end": 220, "net": 20, "change_pct": 10, "loss_rate_pct": 5},
    ),
    ("layoff.report_required", {"employees": 199, "layoff": 19}, {"required": False}),
    (
        "zero_employment_family",
        {"members": [{"age": 40, "status": "失业"}, {"age": 19, "status": "在校学生"}]},
        {"is_zero": True},
    ),
    (
        "hard_to_employ.category",
        {"sex": "女", "age": 30, "registered_unemployed": False, "disabled": True},
        {"eligible": False},
    ),
    ("personnel.post_ratio", {"posts": 23, "ratio": [2, 4, 4], "scope": "五六七级"}, {"split": [5, 9, 9]}),
    ("personnel.recruit_ratio", {"applicants": 5, "posts": 3}, {"open": False, "reduce_to": 2}),
    (
        "personnel.recruit_score",
        {
            "public": 75,
            "public_full": 150,
            "professional": 120,
            "professional_full": 150,
            "interview": 90,
            "weights": [0.25, 0.25, 0.5],
        },
        {"total": 77.5},
    ),
    ("personnel.award_record_deadline", {"decided_on": "2025-01-31"}, {"file_by": "2025-02-28"}),
    ("personnel.dismiss_assessment", {"assess": ["不合格", "合格", "不合格"]}, {"may_terminate": False}),
    ("personnel.disabled_quota", {"staff": 250}, {"min_disabled": 3.75, "ratio_pct": 1.5}),
    ("skill.eligibility", {"apply": "四级", "technical_school_graduate": True}, {"eligible": True}),
    (
        "skill.eligibility",
        {"apply": "三级", "have": "四级", "years_after": 2, "college_degree": True},
        {"eligible": True},
    ),
    ("csco2022.lookup", {"code": "4-03"}, {"level": 2}),
    ("rating.rectify_deadline", {"rated_on": "2025-03-03", "grade": "满意"}, {"due": None, "callback_pct": 0}),
    ("review.no_self_reviewer", {"accepted_by": "u1", "reviewed_by": "u2", "approved_by": "u1"}, {"allowed": False}),
    ("card.unfreeze", {"status": "正式挂失", "replacement_applied": False}, {"allowed": True}),
    ("card.electronic_when_lost", {"physical": "注销"}, {"electronic_services": "停止个人服务"}),
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


@pytest.mark.parametrize(
    ("topic", "inputs"),
    [
        ("subsidy.hiring_once", {"category": "其他", "persons": 1}),
        ("subsidy.transport", {"receipt": 3}),
        ("loan.other_loans", {"loans": ["消费贷"]}),
        ("personnel.recruit_score", {"weights": [0.5, 0.5]}),
        ("no.such.topic", {}),
    ],
)
def test_what_is_not_understood_is_unsupported(topic: str, inputs: dict[str, Any]) -> None:
    assert run_one(topic, inputs, {"amount": 0})[0] == "unsupported"


@pytest.mark.parametrize(
    ("topic", "inputs", "word"),
    [
        ("subsidy.internship", {"months": -1}, "应在"),
        ("deadline.working_days", {"start": "2026-12-30", "days": 9}, "工作日历"),
        ("loan.max_wan", {"date": "2019-01-01", "kind": "个人"}, "没有数值"),
        ("min_wage", {"county": "北京市", "date": "2025-01-01"}, "档次"),
        ("csco2022.lookup", {"code": "9-99-99-99"}, "职业代码"),
    ],
)
def test_wrong_inputs_fail_with_a_reason(topic: str, inputs: dict[str, Any], word: str) -> None:
    state, reason = run_one(topic, inputs, {"amount": 0})
    assert state == "failed"
    assert word in reason
