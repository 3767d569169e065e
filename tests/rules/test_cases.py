"""The published cases: every accepted one is reproduced, every known wrong answer is not."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

from hrss.kernel.problem import Problem
from hrss.rules.cases import run, run_cases

FOLDER = Path(__file__).resolve().parents[1] / "cases"
UNANSWERABLE = {
    "labour": ["package_wage_shortfall"]
}  # the source prints the outcome, not the hours and wages it rests on
DIGESTS = dict(line.split()[::-1] for line in (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_case_files_are_the_published_ones(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == DIGESTS[name]


@pytest.mark.parametrize("family", ["insurance", "labour", "services"])
def test_all_counted_cases_pass(family: str) -> None:
    report = run([FOLDER / f"{family}.json"])
    assert [f"{one.topic} {one.id}: {one.reason}" for one in report.failures] == []
    lacking = [one.topic for one in report.results if one.counted and one.state == "unsupported"]
    assert lacking == UNANSWERABLE.get(family, [])
    assert report.total.passed == report.total.total - len(lacking) > 80


def test_negative_cases_fail_when_the_wrong_answer_is_given() -> None:
    good = {
        "topic": "statutory_retirement_age",
        "inputs": {"category": "male", "birth_month": "1965-01"},
        "expected": {"delay_months": 1, "retirement_month": "2025-02"},
        "use": "negative",
    }
    assert run_cases([good]).exit_code == 1


@pytest.mark.parametrize("family", ["insurance", "labour", "services"])
def test_a_known_wrong_answer_is_answered_otherwise_not_merely_refused(family: str) -> None:
    wrong = [one for one in run([FOLDER / f"{family}.json"]).results if one.use == "negative"]
    assert [one.topic for one in wrong if one.answer is None] == []


def test_a_changed_expectation_fails() -> None:
    cases = json.loads((FOLDER / "insurance.json").read_text(encoding="utf-8"), parse_float=Decimal)
    for case in cases:
        for name, value in case["expected"].items():
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                case["expected"][name] = value + 1000
    accepted = [case for case in cases if case["use"] == "accept" and _has_number(case["expected"])]
    assert run_cases(accepted).total.passed == 0


def _has_number(expected: dict[str, object]) -> bool:
    return any(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in expected.values())


def test_ids_and_order_do_not_matter() -> None:
    cases = json.loads((FOLDER / "insurance.json").read_text(encoding="utf-8"), parse_float=Decimal)
    renamed = [case | {"id": f"x{at}"} for at, case in enumerate(reversed(cases))]
    assert run_cases(renamed).total.passed == run_cases(cases).total.passed


def test_unknown_topics_and_inputs_are_unsupported_not_failed() -> None:
    unknown = {"topic": "no_such_topic", "inputs": {}, "expected": {"x": 1}}
    missing = {"topic": "injury_one_off_disability", "inputs": {"grade": 9}, "expected": {"amount": 1}}
    report = run_cases([unknown, missing])
    assert (report.total.unsupported, report.exit_code) == (2, 0)


def test_uncounted_cases_never_fail_the_run() -> None:
    case = {
        "topic": "injury_one_off_disability",
        "inputs": {"grade": 9, "own_wage": 5000},
        "expected": {"amount": 1},
        "use": "disputed",
    }
    report = run_cases([case])
    assert report.exit_code == 0
    assert "SHOWN disputed" in report.to_text()


def test_lines_say_passed_failed_unsupported_total() -> None:
    report = run([FOLDER / "insurance.json"])
    assert "minimum_contribution_years: passed 6, failed 0, unsupported 0, total 6" in report.to_text()


def test_a_file_that_is_no_case_list_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(Problem, match="不是案例列表"):
        run([path])


@pytest.mark.parametrize(
    "item",
    [
        "text", 5, None, {}, {"topic": "uscc.validate"}, {"topic": "uscc.validate", "inputs": [1], "expected": {}},
        {"topic": "uscc.validate", "inputs": {}, "expected": [1]},
        {"topic": "daily_hourly_wage", "inputs": {"month_wage": "abc"}, "expected": {"daily": 1}},
        {"topic": "daily_hourly_wage", "inputs": {"month_wage": 1500}, "expected": {"daily": 1}, "tolerance": "x"},
        {"topic": "daily_hourly_wage", "inputs": {"month_wage": 1500}, "expected": {"daily": 1}, "tolerance": [1]},
        {"topic": "unemployment_duration_months", "inputs": {"paid_years": "four"}, "expected": {"months": 1}},
    ],
)  # fmt: skip
def test_what_is_no_case_fails_with_a_reason_and_the_rest_is_answered(item: object) -> None:
    good = {
        "topic": "daily_hourly_wage",
        "inputs": {"month_wage": 1500},
        "expected": {"daily": 68.97},
        "tolerance": 0.005,
    }
    report = run_cases([item, good])  # type: ignore[list-item]
    assert [one.state for one in report.results] == ["failed", "passed"]
    assert report.results[0].reason
