"""Projects opened from the pack; milestones, payments, photos recorded by one person and confirmed by another."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem
from hrss.oversight.projects.models import InvestmentYear, Milestone, Output, Payment, Photo, Project
from hrss.oversight.projects.packs import ProjectSpec, project_specs
from hrss.oversight.projects.policies import (
    BUILDERS,
    CONFIRMERS,
    PAYMENT_CONFIRMERS,
    PAYMENT_RECORDERS,
    PLANNERS,
    require_county,
)
from hrss.oversight.projects.services.saving import RULE, checked, confirm

_PAPER = "以凭证和现场照片为准；登记和确认分由不同的人"


@verb("projects.open_projects")
def open_projects(county: str, *, actor: Actor) -> Outcome:
    """Open every project of the pack that is not there yet, with milestones, investment and outputs."""
    require_county(actor, *PLANNERS, doing="建立项目")
    there = set(Project.objects.values_list("code", flat=True))
    made = [_open(one, county) for one in project_specs() if one.code not in there]
    audit.record(actor, "projects.open_projects", subject_kind="project", subject_id="", detail={"projects": len(made)})
    return Outcome("projects", "", data={"projects": len(made)})


@verb("projects.report_milestone")
def report_milestone(milestone_id: UUID, done_on: date, *, actor: Actor, note: str, file_id: UUID | None) -> Outcome:
    """Say that a milestone is done, with its proof. Problems ``projects.no_milestone|state|day|evidence``."""
    found = _milestone(milestone_id)
    require(actor, *BUILDERS, region=found.region_code, doing="上报项目节点")
    _check_day(done_on, "done_on")
    if file_id is None:
        raise Problem(
            "projects.evidence", "上报节点要有照片或文件", rule=_PAPER, remedy="请拍照或上传文件", field="file"
        )
    found.done_on, found.note, found.file_id = done_on, note.strip(), file_id
    found.reported_by, found.reported_name, found.reported_at = actor.person, actor.name, timezone.now()
    with checked():
        found.save()
    return _said(actor, "projects.report_milestone", "milestone", found.id, found.region_code, {"done": str(done_on)})


@verb("projects.confirm_milestone")
def confirm_milestone(milestone_id: UUID, *, actor: Actor) -> Outcome:
    """Confirm a reported milestone; from then on it counts. Problems ``projects.not_reported|same``."""
    found = _milestone(milestone_id)
    require(actor, *CONFIRMERS, region=found.region_code, doing="确认项目节点")
    if found.done_on is None:
        raise Problem("projects.not_reported", "这个节点还没有上报完成", remedy="先由承办人上报", status=409)
    confirm(found, actor)
    return _said(actor, "projects.confirm_milestone", "milestone", found.id, found.region_code, {})


@verb("projects.record_payment")
def record_payment(
    project_id: UUID, *, actor: Actor, paid_on: date, amount: int, payee: str, purpose: str, money: str, voucher: str,
    file_id: UUID | None = None,
) -> Outcome:  # fmt: skip
    """Record what finance has paid (fen). Problems ``projects.no_project|day|amount|words|twice``."""
    project = _project(project_id)
    require_county(actor, *PAYMENT_RECORDERS, doing="登记项目付款")
    _check_day(paid_on, "paid_on")
    if amount <= 0:
        raise Problem("projects.amount", "付款金额要大于 0", remedy="请核对凭证", field="amount")
    words = {"payee": payee.strip(), "purpose": purpose.strip(), "money": money.strip(), "voucher": voucher.strip()}
    empty = next((name for name, text in words.items() if not text), "")
    if empty:
        raise Problem("projects.words", "收款单位、用途、资金来源、凭证号都要填写", remedy="请照凭证补齐", field=empty)
    made = Payment(
        project=project, region_code=project.region_code[:6], paid_on=paid_on, amount=amount, file_id=file_id,
        recorded_by=actor.person, recorded_name=actor.name, **words,
    )  # fmt: skip
    with checked():
        made.save(force_insert=True)
    detail = {"project": project.code, "amount": amount, "voucher": words["voucher"]}
    return _said(actor, "projects.record_payment", "payment", made.id, made.region_code, detail)


@verb("projects.confirm_payment")
def confirm_payment(payment_id: UUID, *, actor: Actor) -> Outcome:
    """Confirm a recorded payment against its voucher. Problems ``projects.no_payment|state|same``."""
    require_county(actor, *PAYMENT_CONFIRMERS, doing="确认项目付款")
    found = Payment.objects.select_for_update().filter(id=payment_id).first()
    if found is None:
        raise Problem("projects.no_payment", "没有这笔付款", remedy="请从项目页面进入", status=404)
    if found.confirmed_at:
        raise Problem("projects.state", "这笔付款已经确认", remedy="请刷新页面", status=409)
    confirm(found, actor)
    return _said(actor, "projects.confirm_payment", "payment", found.id, found.region_code, {"amount": found.amount})


@verb("projects.add_photo")
def add_photo(project_id: UUID, taken_on: date, *, actor: Actor, caption: str, region: str, file_id: UUID) -> Outcome:
    """Keep a picture of the site. Problems ``projects.no_project|day|caption``."""
    project = _project(project_id)
    require(actor, *BUILDERS, region=region, doing="上传项目照片")
    _check_day(taken_on, "taken_on")
    if not caption.strip():
        raise Problem("projects.caption", "请写明照片拍的是什么", remedy="比如：主体结构北面", field="caption")
    made = Photo.objects.create(
        project=project, region_code=region, taken_on=taken_on, caption=caption.strip(), file_id=file_id,
        added_by=actor.person, added_name=actor.name,
    )  # fmt: skip
    return _said(actor, "projects.add_photo", "photo", made.id, region, {"project": project.code})


def _open(spec: ProjectSpec, county: str) -> Project:
    project = Project.objects.create(
        code=spec.code, title=spec.title, site=spec.site, nature=spec.nature, content=spec.content,
        investment=spec.investment, first_year=spec.first_year, last_year=spec.last_year, division=spec.division,
        region_code=county, source=spec.source,
    )  # fmt: skip
    Milestone.objects.bulk_create(
        Milestone(project=project, region_code=county, number=number, title=title, weight=weight, due_on=due)
        for number, (title, weight, due) in enumerate(spec.milestones, start=1)
    )
    InvestmentYear.objects.bulk_create(
        InvestmentYear(project=project, year=year, amount=amount, source="县里确认前的分年安排", status="design")
        for year, amount in spec.by_year.items()
    )
    Output.objects.bulk_create(
        Output(project=project, number=number, title=one.title, quantity=one.quantity, unit=one.unit, bound=one.bound,
               binding=one.binding, source=one.source)
        for number, one in enumerate(spec.outputs, start=1)
    )  # fmt: skip
    return project


def _project(project_id: UUID) -> Project:
    found = Project.objects.filter(id=project_id).first()
    if found is None:
        raise Problem("projects.no_project", "没有这个项目", remedy="请从项目列表进入", status=404)
    return found


def _milestone(milestone_id: UUID) -> Milestone:
    found = Milestone.objects.select_for_update().filter(id=milestone_id).first()
    if found is None:
        raise Problem("projects.no_milestone", "没有这个节点", remedy="请从项目页面进入", status=404)
    if found.confirmed_at:
        raise Problem("projects.state", "这个节点已经确认", rule=RULE, remedy="请刷新页面", status=409)
    return found


def _check_day(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise Problem("projects.day", "日期不能晚于今天", remedy="请核对日期", field=field)


def _said(actor: Actor, action: str, kind: str, subject: UUID, region: str, detail: dict[str, object]) -> Outcome:
    audit.record(actor, action, subject_kind=kind, subject_id=subject, region=region, detail=detail)
    return Outcome(kind, str(subject), data=detail)
