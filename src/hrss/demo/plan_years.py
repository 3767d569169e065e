"""The plan as it was carried out 2021 to today: tasks issued, reports handed in, projects built, budgets, evaluations.

Years and projects are drafted by the real verbs; what happened in the past is then dated back and put in as history,
because verbs act now. A few things go wrong on purpose: late milestones, townships without a platform, a year with
three visits instead of four. Every name is synthetic, every picture says that it is a drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction

from hrss.demo.county import County
from hrss.demo.live import Play
from hrss.demo.models import Record
from hrss.demo.share import loaded_share
from hrss.foundation.files.models import StoredFile
from hrss.foundation.files.services import store
from hrss.foundation.jobs.queue import enqueue
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.months import YearMonth
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.models import Statement, Taking
from hrss.oversight.indicators.sample import told_by
from hrss.oversight.indicators.services.take import take
from hrss.oversight.projects.evaluation.typesetting import png_of
from hrss.oversight.projects.models import (
    AnnualTask,
    BudgetLine,
    Evidence,
    Milestone,
    Payment,
    Photo,
    ProgressReport,
    Project,
    TaskShare,
)
from hrss.oversight.projects.services.draft_year import draft_year
from hrss.oversight.projects.services.evaluate import evaluate, issue_evaluation, review_evaluation
from hrss.oversight.projects.services.report_progress import report
from hrss.oversight.projects.services.run_projects import open_projects
from hrss.oversight.projects.standing import reading

PLACE: Final = "500236"
FIRST, LAST = 2021, 2025
RELEASED: Final = (YearMonth(2023, 6), *(YearMonth(year, 12) for year in range(FIRST - 1, LAST + 1)))
REPORTS: Final = (("midterm", YearMonth(2023, 6)), ("annual", YearMonth(LAST, 12)), ("final", YearMonth(LAST, 12)))
LAGGING: Final = {2022: 2, 2023: 1, 2024: 2, 2025: 2}  # townships without their platform at the year's end
COUNTED: Final = {  # task: months in which something happens
    "start_up_contest": (9,), "craftsmen": (11,), "law_visits": (3, 6, 9, 12), "skill_contest": (10,),
}  # fmt: skip
SHORT: Final = {  # what was left undone in a year
    ("law_visits", 2021): 1, ("craftsmen", 2022): 1,
}  # fmt: skip
DONE_ON: Final = {  # project, milestone: the day it was done
    ("prj-1", 1): date(2022, 1, 20), ("prj-1", 2): date(2022, 10, 18), ("prj-1", 3): date(2023, 1, 12),
    ("prj-1", 4): date(2023, 8, 25), ("prj-1", 5): date(2023, 12, 20), ("prj-2", 1): date(2021, 12, 10),
    ("prj-2", 2): date(2022, 7, 28), ("prj-2", 3): date(2023, 6, 16), ("prj-2", 4): date(2024, 9, 11),
    ("prj-2", 5): date(2025, 6, 24),
}  # fmt: skip
PAID: Final = {  # project, year: payments in 万元
    ("prj-1", 2021): (1500, 2200, 2050), ("prj-1", 2022): (1800, 2100, 1900), ("prj-1", 2023): (1450, 1300),
    ("prj-1", 2024): (940,), ("prj-2", 2021): (900, 1250), ("prj-2", 2022): (1400, 1350), ("prj-2", 2023): (1600, 1420),
    ("prj-2", 2024): (1300, 1500), ("prj-2", 2025): (1450, 1180),
}  # fmt: skip
PAYEES: Final = ("夔建工程有限公司（示范）", "诗城装饰有限公司（示范）", "瞿塘监理咨询有限公司（示范）")
MONEYS: Final = ("财政预算资金", "上级专项资金", "地方政府债券资金")
SPOKEN: Final = {
    "new_urban_employment": "开展春风行动和专场招聘，落实吸纳就业和稳岗政策",
    "training_person_times": "按季度组织定点机构开班，重点培训农民工和脱贫人口",
    "rural_transfer": "通过劳务协作、驻外办事处和劳务经纪人组织外出务工",
}
SUBJECTS: Final = {"待遇支出": "5001", "稳岗返还": "5901", "就业补助": "5001"}
WAN: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts: planning, review, head of the bureau, two of finance, the handler of projects."""

    planner: Actor
    checker: Actor
    head: Actor
    payer: Actor
    second: Actor


