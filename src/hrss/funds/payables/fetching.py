"""Fetching an entitlement to change it: locked, within scope, with the sentence for when it is not there."""

from __future__ import annotations

from uuid import UUID

from hrss.funds.payables.models import Entitlement
from hrss.kernel.problem import Problem


def entitlement_to_change(entitlement_id: UUID) -> Entitlement:
    """Lock and give the entitlement. Problem ``payables.not_found`` (404)."""
    found = Entitlement.objects.select_for_update().filter(id=entitlement_id).first()
    if found is None:
        raise Problem(
            "payables.not_found",
            "没有这项待遇资格，或者不在您的办理范围",
            rule="按区域管理",
            remedy="请核对后再办",
            status=404,
        )
    return found
