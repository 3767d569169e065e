"""Make the order (生成银行文件): amounts computed again, late deaths held back, booked, the file's digest kept."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.banking.format import content_of, sm3_of, write_order
from hrss.funds.banking.models import BankFile
from hrss.funds.payruns.booking import book_order
from hrss.funds.payruns.checkpoints import reached
from hrss.funds.payruns.fetching import check_state, run_to_change
from hrss.funds.payruns.filing import order_of
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.moving import move
from hrss.funds.payruns.refusals import REFUSALS
from hrss.funds.payruns.services.withhold import hold_back
from hrss.funds.payruns.states import State
from hrss.funds.payruns.verifying import NO_LONGER, check_amounts, no_longer_due
from hrss.funds.soundness.guard import require_sound
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payruns.file_run")
def file_run(run_id: UUID, *, actor: Actor) -> Outcome:
    """Bring an ordered run to ``filed``. Problems: ``payruns.amount|nothing_left|sealed``, ``funds.unsound`` (503)."""
    run = run_to_change(run_id)
    check_state(run, State.FILING)
    require_sound(run.fund)
    reached("file.begun", run=run.number)
    check_amounts(run)
    held = _hold_back_late(run)
    reached("file.verified", run=run.number)
    file = _make_file(run)
    reached("file.recorded", run=run.number)
    book_order(run, actor=actor, on=file.made_on)
    reached("file.posted", run=run.number)
    move(run, State.FILED, problem="")
    detail = {"number": run.number, "lines": file.line_count, "total": file.total, "digest": file.digest, "held": held}
    audit.record(actor, "payruns.file_run", subject_kind="pay_run", subject_id=run.id, detail=detail)
    return Outcome("pay_run", str(run.id), run.number, {"state": run.state, "lines": file.line_count})


def _hold_back_late(run: Run) -> int:
    """Hold back what became undue after the snapshot; the signed lines stay as they are."""
    late = no_longer_due(run)
    for line, code in late:
        rule, sentence = NO_LONGER[code]
        hold_back(run, line, code=code, rule=rule, note=sentence)
    return len(late)


def _make_file(run: Run) -> BankFile:
    order = order_of(run)
    if not order.lines:
        raise Problem("payruns.nothing_left", "没有可以送银行的明细", remedy="请退回这个批次", status=409)
    with told(REFUSALS):
        return BankFile.objects.create(
            kind=BankFile.Kind.ORDER,
            fund=run.fund,
            number=run.number,
            made_on=timezone.localdate(),
            line_count=len(order.lines),
            total=sum(line.fen for line in order.lines),
            digest=sm3_of(write_order(order)),
            content=content_of(order),
        )