def play(county: County) -> None:
    """Carry out the plan up to the county's today."""
    stage = Play()
    cast = Cast(*(stage.by_login(f"xian.{one}") for one in ("data1", "inspector1", "leader1", "finance1", "finance2")))
    today = county.request.today
    pictures = _pictures(cast.planner)
    open_projects(PLACE, actor=cast.planner)
    for year in range(FIRST, today.year + 1):
        draft_year(year, PLACE, actor=cast.planner)
    with acting(system_actor("demo").for_purpose("statistics")):
        _issue(today.year, cast)
        _release(cast)
        _reports(county, stage, pictures)
        _build(cast, stage, pictures)
        _budgets(cast)
        _waiting(today, stage, county, pictures["meeting"])
    told_by(lambda: Decimal(repr(county.request.scale)))  # the loading is not finished: nobody else can tell yet
    try:
        _evaluate(cast)
    finally:
        told_by(loaded_share)
    with transaction.atomic():
        enqueue("indicators.backfill", once="indicators.backfill")  # the months between those taken here


def _evaluate(cast: Cast) -> None:
    """Two reports issued, the final one waiting for its review."""
    for kind, month in REPORTS:
        made = UUID(evaluate(kind, month, PLACE, actor=cast.planner).id)
        if kind != "final":
            review_evaluation(made, actor=cast.checker, opinion="数据与会审结果一致")
            issue_evaluation(made, actor=cast.head)


def _issue(last: int, cast: Cast) -> None:
    """Date the issue of every year's tasks back to its January."""
    for year in range(FIRST, last + 1):
        AnnualTask.objects.filter(year=year).update(
            state=AnnualTask.State.ISSUED,
            issued_by=cast.head.person,
            issued_name=cast.head.name,
            issued_at=_at(date(year, 1, 22)),
        )


# Reports --------------------------------------------------------------------------------------------------------------


def _reports(county: County, stage: Play, pictures: dict[str, UUID]) -> None:
    reports = [*_county_reports(county, stage), *_township_reports(county, stage), *_spoken(county, stage)]
    ProgressReport.objects.bulk_create(reports, batch_size=2000)
    copies = _copies(pictures["meeting"], {one.region_code for one in reports})
    Evidence.objects.bulk_create(
        Evidence(report=one, region_code=one.region_code, file_id=copies[one.region_code], name="现场照片（示意）.png")
        for one in reports
        if one.value and one.taking is None
    )


def _copies(file_id: UUID, places: set[str]) -> dict[str, UUID]:
    """Give every place a row of its own for the same content, so that each sees its own proof only."""
    kept = StoredFile.objects.get(id=file_id)
    facts = {name: getattr(kept, name) for name in ("sha256", "size", "kind", "media_type", "name", "scan")}
    made = [StoredFile(region_code=place, uploaded_by=kept.uploaded_by, **facts) for place in sorted(places)]
    return {one.region_code: one.id for one in StoredFile.objects.bulk_create(made)}


def _county_reports(county: County, stage: Play) -> Iterator[ProgressReport]:
    """Tasks the bureau does itself: a report every month that is over, something done in the months of the table."""
    shares = TaskShare.objects.filter(task__code__in=COUNTED, region_code=PLACE).select_related("task")
    by, reviewer = stage.by_login("xian.general.handler1"), stage.by_login("xian.general.reviewer1")
    for share in shares.order_by("task__year", "task__code"):
        task, months = share.task, COUNTED[share.task.code]
        whole = task.quantity - SHORT.get((task.code, task.year), 0)
        for month in range(1, 13):
            if YearMonth(task.year, month) >= YearMonth.of(county.request.today):
                break
            done = min(whole, task.quantity / len(months) * sum(one <= month for one in months))
            words = (
                f"组织实施，今年累计{done.normalize():f}{task.unit}"
                if month in months
                else "按计划筹备，本月没有新的完成数"
            )
            yield _report(share, month, done, words, by, reviewer)


def _township_reports(county: County, stage: Play) -> Iterator[ProgressReport]:
    """Platforms and visits by township: done in one month, told again in December; some townships lag behind."""
    codes = ("township_platforms", "township_visits")
    shares = TaskShare.objects.filter(task__code__in=codes).exclude(region_code=PLACE).select_related("task")
    stems = dict(county["townships"].select("code", "stem").rows())
    clerks: dict[str, tuple[Actor, Actor]] = {}
    turns: dict[int, int] = {}
    for share in shares.order_by("task__year", "-region_code"):
        stem = stems[share.region_code]
        if stem not in clerks:
            clerks[stem] = (stage.by_login(f"{stem}.handler1"), stage.by_login(f"{stem}.reviewer1"))
        turn = turns[share.task.year] = turns.get(share.task.year, 0) + 1
        yield from _township(share, turn, county.request.today, *clerks[stem])


