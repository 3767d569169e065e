"""Hand the file to the bank (送出): the bytes are made again, must have the digest on record, and may be put twice."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.banking.folder import our_side
from hrss.funds.banking.format import sm3_of, write_order
from hrss.funds.banking.models import BankFile
from hrss.funds.payruns.checkpoints import reached
from hrss.funds.payruns.fetching import check_state, run_to_change
from hrss.funds.payruns.filing import order_of
from hrss.funds.payruns.moving import move
from hrss.funds.payruns.states import State
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("payruns.mark_sent")
def mark_sent(run_id: UUID, *, actor: Actor, folder: Path) -> Outcome:
    """Put the order into the bank's folder and note it. Problem ``payruns.file_differs`` where the bytes changed."""
    run = run_to_change(run_id)
    check_state(run, State.FILED)
    reached("send.begun", run=run.number)
    data = write_order(order_of(run))
    known = BankFile.objects.get(kind=BankFile.Kind.ORDER, number=run.number)
    if sm3_of(data) != known.digest:
        raise Problem(
            "payruns.file_differs",
            "重新生成的银行文件与记账时的不同，没有送出",
            rule="F01：送出的就是三人签过、记过账的那一份",
            remedy="请报告系统管理员和稽核",
            status=409,
        )
    our_side(folder).put(f"{run.number}.txt", data)
    reached("send.put", run=run.number)
    move(run, State.SENT)
    audit.record(actor, "payruns.mark_sent", subject_kind="pay_run", subject_id=run.id, detail={"digest": known.digest})
    return Outcome("pay_run", str(run.id), run.number, {"state": run.state})
