"""Projects, budgets, reminders: two persons on what is held to be true, nothing typed that can be measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from tests.oversight.conftest import staff
from tests.oversight.pictures import picture

from hrss.foundation.datasets import Condition, Measure, Moment, Operator, Time, Window
from hrss.foundation.datasets.measures import query_of
from hrss.foundation.datasets.running import number
from hrss.foundation.files.services import store
from hrss.foundation.messages.models import Message
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, Function, system_actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.projects import spending
from hrss.oversight.projects.models import AnnualTask, Milestone, Payment, Project, TaskShare
from hrss.oversight.projects.services.budget import confirm_budget, enter_budget
from hrss.oversight.projects.services.draft_year import draft_year
from hrss.oversight.projects.services.plan_tasks import issue
from hrss.oversight.projects.services.remind import remind
from hrss.oversight.projects.services.run_projects import (
    add_photo,
    confirm_milestone,
    confirm_payment,
    open_projects,
    record_payment,
    report_milestone,
)
from hrss.oversight.projects.undertakings import state_of

ROBOT = system_actor("test").for_purpose("statistics")
COUNTY, DAY = "500236", date(2025, 12, 31)
PAID = {"paid_on": date(2025, 3, 1), "amount": 100_000, "payee": "夔建（示范）", "purpose": "进度款", "money": "财政"}


@pytest.fixture
def opened(county: None) -> Project:
    open_projects(COUNTY, actor=staff(Function.DATA))
    return Project.objects.get(code="prj-2")


def proof() -> UUID:
    return store(picture(32, 32, (9, 9, 9)), "现场.png", actor=staff(Function.DATA), region=COUNTY).id


def milestone(project: Project, number_: int) -> Milestone:
    with acting(ROBOT):
        return project.milestones.get(number=number_)


def state(project: Project, day: date = DAY) -> object:
    with acting(ROBOT):
        return state_of(project, day)


def late_in_dataset(day: date) -> int:
    where = (Condition("due_on", Operator.LESS_THAN, Moment.END), Condition("project", Operator.IS, "prj-2"))
    with acting(ROBOT):
        return number(query_of(Measure("projects.milestones", where, time=Time.STOCK), Window(day, day))).value


def test_projects_come_from_the_annex_once(opened: Project) -> None:
    assert open_projects(COUNTY, actor=staff(Function.DATA)).data["projects"] == 0
    with acting(ROBOT):
        assert sum(one.amount for one in opened.investments.all()) == opened.investment == 15_000 * 1_000_000
        assert sum(one.weight for one in opened.milestones.all()) == 100
    assert state(opened).late and late_in_dataset(DAY) == 6, "the seventh is due that very day"


def test_a_milestone_counts_once_another_person_has_confirmed_it(opened: Project) -> None:
    builder, one = staff(Function.DATA), milestone(opened, 1)
    with pytest.raises(Problem, match="照片或文件"):
        report_milestone(one.id, date(2021, 12, 10), actor=builder, note="", file_id=None)
    with pytest.raises(Problem, match="还没有上报"):
        confirm_milestone(one.id, actor=staff(Function.INSPECTOR))
    report_milestone(one.id, date(2021, 12, 10), actor=builder, note="建成", file_id=proof())
    assert state(opened).done == 0
    with pytest.raises(Problem, match="另一个人"):
        confirm_milestone(one.id, actor=builder)
    confirm_milestone(one.id, actor=staff(Function.INSPECTOR))
    assert state(opened).done == 15 and state(opened, date(2021, 12, 9)).done == 0 and late_in_dataset(DAY) == 5
    with pytest.raises(Problem, match="已经确认"):
        report_milestone(one.id, date(2021, 12, 11), actor=builder, note="", file_id=proof())


def test_a_payment_is_recorded_once_and_counts_when_confirmed(opened: Project) -> None:
    clerk = staff(Function.FINANCE)
    made = record_payment(opened.id, actor=clerk, voucher="记-1", **PAID)
    with pytest.raises(Problem, match="登记过"):
        record_payment(opened.id, actor=clerk, voucher="记-1", **PAID)
    assert state(opened).paid_total == 0
    with pytest.raises(Problem, match="另一个人"):
        confirm_payment(UUID(made.id), actor=clerk)
    confirm_payment(UUID(made.id), actor=staff(Function.FINANCE))
    assert state(opened).paid == {2025: 100_000}
    with pytest.raises(DatabaseError), acting(ROBOT), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_payment SET amount = 1")


@pytest.mark.parametrize(("name", "value"), [("amount", 0), ("payee", " "), ("paid_on", date(2099, 1, 1))])
def test_a_payment_that_cannot_be_is_refused(opened: Project, name: str, value: object) -> None:
    with pytest.raises(Problem) as refused:
        record_payment(opened.id, actor=staff(Function.FINANCE), voucher="记-2", **{**PAID, name: value})
    assert refused.value.field == name and refused.value.remedy


def test_payments_are_for_county_posts_and_photos_stay(opened: Project) -> None:
    record_payment(opened.id, actor=staff(Function.FINANCE), voucher="记-3", **PAID)
    with acting(staff(Function.HANDLER, region="500236117")):
        assert not Payment.objects.exists()
    add_photo(opened.id, date(2025, 5, 1), actor=staff(Function.DATA), caption="大门", region=COUNTY, file_id=proof())
    with pytest.raises(DatabaseError), acting(ROBOT), connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_photo")


def test_outputs_are_measured_or_follow_milestones(opened: Project) -> None:
    brought = {one.output.title: one for one in state(opened).outputs}
    assert brought["核心园区"].actual == 0 and not brought["核心园区"].reached
    one = milestone(opened, 1)
    report_milestone(one.id, date(2021, 12, 10), actor=staff(Function.DATA), note="", file_id=proof())
    confirm_milestone(one.id, actor=staff(Function.INSPECTOR))
    assert {x.output.title: x for x in state(opened).outputs}["核心园区"].actual == 1


def test_a_budget_is_entered_confirmed_and_adjusted_by_a_new_line(county: None) -> None:
    clerk, other = staff(Function.FINANCE), staff(Function.FINANCE)
    facts = {"title": "待遇支出", "document": "奉财社〔2025〕1号"}
    first = enter_budget(COUNTY, "unemployment", 2025, "5001", actor=clerk, amount=900, **facts)
    assert spending.confirmed(2025) == []
    with pytest.raises(Problem, match="等待确认"):
        enter_budget(COUNTY, "unemployment", 2025, "5001", actor=clerk, amount=800, **facts)
    with pytest.raises(Problem, match="另一个人"):
        confirm_budget(UUID(first.id), actor=replace(other, person=clerk.person))
    confirm_budget(UUID(first.id), actor=other)
    second = enter_budget(COUNTY, "unemployment", 2025, "5001", actor=clerk, amount=800, **facts)
    assert [one.amount for one in spending.confirmed(2025)] == [900], "an adjustment counts when it is confirmed"
    confirm_budget(UUID(second.id), actor=other)
    assert [one.amount for one in spending.confirmed(2025)] == [800]
    with pytest.raises(DatabaseError), acting(ROBOT), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_budgetline SET amount = 1")


def test_spending_goes_to_the_longest_line_and_the_rest_is_told(county: None) -> None:
    for subject, title in (("5001", "待遇支出"), ("5001-02", "代缴医保")):
        line = enter_budget(
            COUNTY,
            "unemployment",
            2025,
            subject,
            actor=staff(Function.FINANCE),
            title=title,
            amount=500,
            document="1号",
        )
        confirm_budget(UUID(line.id), actor=staff(Function.LEADER))
    spent = {("5001-01", "失业保险金"): 70, ("5001-02", "医疗保险费"): 30, ("5301", "转移支出"): 5}
    found = {one.subject: one for one in spending._from_ledger("unemployment", spending.confirmed(2025), spent)}
    assert {key: one.spent for key, one in found.items()} == {"5001": 70, "5001-02": 30, "5301": 5}
    assert found["5301"].budget is None and found["5001"].rate == 14


def test_without_books_the_stand_in_is_marked(county: None) -> None:
    line = enter_budget(
        COUNTY, "work_injury", 2024, "5001", actor=staff(Function.DATA), title="待遇支出", amount=1, document="2号"
    )
    confirm_budget(UUID(line.id), actor=staff(Function.LEADER))
    row = next(one for one in spending.rows(YearMonth(2024, 12)) if one.fund == "work_injury")
    half = next(one for one in spending.rows(YearMonth(2024, 6)) if one.fund == "work_injury")
    assert row.origin == "history" and row.spent > half.spent > 0


def test_reminders_go_to_the_owner_once_a_turn(opened: Project) -> None:
    year = 2026
    draft_year(year, COUNTY, actor=staff(Function.DATA))
    issue([AnnualTask.objects.get(year=year, code="law_visits").id], actor=staff(Function.LEADER))
    with acting(ROBOT):
        owner = TaskShare.objects.get(task__year=year, task__code="law_visits").owner
    turns = [(date(year, 10, 6), 0), (date(year, 10, 8), 1), (date(year, 10, 9), 1), (date(year, 10, 11), 2),
             (date(year, 10, 12), 2), (date(year, 10, 18), 3)]  # fmt: skip
    for day, expected in turns:
        remind(actor=ROBOT, day=day)
        assert len(_inbox(owner, "plan.")) == expected, day
    Project.objects.filter(id=opened.id).update(owner=owner)
    remind(actor=ROBOT, day=date(2025, 12, 5))
    assert {one.template for one in _inbox(owner, "project.")} == {"project.milestone_due", "project.milestone_late"}


def test_shares_and_owed_reports_are_published(county: None) -> None:
    draft_year(2026, COUNTY, actor=staff(Function.DATA))
    issue([AnnualTask.objects.get(year=2026, code="township_visits").id], actor=staff(Function.LEADER))
    window = Window(date(2026, 11, 1), date(2026, 11, 20))
    with acting(ROBOT):
        assert number(query_of(Measure("plan.tasks", time=Time.STOCK), window)).value == 34
        overdue = Measure("plan.reports", (Condition("due_on", Operator.LESS_THAN, Moment.END),), time=Time.STOCK)
        assert number(query_of(overdue, window)).value == 33 * 10


def test_who_may_not_is_told(opened: Project) -> None:
    def refused(actor: Actor) -> None:
        with pytest.raises(Problem, match="您的岗位不能"):
            record_payment(opened.id, actor=actor, voucher="记-9", **PAID)

    refused(staff(Function.HANDLER))
    refused(staff(Function.LEADER))


def _inbox(account: UUID | None, kind: str) -> list[Message]:
    with acting(ROBOT):
        return list(Message.objects.filter(account=account, template__startswith=kind))