def _township(share: TaskShare, turn: int, today: date, by: Actor, reviewer: Actor) -> Iterator[ProgressReport]:
    year = share.task.year
    lags = turn <= LAGGING.get(year, 0) or (year > LAST and turn % 6 == 0)
    done = "已建成并接待创业咨询" if year <= LAST else "已组织集中走访"
    for month in (4 + turn % 7, 12):
        if YearMonth(year, month) >= YearMonth.of(today):
            return
        value, words = (Decimal(0), "选址和场地没有定下来") if lags else (share.quantity, done)
        yield _report(share, month, value, words, by, reviewer, trouble="缺场地" if lags else "")


def _spoken(county: County, stage: Play) -> Iterator[ProgressReport]:
    """What was told of measured tasks at the year's end: the value is the measurement's, the words are people's."""
    shares = TaskShare.objects.filter(task__code__in=SPOKEN, region_code=PLACE, task__year__lte=LAST)
    by, reviewer = stage.by_login("xian.employment.handler2"), stage.by_login("xian.employment.reviewer1")
    for share in shares.select_related("task").order_by("task__year", "task__code"):
        found = reading(share.task, PLACE, YearMonth(share.task.year, 12))
        made = _report(share, 12, found.value or Decimal(0), SPOKEN[share.task.code], by, reviewer)
        made.value, made.taking = found.value, found.taking
        yield made


def _waiting(today: date, stage: Play, county: County, file_id: UUID) -> None:
    """One report of last month that waits for a second person, handed in by the real verb."""
    month = YearMonth.of(today) - 1
    stems = dict(county["townships"].select("code", "stem").rows())
    shares = TaskShare.objects.filter(task__code="township_visits", task__year=month.year)
    share = shares.exclude(region_code=PLACE).exclude(reports__month=str(month)).order_by("region_code").first()
    if share is not None:
        clerk = stage.by_login(f"{stems[share.region_code]}.handler1")
        proof = _copies(file_id, {share.region_code})[share.region_code]
        words = "集中走访返乡务工人员，登记求职和培训意愿"
        report(share.id, month, actor=clerk, done=words, value=share.quantity, files=[proof])


def _report(
    share: TaskShare, month: int, value: Decimal, done: str, by: Actor, reviewer: Actor, *, trouble: str = ""
) -> ProgressReport:
    after = YearMonth(share.task.year, month) + 1
    return ProgressReport(
        share=share, region_code=share.region_code, month=str(after - 1), value=value, done=done, trouble=trouble,
        state=ProgressReport.State.CONFIRMED, reported_by=by.person, reported_name=by.name,
        reported_at=_at(after.day(5)), reviewed_by=reviewer.person, reviewed_name=reviewer.name,
        reviewed_at=_at(after.day(8)), opinion="与佐证材料相符",
    )  # fmt: skip


# Projects and money ---------------------------------------------------------------------------------------------------


def _build(cast: Cast, stage: Play, pictures: dict[str, UUID]) -> None:
    """Date milestones back, put in payments and photos."""
    builder = stage.by_login("xian.employment.handler1")
    for project in Project.objects.all():
        Project.objects.filter(id=project.id).update(owner=builder.account, owner_name=builder.name)
        for milestone in project.milestones.all():
            done = DONE_ON.get((project.code, milestone.number))
            if done is not None:
                _finish(milestone, done, builder, cast, pictures[project.code])
        Payment.objects.bulk_create(_payments(project, cast))
        Photo.objects.bulk_create(_photos(project, builder, pictures[project.code]))


def _finish(milestone: Milestone, done: date, builder: Actor, cast: Cast, file_id: UUID) -> None:
    Milestone.objects.filter(id=milestone.id).update(
        done_on=done, note="按图施工，现场核对", file_id=file_id, reported_by=builder.person,
        reported_name=builder.name, reported_at=_at(done), confirmed_by=cast.checker.person,
        confirmed_name=cast.checker.name, confirmed_at=_at(done),
    )  # fmt: skip


