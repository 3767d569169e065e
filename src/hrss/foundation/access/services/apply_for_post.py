"""Step one: the business unit asks for a post for one of its people."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation.access.granting import RULE, human, recorded, refuse_clash
from hrss.foundation.access.models import PostGrant
from hrss.foundation.identity.models import Account
from hrss.foundation.regions import queries as regions
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("access.apply_for_post")
def apply_for_post(
    account_id: UUID,
    *,
    actor: Actor,
    function: Function,
    region: str,
    line: str = "*",
    grade: int = 1,
    organisation: UUID | None = None,
    reason: str,
    key: str = "",
) -> Outcome:
    """Apply for another's post. Problems ``access.self_grant|families|account|reason``."""
    if actor.kind is not ActorKind.STAFF or not actor.posts:
        raise Problem(
            "access.no_post",
            "只有在岗工作人员可以为本单位申请岗位",
            remedy="请由在岗的负责人申请",
            rule=RULE,
            status=403,
        )
    account = Account.objects.filter(id=account_id, kind=Account.Kind.STAFF, is_active=True).first()
    if account is None or account.person_id is None:
        raise Problem("access.account", "没有这个启用的工作人员账号", remedy="请先由系统管理员开设账号")
    if account.person_id == human(actor):
        raise Problem("access.self_grant", "不能为自己申请岗位", remedy="请由别的管理员办理", rule=RULE, status=403)
    if not reason.strip():
        raise Problem("access.reason", "请写明申请理由", field="reason")
    regions.require(region)
    refuse_clash(account.person_id, Function(function))
    grant = PostGrant.objects.create(
        account=account,
        person_id=account.person_id,
        function=Function(function).value,
        line=line,
        region_code=region,
        grade=grade,
        organisation_id=organisation,
        reason=reason.strip(),
        applied_by=human(actor),
    )
    return recorded(actor, "access.apply_for_post", grant)
