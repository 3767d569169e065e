"""Change what is known about an organisation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.organisations.policies import require_change
from hrss.foundation.regions import queries as regions
from hrss.foundation.regions.romanise import pinyin_of
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

FIELDS = frozenset({"name", "address", "industry", "headcount", "legal_person_name", "region_code"})


@verb("organisations.change_organisation")
def change_organisation(
    organisation_id: UUID, *, actor: Actor, changes: dict[str, Any], version: int | None = None, key: str = ""
) -> Outcome:
    """Set ``changes`` (name, address, industry, headcount, legal_person_name, region_code); the credit code stays.

    Problems: ``organisations.not_found`` (404), ``organisations.closed|changed_meanwhile`` (409),
    ``organisations.field|name|headcount``, ``organisations.register_fact`` (403), ``people.no_post`` (403).
    """
    organisation = open_organisation(organisation_id)
    if version is not None and organisation.version != version:
        raise Problem("organisations.changed_meanwhile", "单位信息刚被别人改过", remedy="请刷新后重新提交", status=409)
    require_change(actor, organisation, set(changes))
    _check(changes)
    before = {field: getattr(organisation, field) for field in changes}
    for field, value in changes.items():
        setattr(organisation, field, value.strip() if isinstance(value, str) else value)
    if "name" in changes:
        organisation.pinyin = pinyin_of(organisation.name)[:240]
    organisation.save()
    audit.record(
        actor,
        "organisations.change_organisation",
        subject_kind="organisation",
        subject_id=organisation.id,
        region=organisation.region_code,
        detail={"before": before, "after": changes},
    )
    return Outcome("organisation", str(organisation.id), data={"version": organisation.version + 1})


def open_organisation(organisation_id: UUID) -> Organisation:
    """Lock and give an organisation that still exists; Problems ``organisations.not_found|closed``."""
    organisation = Organisation.objects.select_for_update().filter(id=organisation_id).first()
    if organisation is None:
        raise Problem(
            "organisations.not_found", "查不到这个单位，或不在您的管辖区域", remedy="请核对统一社会信用代码", status=404
        )
    if organisation.status == Organisation.Status.CLOSED:
        raise Problem(
            "organisations.closed",
            f"单位已于 {organisation.closed_on} 注销",
            remedy="已注销的单位不能再变更；注销有误的，请向市场监管部门更正",
            status=409,
        )
    return organisation


def _check(changes: dict[str, Any]) -> None:
    unknown = sorted(set(changes) - FIELDS)
    if unknown or not changes:
        named = "、".join(unknown) or "没有要变更的项目"
        raise Problem("organisations.field", f"不能变更：{named}", remedy="统一社会信用代码变更的，请另行登记")
    if "name" in changes and len(str(changes["name"]).strip()) < 2:
        raise Problem("organisations.name", "请填写单位全称", field="name")
    headcount = changes.get("headcount", 0)
    if not isinstance(headcount, int) or headcount < 0:
        raise Problem(
            "organisations.headcount", "职工人数应为不小于零的整数", remedy="请填职工人数，例如 25", field="headcount"
        )
    if "region_code" in changes:
        regions.require(str(changes["region_code"]))