def _payments(project: Project, cast: Cast) -> Iterator[Payment]:
    number = 0
    for (code, year), amounts in PAID.items():
        for turn, amount in enumerate(amounts if code == project.code else ()):
            number += 1
            day = date(year, 4 + 3 * turn, 18)
            yield Payment(
                project=project, region_code=PLACE, paid_on=day, amount=amount * WAN, payee=PAYEES[number % 3],
                purpose="工程进度款", money=MONEYS[number % 3], voucher=f"{code}-{year}-{number:03d}",
                recorded_by=cast.payer.person, recorded_name=cast.payer.name, recorded_at=_at(day),
                confirmed_by=cast.second.person, confirmed_name=cast.second.name, confirmed_at=_at(day),
            )  # fmt: skip


def _photos(project: Project, builder: Actor, file_id: UUID) -> Iterator[Photo]:
    for (code, number), day in DONE_ON.items():
        if code == project.code:
            yield Photo(
                project=project, region_code=PLACE, taken_on=day, caption=f"第{number}个节点完成时的现场（示意图）",
                file_id=file_id, added_by=builder.person, added_name=builder.name,
            )  # fmt: skip


def _budgets(cast: Cast) -> None:
    """The stand-in budgets, entered by one of finance and confirmed by the other."""
    rows = Record.objects.filter(dataset="funds.budgets").order_by("started_on", "kind", "label")
    BudgetLine.objects.bulk_create(
        BudgetLine(
            region_code=PLACE, fund=one.kind, year=one.started_on.year, subject=SUBJECTS[one.label], title=one.label,
            amount=one.amount, document=f"奉财社〔{one.started_on.year}〕示范{number}号", entered_by=cast.payer.person,
            entered_name=cast.payer.name, entered_at=_at(one.started_on), confirmed_by=cast.second.person,
            confirmed_name=cast.second.name, confirmed_at=_at(one.started_on),
        )
        for number, one in enumerate(rows, start=1)
    )  # fmt: skip


# Figures --------------------------------------------------------------------------------------------------------------


def _release(cast: Cast) -> None:
    """Measure the months that reports rest on and put their statements in as released history."""
    actor = system_actor("demo").for_purpose("statistics")
    codes = [one.code for one in statistics()]
    take(codes, RELEASED, actor=actor, reason=Taking.Reason.BACKFILL, levels=("county", "township"))
    months = [str(month) for month in RELEASED if month.year >= FIRST]
    Statement.objects.bulk_create(
        Statement(
            taking=one, statistic=one.statistic, month=one.month, state=Statement.State.RELEASED,
            prepared_name="系统", opinion="示范县补录的历史数，未逐项核对", reviewed_by=cast.checker.person,
            reviewed_name=cast.checker.name, reviewed_at=one.cut_at, released_by=cast.head.person,
            released_name=cast.head.name, released_at=one.cut_at,
        )
        for one in Taking.objects.filter(month__in=months)
    )  # fmt: skip


# Pictures -------------------------------------------------------------------------------------------------------------


def _pictures(actor: Actor) -> dict[str, UUID]:
    """Draw what stands for photos and take it in by the upload lane."""
    drawn = {"meeting": _scene(3, 60), "prj-1": _scene(6, 150), "prj-2": _scene(4, 84)}
    return {
        name: store(png_of(svg), f"{name}.png", actor=actor, region=PLACE, kinds=("png",)).id
        for name, svg in drawn.items()
    }


def _scene(houses: int, height: int) -> str:
    """Draw hills, a river and houses, and say on it that it is a drawing."""
    walls = "".join(
        f'<rect x="{70 + at * 88}" y="{300 - height - at % 2 * 24}" width="66" height="{height + at % 2 * 24}"'
        f' fill="#cbd5e1" stroke="#475569"/><rect x="{84 + at * 88}" y="{312 - height}" width="38" height="14"'
        ' fill="#60a5fa"/>'
        for at in range(houses)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" width="640" height="400">'
        '<rect width="640" height="400" fill="#e0f2fe"/>'
        '<path d="M0 240 L120 120 L230 220 L360 90 L500 210 L640 130 L640 400 L0 400 Z" fill="#86a98b"/>'
        '<path d="M0 300 H640 V400 H0 Z" fill="#d6d3c4"/><path d="M0 352 Q320 320 640 360 V400 H0 Z" fill="#7fb2d6"/>'
        f'{walls}<text x="320" y="386" font-size="20" text-anchor="middle" fill="#1f2937"'
        ' font-family="Noto Sans SC">示意图，非实景（示范数据）</text></svg>'
    )


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 30, tzinfo=UTC)
