"""Annual tasks: quantities by path, shares that add up, reports by two persons, measured values never typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.oversight.conftest import staff
from tests.oversight.pictures import picture

from hrss.foundation.files.services import store
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, Function, system_actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators import queries
from hrss.oversight.indicators.models import Taking
from hrss.oversight.indicators.services.take import take
from hrss.oversight.projects.models import AnnualTask, ProgressReport, TaskShare
from hrss.oversight.projects.packs import tasks_of
from hrss.oversight.projects.planning import quantity_of, shared_out
from hrss.oversight.projects.services.draft_year import draft_year
from hrss.oversight.projects.services.plan_tasks import issue, split, take_back
from hrss.oversight.projects.services.report_progress import confirm_report, report, return_report
from hrss.oversight.projects.standing import shares_standing, tasks_standing

ROBOT = system_actor("test").for_purpose("statistics")
COUNTY, TOWN, YEAR = "500236", "500236117", 2026
PNG = picture(64, 64, (40, 90, 60))


@pytest.fixture
def drafted(county: None) -> None:
    AnnualTask.objects.filter(year=YEAR).exists() or draft_year(YEAR, COUNTY, actor=staff(Function.DATA))


def task(code: str) -> AnnualTask:
    return AnnualTask.objects.get(year=YEAR, code=code)


def issued(code: str) -> AnnualTask:
    issue([task(code).id], actor=staff(Function.LEADER))
    return task(code)


def share_of(code: str, region: str) -> TaskShare:
    with acting(ROBOT):
        return TaskShare.objects.select_related("task").get(task__year=YEAR, task__code=code, region_code=region)


def proof(region: str) -> UUID:
    return store(PNG, "现场.png", actor=staff(Function.HANDLER, region=region), region=region, kinds=("png",)).id


def test_the_plan_s_target_makes_five_years_that_add_up() -> None:
    specs = {year: {one.code: one for one in tasks_of(year)} for year in range(2021, 2026)}
    for code, target in (("new_urban_employment", "6"), ("new_certificates", "4.3"), ("start_up_loans", "6")):
        assert sum(quantity_of(specs[year][code], year) for year in specs) == Decimal(target), code
    stocks = [quantity_of(specs[year]["unemployment_participants"], year) for year in specs]
    assert stocks == sorted(stocks) and stocks[-1] == Decimal("6.02")
    assert {quantity_of(specs[year]["rural_transfer"], year) for year in specs} == {Decimal(30)}


def test_shares_by_weight_are_whole_and_add_up() -> None:
    parts = shared_out(Decimal("1.2"), {"a": 1, "b": 1, "c": 5}, unit="万人")
    assert sum(parts.values()) == Decimal("1.2") and parts["c"] > parts["a"]
    assert shared_out(Decimal(6), dict.fromkeys("abcdefgh", 1), unit="个") == {
        **dict.fromkeys("abcdef", Decimal(1)), **dict.fromkeys("gh", Decimal(0))
    }  # fmt: skip


def test_a_year_is_drafted_with_shares_and_owners_once(drafted: None) -> None:
    found = AnnualTask.objects.filter(year=YEAR)
    assert (
        found.count() == len(tasks_of(YEAR)) and draft_year(YEAR, COUNTY, actor=staff(Function.DATA)).data["tasks"] == 0
    )
    with acting(ROBOT):
        parts = list(TaskShare.objects.filter(task__code="new_urban_employment", task__year=YEAR))
    assert sum(one.quantity for one in parts if len(one.region_code) == 9) == Decimal("1.2")
    assert sum(one.owner is not None for one in parts) == 34


def test_a_sum_that_is_not_equal_needs_words_and_the_database_holds_it(drafted: None) -> None:
    one, planner = task("new_urban_employment"), staff(Function.DATA)
    with pytest.raises(Problem, match="不相等"):
        split(one.id, {TOWN: Decimal("0.5")}, actor=planner)
    split(one.id, {TOWN: Decimal("0.5")}, actor=planner, note="白帝镇承接园区用工")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_annualtask SET split_note = '', state = 'issued' WHERE id = %s", [one.id])
    issue([one.id], actor=staff(Function.LEADER))
    with pytest.raises(Problem, match="已下达"):
        split(one.id, {TOWN: Decimal("0.4")}, actor=planner, note="改")
    with pytest.raises(DatabaseError), acting(ROBOT), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_taskshare SET quantity = 9 WHERE task_id = %s", [one.id])
    with pytest.raises(Problem, match="写明原因"):
        take_back(one.id, actor=staff(Function.LEADER), reason=" ")
    take_back(one.id, actor=staff(Function.LEADER), reason="县委调整目标")
    assert task("new_urban_employment").state == "draft"


def test_who_drafts_does_not_issue(drafted: None) -> None:
    both = staff(Function.LEADER)
    AnnualTask.objects.filter(id=task("law_visits").id).update(drafted_by=both.person)
    with pytest.raises(Problem, match="另一个人"):
        issue([task("law_visits").id], actor=both)
    with pytest.raises(Problem, match="不能下达"):
        issue([task("law_visits").id], actor=staff(Function.DATA))


def test_a_measured_value_is_never_typed(drafted: None) -> None:
    one, month = issued("zero_families"), YearMonth(YEAR, 10)
    take(["zero_families"], [month], actor=ROBOT, reason=Taking.Reason.ON_DEMAND, levels=("county", "township"))
    clerk, share = staff(Function.HANDLER, region=TOWN), share_of("zero_families", TOWN)
    with pytest.raises(Problem, match="不能填写"):
        report(share.id, month, actor=clerk, done="入户走访零就业家庭", value=Decimal(0))
    done = report(share.id, month, actor=clerk, done="入户走访零就业家庭")
    with acting(ROBOT):
        kept = ProgressReport.objects.get(id=done.id)
        standing = shares_standing(one, [share], month)[share.id]
    assert kept.taking is not None and kept.value == standing.value and kept.taking == standing.taking


def test_a_reported_value_needs_proof_and_counts_once_another_person_confirms(drafted: None) -> None:
    one, month = issued("township_visits"), YearMonth(YEAR, 10)
    clerk, share = staff(Function.HANDLER, region=TOWN), share_of("township_visits", TOWN)
    with pytest.raises(Problem, match="佐证材料"):
        report(share.id, month, actor=clerk, done="集中走访返乡人员", value=Decimal(1))
    done = report(share.id, month, actor=clerk, done="集中走访返乡人员", value=Decimal(1), files=[proof(TOWN)])
    assert tasks_standing([one], month)[one.id].value is None
    with pytest.raises(Problem, match="已经填报"):
        report(share.id, month, actor=clerk, done="集中走访返乡人员", value=Decimal(0))
    with pytest.raises(Problem, match="另一个人"):
        confirm_report(UUID(done.id), actor=_also(clerk, Function.REVIEWER))
    confirm_report(UUID(done.id), actor=staff(Function.REVIEWER, region=TOWN), opinion="照片与台账相符")
    assert tasks_standing([one], month)[one.id].value == 1
    with pytest.raises(DatabaseError), acting(ROBOT), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_progressreport SET value = 9 WHERE id = %s", [done.id])


def test_a_returned_report_makes_room_and_other_townships_do_not_exist(drafted: None) -> None:
    issued("township_visits")
    month, share = YearMonth(YEAR, 9), share_of("township_visits", TOWN)
    clerk = staff(Function.HANDLER, region=TOWN)
    done = report(share.id, month, actor=clerk, done="还没有组织走访", value=Decimal(0))
    with pytest.raises(Problem, match="没有这份填报"):
        return_report(UUID(done.id), actor=staff(Function.REVIEWER, region="500236127"), opinion="不属实")
    return_report(UUID(done.id), actor=staff(Function.REVIEWER, region=TOWN), opinion="说明不清")
    report(share.id, month, actor=clerk, done="十月组织，九月未做", value=Decimal(0))
    with pytest.raises(Problem, match="没有这项任务"):
        report(share.id, month, actor=staff(Function.HANDLER, region="500236127"), done="代填代填代填")


def test_a_year_s_part_is_a_difference_for_amounts_and_never_for_rates(county: None) -> None:
    AnnualTask.objects.filter(year=2025).exists() or draft_year(2025, COUNTY, actor=staff(Function.DATA))
    codes, months = ("new_certificates", "arbitration_conclusion_rate"), [YearMonth(2024, 12), YearMonth(2025, 12)]
    take(codes, months, actor=ROBOT, reason=Taking.Reason.ON_DEMAND, levels=("county",))
    tasks = {one.code: one for one in AnnualTask.objects.filter(year=2025, code__in=codes)}
    found = tasks_standing(list(tasks.values()), months[1])
    before, now = (queries.county_figure("new_certificates", month).counts.numerator for month in months)
    assert found[tasks["new_certificates"].id].value == Decimal(now - before) / 10_000 > 0
    assert found[tasks["arbitration_conclusion_rate"].id].value <= 100


@pytest.mark.parametrize("month", [YearMonth(2025, 12), YearMonth(2027, 1)])
def test_only_months_of_the_year_that_have_come(drafted: None, month: YearMonth) -> None:
    issued("law_visits")
    with pytest.raises(Problem, match="不能填报"):
        report(share_of("law_visits", COUNTY).id, month, actor=staff(Function.HANDLER), done="进企业宣讲一场")


def _also(actor: Actor, function: Function) -> Actor:
    return replace(actor, posts=staff(function, region=TOWN).posts)
