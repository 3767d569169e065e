"""Making, reviewing, issuing, returning an evaluation; content and files are kept with digests and never change."""

from __future__ import annotations

import hashlib
from uuid import UUID

import orjson
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.files.services import store
from hrss.foundation.outbox import announce
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.projects.evaluation.gathering import gather
from hrss.oversight.projects.evaluation.typesetting import pdf_of, word_of
from hrss.oversight.projects.models import Evaluation
from hrss.oversight.projects.policies import ISSUERS, PLANNERS, require_county
from hrss.oversight.projects.services.saving import checked

_RULE = "评估报告：起草、审核、签发分由不同的人办理（规划第八章第四节）"


@verb("projects.evaluate")
def evaluate(kind: str, month: YearMonth, county: str, *, actor: Actor) -> Outcome:
    """Make a report: facts, PDF, Word. Problems ``projects.kind|kind_month|no_figures``."""
    require_county(actor, *PLANNERS, doing="起草评估报告")
    now = timezone.now()
    gathered = gather(kind, month, day=timezone.localdate(now))
    pdf, word = pdf_of(gathered.content, at=now), word_of(gathered.content, at=now)
    name = gathered.title.replace("《", "").replace("》", "").replace("“", "").replace("”", "")
    files = {
        form: store(content, f"{name}.{form}", actor=actor, region=county, kinds=(form,))
        for form, content in (("pdf", pdf), ("docx", word))
    }
    made = Evaluation.objects.create(
        kind=kind, month=str(month), title=gathered.title, content=gathered.content, digest=digest_of(gathered.content),
        unreleased=list(gathered.unreleased), pdf_id=files["pdf"].id, word_id=files["docx"].id,
        pdf_sha256=files["pdf"].sha256, word_sha256=files["docx"].sha256,
        prepared_by=actor.person, prepared_name=actor.name, prepared_at=now,
    )  # fmt: skip
    detail = {
        "kind": kind,
        "month": str(month),
        "digest": made.digest,
        "pdf": made.pdf_sha256,
        "word": made.word_sha256,
    }
    audit.record(actor, "projects.evaluate", subject_kind="evaluation", subject_id=made.id, detail=detail)
    return Outcome("evaluation", str(made.id), str(month), {"unreleased": len(gathered.unreleased)})


def digest_of(content: object) -> str:
    """Give the SHA-256 of a report's content in a form that does not depend on the order of keys."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


@verb("projects.review_evaluation")
def review_evaluation(evaluation_id: UUID, *, actor: Actor, opinion: str = "") -> Outcome:
    """Confirm a draft; by another person than drafted it. Problems ``projects.state|same``."""
    require_county(actor, *PLANNERS, doing="审核评估报告")
    found = _open(evaluation_id, Evaluation.State.DRAFT)
    found.reviewed_by, found.reviewed_name = actor.person, actor.name
    found.reviewed_at, found.opinion = timezone.now(), opinion.strip()
    return _moved(found, Evaluation.State.REVIEWED, actor)


@verb("projects.issue_evaluation")
def issue_evaluation(evaluation_id: UUID, *, actor: Actor) -> Outcome:
    """Issue a reviewed report. Problems ``projects.unreleased`` (figures not released), ``projects.state|same``."""
    require_county(actor, *ISSUERS, doing="签发评估报告")
    found = _open(evaluation_id, Evaluation.State.REVIEWED)
    if found.unreleased:
        raise Problem(
            "projects.unreleased",
            f"还有 {len(found.unreleased)} 项指标没有发布，不能签发",
            rule="评估报告只用经统计数据会审发布的数",
            remedy="先发布这些指标，再重新生成报告",
            status=409,
        )
    found.issued_by, found.issued_name, found.issued_at = actor.person, actor.name, timezone.now()
    outcome = _moved(found, Evaluation.State.ISSUED, actor)
    announce("projects.evaluation_issued", {"kind": found.kind, "month": found.month}, actor=actor)
    return outcome


@verb("projects.return_evaluation")
def return_evaluation(evaluation_id: UUID, *, actor: Actor, opinion: str) -> Outcome:
    """Send a report back; a new one is then made. Problems ``projects.reason|state``."""
    require_county(actor, *PLANNERS, *ISSUERS, doing="退回评估报告")
    found = _open(evaluation_id, Evaluation.State.DRAFT, Evaluation.State.REVIEWED)
    if not opinion.strip():
        raise Problem("projects.reason", "退回要写明原因", rule=_RULE, remedy="填写意见", field="opinion")
    found.opinion = opinion.strip()
    return _moved(found, Evaluation.State.RETURNED, actor)


def _open(evaluation_id: UUID, *states: Evaluation.State) -> Evaluation:
    found = Evaluation.objects.select_for_update().filter(id=evaluation_id).first()
    if found is None:
        raise Problem("projects.no_evaluation", "没有这份报告", remedy="请从评估报告列表进入", status=404)
    if found.state not in states:
        raise Problem(
            "projects.state", f"这份报告{found.get_state_display()}，不能这样办", rule=_RULE,
            remedy="已签发的报告不改动；数据更正后请重新生成", status=409,
        )  # fmt: skip
    return found


def _moved(found: Evaluation, state: Evaluation.State, actor: Actor) -> Outcome:
    found.state = state
    with checked():
        found.save()
    detail = {"kind": found.kind, "month": found.month, "state": state.value}
    audit.record(actor, "projects.move_evaluation", subject_kind="evaluation", subject_id=found.id, detail=detail)
    return Outcome("evaluation", str(found.id), found.month, detail)
