"""The report: gathered from kept figures, typeset, kept with digests, issued by two persons on released figures."""

from __future__ import annotations

import hashlib
import io
import os
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from docx import Document
from pypdf import PdfReader
from tests.oversight.conftest import staff

from hrss.foundation.files.services import open_file
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function, system_actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem
from hrss.oversight.indicators.catalogue import statistics
from hrss.oversight.indicators.models import Statement, Taking
from hrss.oversight.indicators.progress import Light
from hrss.oversight.indicators.services.take import take
from hrss.oversight.indicators.values import plain
from hrss.oversight.projects.evaluation.gathering import gather
from hrss.oversight.projects.evaluation.judging import judge
from hrss.oversight.projects.evaluation.settings_of_plan import plan_words
from hrss.oversight.projects.models import Evaluation
from hrss.oversight.projects.services.evaluate import (
    digest_of,
    evaluate,
    issue_evaluation,
    return_evaluation,
    review_evaluation,
)
from hrss.oversight.projects.services.run_projects import open_projects

ROBOT = system_actor("test").for_purpose("statistics")
MONTH = YearMonth(2025, 12)
CODES = [one.code for one in statistics()]
CHAPTERS = (
    "一、总体情况",
    "二、主要指标完成情况",
    "三、重点任务完成情况",
    "四、重大项目推进情况",
    "五、资金保障情况",
    "六、存在的主要问题",
    "七、下一步工作建议",
)
KEPT = os.environ.get("HRSS_KEEP_REPORTS", "")


@pytest.fixture
def made(county: None) -> Evaluation:
    """A final report on figures nobody has released."""
    months = [YearMonth(year, 12) for year in range(2023, 2026)]
    take(CODES, months, actor=ROBOT, reason=Taking.Reason.BACKFILL, levels=("county",))
    open_projects("500236", actor=staff(Function.DATA))
    return Evaluation.objects.get(id=UUID(evaluate("final", MONTH, "500236", actor=staff(Function.DATA)).id))


def released(month: YearMonth) -> None:
    Statement.objects.bulk_create(
        Statement(taking=one, statistic=one.statistic, month=one.month, state="released", released_name="局长",
                  reviewed_by=uuid4(), released_by=uuid4())
        for one in Taking.objects.filter(month=str(month)).order_by("statistic", "-id").distinct("statistic")
    )  # fmt: skip


def content_of(file_id: UUID) -> bytes:
    with acting(ROBOT):
        return open_file(file_id, actor=ROBOT)[1].read()


def test_the_whole_report(made: Evaluation) -> None:
    """One report, many questions: making it is the slow part."""
    _pdf_and_word_say_the_same_and_are_what_was_kept(made)
    _every_goal_of_the_plan_is_in_it_with_the_figure_it_rests_on(made)
    _the_plan_s_own_inconsistencies_are_in_it(made)


def _pdf_and_word_say_the_same_and_are_what_was_kept(made: Evaluation) -> None:
    pdf, word = content_of(made.pdf_id), content_of(made.word_id)
    if KEPT:
        Path(KEPT, "final.pdf").write_bytes(pdf)
        Path(KEPT, "final.docx").write_bytes(word)
    assert hashlib.sha256(pdf).hexdigest() == made.pdf_sha256 and hashlib.sha256(word).hexdigest() == made.word_sha256
    assert made.digest == digest_of(made.content)
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    paper = Document(io.BytesIO(word))
    said = re.sub(r"\s", "", "".join(one.text for one in paper.paragraphs))
    for chapter in CHAPTERS:
        assert chapter in text and chapter in said, chapter
    tables = [one for one in made.content["blocks"] if one["kind"] == "table"]
    charts = [one for one in made.content["blocks"] if one["kind"] == "chart"]
    assert len(paper.tables) == len(tables) and len(paper.inline_shapes) == len(charts) > 2


def _every_goal_of_the_plan_is_in_it_with_the_figure_it_rests_on(made: Evaluation) -> None:
    tables = {one["title"].partition("　")[2]: one for one in made.content["blocks"] if one["kind"] == "table"}
    by_kind = [len(one["rows"]) for title, one in tables.items() if "完成情况" in title and "任务" not in title]
    former = next(one for title, one in tables.items() if title.startswith("“十三五”"))
    assert by_kind[:2] == [14, 23] and len(former["rows"]) == 17
    judged = {one.goal.id: one for one in judge(MONTH)}
    main = next(one for title, one in tables.items() if "专栏2" in title)
    ids = [goal for goals in plan_words().themes.values() for goal in goals]
    for goal, row in zip(ids, main["rows"], strict=True):
        one = judged[goal]
        source = made.content["sources"][int(row[7]) - 1]
        assert row[5] == one.text and source["taking"] == str(one.source.kept.taking), goal
        assert row[8] == one.verdict


def _the_plan_s_own_inconsistencies_are_in_it(made: Evaluation) -> None:
    said = "".join(one["text"] for one in made.content["blocks"] if one["kind"] == "p")
    for words in ("目标 100，并未完成", "11.07:38.79:50.14", "增加 43 个百分点", "390 个村", "底线"):
        assert words in said, words


def test_it_is_issued_by_two_persons_and_only_on_released_figures(made: Evaluation) -> None:
    reviewer = staff(Function.INSPECTOR)
    with pytest.raises(Problem, match="另一个人"):
        review_evaluation(made.id, actor=replace(reviewer, person=made.prepared_by))
    review_evaluation(made.id, actor=reviewer)
    with pytest.raises(Problem, match=f"{len(CODES)} 项指标没有发布"):
        issue_evaluation(made.id, actor=staff(Function.LEADER))
    with pytest.raises(DatabaseError), transaction.atomic():
        Evaluation.objects.filter(id=made.id).update(state="issued", issued_by=uuid4())
    return_evaluation(made.id, actor=staff(Function.LEADER), opinion="先发布")
    released(MONTH)
    second = UUID(evaluate("final", MONTH, "500236", actor=staff(Function.DATA)).id)
    review_evaluation(second, actor=reviewer)
    with pytest.raises(Problem, match="另一个人"):
        issue_evaluation(second, actor=replace(staff(Function.LEADER), person=reviewer.person))
    issue_evaluation(second, actor=staff(Function.LEADER))
    for change in ({"content": {}}, {"title": "x"}, {"state": "draft"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Evaluation.objects.filter(id=second).update(**change)


@pytest.mark.parametrize(("kind", "month"), [("final", "2024-12"), ("annual", "2025-06"), ("midterm", "2025-06")])
def test_a_kind_has_its_months(county: None, kind: str, month: str) -> None:
    with pytest.raises(Problem) as refused:
        evaluate(kind, YearMonth.parse(month), "500236", actor=staff(Function.DATA))
    assert refused.value.field == "month"


def test_midway_it_says_what_each_month_must_bring(county: None) -> None:
    month = YearMonth(2023, 6)
    take(["new_certificates", "workshops"], [month], actor=ROBOT, reason=Taking.Reason.BACKFILL, levels=("county",))
    gathered = gather("midterm", month, day=date(2023, 7, 20))
    one = next(x for x in judge(month) if x.goal.id == "p14-08")
    told = [x["text"] for x in gathered.content["blocks"] if x["kind"] == "p"]
    if one.standing.light in (Light.AMBER, Light.RED):
        need = plain(one.standing.per_month.quantize(Decimal("0.0001")))
        assert any(f"每月需完成 {need}" in text for text in told)
    assert any("还有 30 个月" in text for text in told) or one.standing.light is Light.GREEN
