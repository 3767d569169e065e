"""Plan and projects on the workbench: what is typed is not lost, who may not is refused, two persons to the end."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.channels.staffed import OTHER_TOWN, SYSTEM, TOWN, browser_of, clerk, prepare
from tests.oversight.pictures import picture

from hrss.foundation.scope import acting
from hrss.kernel.months import YearMonth
from hrss.oversight.projects.models import AnnualTask, BudgetLine, Milestone, ProgressReport, Project, TaskShare

pytestmark = pytest.mark.django_db
COUNTY = "500236"
YEAR = timezone.localdate().year
LAST = YearMonth.of(timezone.localdate()) - 1
IN_YEAR = LAST if LAST.year == YEAR else YearMonth(YEAR, 1)


@pytest.fixture(autouse=True)
def ready(db: None) -> None:
    prepare()


def html(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def post(client: Client, name: str, *args: object, **data: object) -> HttpResponse:
    return client.post(reverse(f"workbench.{name}", args=args), data)


def photo(name: str = "现场.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(40, 40, (200, 180, 90)), "image/png")


@pytest.fixture
def year() -> int:
    """A year drafted by one and issued by another, through the pages."""
    planner, head = browser_of(clerk("data", region=COUNTY)), browser_of(clerk("leader", region=COUNTY))
    clerk("handler", region=TOWN, name="冉经办")
    assert post(planner, "plan_draft", year=YEAR).status_code == 302
    assert post(head, "plan_issue", year=YEAR).status_code == 302
    return YEAR


def share_of(code: str, region: str) -> TaskShare:
    with acting(SYSTEM):
        return TaskShare.objects.select_related("task").get(task__year=YEAR, task__code=code, region_code=region)


def test_a_year_is_drafted_split_and_issued(year: int) -> None:
    head, planner = browser_of(clerk("leader", region=COUNTY)), browser_of(clerk("data", region=COUNTY))
    task = AnnualTask.objects.get(year=year, code="new_urban_employment")
    assert "1.2 万人" in html(head.get(reverse("workbench.task", args=(task.id,))))
    assert post(head, "task_back", task.id, reason="").status_code == 422
    assert post(head, "task_back", task.id, reason="县里调整").status_code == 302
    wrong = post(planner, "task_split", task.id, **{f"q.{TOWN}": "一百", "note": "先记着"})
    assert wrong.status_code == 422 and "不是数字" in html(wrong)
    assert 'value="一百"' in html(wrong) and "先记着" in html(wrong)
    uneven = post(planner, "task_split", task.id, **{f"q.{TOWN}": "0.9"})
    assert uneven.status_code == 422 and "不相等" in html(uneven) and 'value="0.9"' in html(uneven)
    assert post(planner, "task_split", task.id, **{f"q.{TOWN}": "0.9", "note": "园区用工"}).status_code == 302


def test_a_report_comes_from_a_phone_and_another_confirms_it(year: int) -> None:
    account = clerk("handler", region=TOWN)
    phone, share = browser_of(account), share_of("township_visits", TOWN)
    assert "去填报" in html(phone.get(reverse("workbench.plan")))
    asked = {"month": str(IN_YEAR), "done": "在便民服务中心集中走访"}
    wrong = post(phone, "share_report", share.id, **asked, value="很多", files=photo())
    assert wrong.status_code == 422 and "很多" in html(wrong) and "集中走访" in html(wrong)
    kept = re.findall(r'name="kept" value="([0-9a-f-]{36})"', html(wrong))
    assert len(kept) == 1, "the photo need not be taken again"
    sent = post(phone, "share_report", share.id, **asked, value="1", kept=kept[0])
    assert sent.status_code == 302
    with acting(SYSTEM):
        report = ProgressReport.objects.get(share=share)
    page = html(phone.get(reverse("workbench.progress", args=(report.id,))))
    assert "待复核" in page and "现场.png" in page and "退回时必须写" not in page
    other = browser_of(clerk("reviewer", region=TOWN))
    assert post(other, "progress_review", report.id, "return", opinion="").status_code == 422
    assert post(other, "progress_review", report.id, "confirm", opinion="属实").status_code == 302
    file_id = re.findall(r"/work/plan/files/([0-9a-f-]{36})", page)[0]
    assert other.get(reverse("workbench.plan_file", args=(file_id,)))["Content-Type"] == "image/png"
    stranger = browser_of(clerk("handler", region=OTHER_TOWN))
    for name, key in (("plan_file", UUID(file_id)), ("progress", report.id), ("share_report", share.id)):
        assert stranger.get(reverse(f"workbench.{name}", args=(key,))).status_code == 404, name


def test_somebody_else_s_file_cannot_be_slipped_in(year: int) -> None:
    mine, other = browser_of(clerk("handler", region=TOWN)), browser_of(clerk("handler", region=TOWN))
    share = share_of("township_visits", TOWN)
    asked = {"month": str(IN_YEAR), "done": "在便民服务中心集中走访"}
    wrong = post(mine, "share_report", share.id, **asked, value="x", files=photo())
    kept = re.findall(r'name="kept" value="([0-9a-f-]{36})"', html(wrong))
    assert "佐证材料" in html(post(other, "share_report", share.id, **asked, value="1", kept=kept[0]))


def test_a_measured_task_has_no_field_for_a_number(year: int) -> None:
    phone, share = browser_of(clerk("handler", region=TOWN)), share_of("zero_families", TOWN)
    page = html(phone.get(reverse("workbench.share_report", args=(share.id,))))
    assert 'name="value"' not in page and "指标取数" in page
    typed = post(phone, "share_report", share.id, month=str(IN_YEAR), done="走访零就业家庭", value="3")
    assert typed.status_code == 422 and "不能填写" in html(typed)


def test_a_project_goes_by_two_persons() -> None:
    planner, checker = browser_of(clerk("data", region=COUNTY)), browser_of(clerk("inspector", region=COUNTY))
    payer, second = browser_of(clerk("finance", region=COUNTY)), browser_of(clerk("finance", region=COUNTY))
    assert post(planner, "projects_open").status_code == 302
    project = Project.objects.get(code="prj-1")
    with acting(SYSTEM):
        milestone = project.milestones.get(number=1)
    wrong = post(planner, "project_act", project.id, "finish", milestone=milestone.id, done_on="", note="封顶")
    assert wrong.status_code == 422 and "请填写日期" in html(wrong) and "封顶" in html(wrong)
    done = {"milestone": milestone.id, "done_on": "2022-01-20", "note": "封顶", "file": photo()}
    assert post(planner, "project_act", project.id, "finish", **done).status_code == 302
    assert post(planner, "project_act", project.id, "confirm", milestone=milestone.id).status_code == 422
    assert post(checker, "project_act", project.id, "confirm", milestone=milestone.id).status_code == 302
    paid = {
        "paid_on": "2022-03-01",
        "amount": "12,000.50",
        "payee": "夔建（示范）",
        "purpose": "进度款",
        "money": "财政",
    }
    wrong = post(payer, "project_act", project.id, "pay", **paid, voucher="")
    assert wrong.status_code == 422 and "12,000.50" in html(wrong)
    assert post(payer, "project_act", project.id, "pay", **paid, voucher="记-7").status_code == 302
    with acting(SYSTEM):
        payment = project.payments.get()
        assert payment.amount == 1_200_050 and Milestone.objects.get(id=milestone.id).confirmed_at
    assert post(payer, "project_act", project.id, "check", payment=payment.id).status_code == 422
    assert post(second, "project_act", project.id, "check", payment=payment.id).status_code == 302
    assert post(planner, "project_act", project.id, "pay", **paid, voucher="记-8").status_code == 302
    assert post(checker, "project_act", project.id, "nothing").status_code == 404


def test_a_budget_is_entered_and_confirmed() -> None:
    payer, second = browser_of(clerk("finance", region=COUNTY)), browser_of(clerk("finance", region=COUNTY))
    line = {"fund": "unemployment", "year": str(YEAR), "subject": "5001", "title": "待遇支出", "document": "1号"}
    wrong = post(payer, "budget_enter", **line, amount="一万")
    assert wrong.status_code == 422 and "一万" in html(wrong) and "不是金额" in html(wrong)
    assert post(payer, "budget_enter", **{**line, "fund": "x"}, amount="1").status_code == 422
    assert post(payer, "budget_enter", **line, amount="10000").status_code == 302
    made = BudgetLine.objects.get()
    assert post(payer, "budget_confirm", made.id).status_code == 422
    assert post(second, "budget_confirm", made.id).status_code == 302
    assert "待遇支出" in html(second.get(reverse("workbench.budget")))


def test_a_report_without_figures_is_refused_with_words() -> None:
    planner = browser_of(clerk("data", region=COUNTY))
    for kind, month, words in (
        ("annual", "2025-12", "还没有取数"),
        ("annual", "2025-06", "12 月"),
        ("x", "2025-12", "没有这种"),
    ):
        answer = post(planner, "evaluation_make", kind=kind, month=month)
        assert answer.status_code == 422 and words in html(answer), words


def test_a_county_list_costs_the_same_however_many_tasks(year: int) -> None:
    client = browser_of(clerk("leader", region=COUNTY))
    client.get(reverse("workbench.plan"))
    with CaptureQueriesContext(connection) as few:
        client.get(f"{reverse('workbench.plan')}?year={YEAR}")
    extra = AnnualTask.objects.filter(year=YEAR).first()
    for number in range(30):
        AnnualTask.objects.create(
            year=YEAR,
            code=f"x{number}",
            title="临时",
            quantity=1,
            unit="次",
            division="x",
            due_on=extra.due_on,
            source="x",
        )
    with CaptureQueriesContext(connection) as many:
        client.get(f"{reverse('workbench.plan')}?year={YEAR}")
    assert len(many) == len(few)
