"""Register an organisation that is not known here yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.policies import RECORDERS, require_post
from hrss.foundation.regions import queries as regions
from hrss.foundation.regions.romanise import pinyin_of
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.identifiers import check_credit_code
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """What is told about a new organisation; ``level`` and ``parent`` for offices and service points."""

    kind: str
    name: str
    region_code: str
    credit_code: str = ""
    address: str = ""
    industry: str = ""
    headcount: int = 0
    level: str = ""
    parent: UUID | None = None
    founded_on: date | None = None
    legal_person_name: str = ""


@verb("organisations.register_organisation")
def register_organisation(*, actor: Actor, facts: OrganisationFacts, key: str = "") -> Outcome:
    """Make the record. Staff over the place do it; a signed-in person may register a firm or training body too.

    A person who registers a firm does not act for it by that: see ``identity.appoint_delegate``.
    Problems: ``credit_code.…``, ``organisations.exists`` (409), ``organisations.name|kind|level``, ``regions.…``.
    """
    today = timezone.localdate()
    _check(facts, today)
    _require(actor, facts)
    code = check_credit_code(facts.credit_code).text if facts.credit_code.strip() else None
    organisation = Organisation(
        kind=facts.kind,
        name=facts.name.strip(),
        pinyin=pinyin_of(facts.name)[:240],
        credit_code=code,
        region_code=facts.region_code,
        address=facts.address.strip(),
        parent_id=facts.parent,
        level=facts.level,
        industry=facts.industry.strip(),
        headcount=facts.headcount,
        founded_on=facts.founded_on,
        legal_person_name=facts.legal_person_name.strip(),
    )
    try:
        with elevated(actor), transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as error:
        raise Problem(
            "organisations.exists",
            "这个统一社会信用代码已经登记",
            rule="一家单位一个代码一份档案",
            remedy="请按代码查找该单位；需要为它办事的，请申请委托",
            field="credit_code",
            status=409,
        ) from error
    audit.record(
        actor,
        "organisations.register_organisation",
        subject_kind="organisation",
        subject_id=organisation.id,
        region=organisation.region_code,
        detail={"kind": facts.kind, "credit_code": code or ""},
    )
    return Outcome("organisation", str(organisation.id), code or "", {"name": organisation.name})


def _check(facts: OrganisationFacts, today: date) -> None:
    if facts.kind not in Organisation.Kind.values:
        raise Problem("organisations.kind", f"没有“{facts.kind}”这类单位", remedy="请从列表中选择", field="kind")
    if len(facts.name.strip()) < 2:
        raise Problem("organisations.name", "请填写单位全称", remedy="与营业执照或登记证书一致", field="name")
    offices = {Organisation.Kind.AGENCY, Organisation.Kind.SERVICE_POINT}
    if facts.kind not in offices and not facts.credit_code.strip():
        raise Problem("organisations.credit_code", "请填写统一社会信用代码", remedy="见营业执照", field="credit_code")
    if facts.kind == Organisation.Kind.SERVICE_POINT and facts.level not in Organisation.Level.values:
        raise Problem("organisations.level", "服务网点要注明县、乡镇或村级", remedy="请选择网点是哪一级", field="level")
    if facts.headcount < 0:
        raise Problem("organisations.headcount", "职工人数不能为负", remedy="请填职工人数，例如 25", field="headcount")
    if facts.founded_on is not None and facts.founded_on > today:
        raise Problem(
            "organisations.founded_on", "成立日期晚于今天", remedy="请核对营业执照上的成立日期", field="founded_on"
        )
    regions.require(facts.region_code, on=today)


def _require(actor: Actor, facts: OrganisationFacts) -> None:
    firm = facts.kind in {Organisation.Kind.EMPLOYER, Organisation.Kind.TRAINING}
    if actor.kind is ActorKind.PUBLIC and actor.account is not None and firm:
        return
    require_post(actor, *RECORDERS, Function.DATA, region=facts.region_code, doing="登记单位")
