"""Take a firm into the sample of the unemployment early warning, and let it go; both by the employment line."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from hrss.domains.employment.models import SampleFirm
from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.organisations.queries import organisation_by_id
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

KEEPERS = (Function.HANDLER, Function.REVIEWER)
LINE = "employment"


@verb("employment.join_sample")
def join_sample(organisation_id: UUID, *, actor: Actor, since: YearMonth) -> Outcome:
    """Take a firm in from a month on. Problems ``employment.sample_firm|in_sample``, ``access.no_post``."""
    firm = organisation_by_id(organisation_id)
    require(actor, *KEEPERS, line=LINE, region=firm.region_code, doing="调整样本企业")
    if firm.kind != Organisation.Kind.EMPLOYER or firm.status != Organisation.Status.ACTIVE:
        raise Problem(
            "employment.sample_firm",
            "只有存续的用人单位可以进样本",
            remedy="请核对统一社会信用代码",
            field="credit_code",
        )
    try:
        with transaction.atomic():
            row = SampleFirm.objects.create(organisation=firm, region_code=firm.region_code, since=since.first_day)
    except IntegrityError:
        raise Problem(
            "employment.in_sample", "这个单位已经在样本里", remedy="不用再加", field="credit_code", status=409
        ) from None
    _record(actor, "employment.join_sample", row)
    return Outcome("sample_firm", str(row.id), data={"organisation": str(firm.id), "since": str(since)})


@verb("employment.leave_sample")
def leave_sample(organisation_id: UUID, *, actor: Actor, until: YearMonth) -> Outcome:
    """Let a firm go: ``until`` is the first month it no longer reports for. Problem ``employment.not_in_sample``."""
    row = SampleFirm.objects.select_for_update().filter(organisation_id=organisation_id, until=None).first()
    if row is None:
        raise Problem("employment.not_in_sample", "这个单位不在样本里", remedy="请从样本列表进入", status=404)
    require(actor, *KEEPERS, line=LINE, region=row.region_code, doing="调整样本企业")
    row.until = max(until.first_day, (YearMonth.of(row.since) + 1).first_day)
    row.save()
    _record(actor, "employment.leave_sample", row)
    return Outcome("sample_firm", str(row.id), data={"until": row.until.isoformat()})


def _record(actor: Actor, what: str, row: SampleFirm) -> None:
    detail = {"organisation": str(row.organisation_id), "since": row.since.isoformat()}
    audit.record(actor, what, subject_kind="sample_firm", subject_id=row.id, region=row.region_code, detail=detail)
