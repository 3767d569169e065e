"""Sign a take-over as 复核 or 审批: a third and another natural person than the one before."""

from __future__ import annotations

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.payables.models import Batch
from hrss.funds.payables.taking import SOURCE
from hrss.funds.signing.models import Step
from hrss.funds.signing.signatures import sign
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payables.sign_take_over")
def sign_take_over(*, actor: Actor, reference: str, step: Step, digest: str) -> Outcome:
    """Put the actor's name to ``step`` over the ``digest`` shown. Problems: ``payables.no_batch``, of ``signing``."""
    batch = Batch.objects.filter(reference=reference).first()
    if batch is None:
        raise Problem("payables.no_batch", "没有这个批次", remedy="请核对编号", status=404)
    sign(SOURCE, reference, step, digest=digest, actor=actor)
    detail = {"step": step, "digest": digest}
    audit.record(actor, "payables.sign_take_over", subject_kind="batch", subject_id=reference, detail=detail)
    return Outcome("payables_batch", reference, data={"step": step.value})
