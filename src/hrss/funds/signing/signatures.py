"""Putting a name to a step, and reading who has signed. Called inside verbs, in their transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from hrss.foundation.refusals import again, told
from hrss.funds.signing.models import Signature, Step
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.problem import Problem

RULE = "社会保险经办条例第三十七条：经办、复核、审批由不同的人担任"
NOT_A_PERSON = Problem(
    "signing.natural_person", "资金业务只能由在岗的自然人签名", rule=RULE, remedy="请由在岗同事办理", status=403
)
REFUSALS: dict[str, Problem] = {
    "signing_natural_person": NOT_A_PERSON,
    "signing_three_persons": Problem(
        "signing.same_person",
        "您已经签过前面的环节，不能再签这一步",
        rule=RULE,
        remedy="请另一位同事办理这一步",
        status=403,
    ),
    "signing_step_once": Problem("signing.signed", "这一步已经有人签过", remedy="请刷新页面", status=409),
    "signing_no_post": Problem(
        "signing.no_post",
        "您的岗位不能签这一步",
        rule="经办、复核（二级以上）、审批（三级或者领导）各有岗位",
        remedy="请由有这一级岗位的同事办理",
        status=403,
    ),
    "signing_order": Problem(
        "signing.order", "还没有轮到这一步", rule="按经办、复核、审批的顺序签名", remedy="请先办前一步", status=409
    ),
    "signing_same_content": Problem(
        "signing.content",
        "内容与前一环节所签的不同",
        rule="三个岗位签的是同一份内容",
        remedy="请退回重新经办",
        status=409,
    ),
}


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as people read it."""

    step: Step
    name: str
    person: UUID
    at: datetime

    @property
    def title(self) -> str:
        """Name of the step in Chinese."""
        return self.step.label


def digest_of(content: Any) -> str:
    """Give the digest of what is signed: sorted JSON, SHA-256."""
    return hashlib.sha256(orjson.dumps(content, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()


def sign(source: str, reference: str, step: Step, *, digest: str, actor: Actor) -> Signature:
    """Put the actor's name to ``step``. Problems ``signing.same_person|signed|no_post|order|content|natural_person``.

    The caller's verb records the event; the database looks up the person and the post itself.
    """
    if actor.kind is not ActorKind.STAFF or actor.person is None or actor.account is None:
        raise again(NOT_A_PERSON)
    with told(REFUSALS):
        return Signature.objects.create(
            source=source,
            reference=reference,
            step=step,
            digest=digest,
            person_id=actor.person,
            account=actor.account,
            name=actor.name,
        )


def signatures_of(source: str, reference: str) -> tuple[Signed, ...]:
    """Give the signatures of a subject in order."""
    rows = Signature.objects.filter(source=source, reference=reference).order_by("id")
    return tuple(Signed(Step(row.step), row.name, row.person_id, row.at) for row in rows)


def next_step(source: str, reference: str) -> Step | None:
    """Give the step that waits for a name, None when all three have signed."""
    done = Signature.objects.filter(source=source, reference=reference).count()
    steps = list(Step)
    return steps[done] if done < len(steps) else None
