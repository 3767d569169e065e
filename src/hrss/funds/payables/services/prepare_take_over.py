"""Prepare a take-over (存量接收): the list is fixed by its digest and signed as 经办; two others sign after."""

from __future__ import annotations

from collections.abc import Sequence

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.payables.models import Batch
from hrss.funds.payables.taking import SOURCE, TakeOverRow, digest_of_rows
from hrss.funds.signing.models import Step
from hrss.funds.signing.signatures import sign
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payables.prepare_take_over")
def prepare_take_over(*, actor: Actor, reference: str, text: str, rows: Sequence[TakeOverRow]) -> Outcome:
    """Fix and sign the list. Problems: ``payables.batch_exists`` (409), those of ``signing``."""
    if Batch.objects.filter(reference=reference).exists():
        raise Problem("payables.batch_exists", "已经有这个编号的批次", remedy="请换一个编号", status=409)
    batch = Batch.objects.create(reference=reference, text=text, row_count=len(rows), digest=digest_of_rows(rows))
    sign(SOURCE, reference, Step.MADE, digest=batch.digest, actor=actor)
    detail = {"rows": batch.row_count, "digest": batch.digest}
    audit.record(actor, "payables.prepare_take_over", subject_kind="batch", subject_id=reference, detail=detail)
    return Outcome("payables_batch", reference, data=detail)
