"""Apply the bank's answer (回盘): every line paid or returned, the returned money booked back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.outbox.announcing import announce
from hrss.foundation.refusals import told
from hrss.foundation.verbs import verb
from hrss.funds.banking.format import Answer, AnswerLine, sm3_of
from hrss.funds.banking.models import BankFile
from hrss.funds.payruns.booking import book_returned
from hrss.funds.payruns.checkpoints import reached
from hrss.funds.payruns.fetching import check_state, run_to_change
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.moving import move
from hrss.funds.payruns.refusals import REFUSALS
from hrss.funds.payruns.states import State
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_STAGE = "CREATE TEMPORARY TABLE payruns_answer (ordinal int, amount bigint, answer text) ON COMMIT DROP"
_INDEX = "CREATE UNIQUE INDEX ON payruns_answer (ordinal); ANALYZE payruns_answer"
# What is on one side only, or with another amount.
_BREAKS = """
SELECT count(*) FILTER (WHERE a.ordinal IS NULL), count(*) FILTER (WHERE p.ordinal IS NULL),
       count(*) FILTER (WHERE a.amount <> p.amount)
  FROM payruns_answer a FULL JOIN (
    SELECT ordinal, amount - deducted AS amount FROM payables_payment
     WHERE run_id = %s AND state = 'open') p ON p.ordinal = a.ordinal
"""
_APPLY = """
UPDATE payables_payment p SET state = CASE WHEN a.answer = 'paid' THEN 'paid' ELSE 'returned' END, answer = a.answer,
       answered_on = %s
  FROM payruns_answer a WHERE p.run_id = %s AND p.ordinal = a.ordinal AND p.state = 'open'
"""


@verb("payruns.apply_answer")
def apply_answer(run_id: UUID, *, actor: Actor, answer: Answer, data: bytes) -> Outcome:
    """Apply ``answer`` (read from ``data``) to a sent run, whole.

    Problem ``payruns.break`` where it is not line for line the answer to our order: nothing of it is applied then.
    """
    run = run_to_change(run_id)
    check_state(run, State.SENT)
    _check_is_ours(run, answer)
    today = timezone.localdate()
    with told(REFUSALS), connection.cursor() as cursor:
        _stage(answer.lines)
        _check_line_by_line(run)
        cursor.execute(_APPLY, [today, run.id])
    reached("answer.applied", run=run.number)
    BankFile.objects.create(
        kind=BankFile.Kind.ANSWER,
        fund=run.fund,
        number=run.number,
        made_on=today,
        line_count=len(answer.lines),
        total=sum(line.fen for line in answer.lines),
        digest=sm3_of(data),
        content=answer.order_digest,
    )
    returned = sum(1 for line in answer.lines if line.answer != "paid")
    if returned:
        book_returned(run, actor=actor, on=today)
    reached("answer.posted", run=run.number)
    move(run, State.ANSWERED, problem="")
    detail = {"number": run.number, "paid": len(answer.lines) - returned, "returned": returned}
    audit.record(actor, "payruns.apply_answer", subject_kind="pay_run", subject_id=run.id, detail=detail)
    announce("payruns.answered", {"run": run.id, "number": run.number}, actor=actor)
    return Outcome("pay_run", str(run.id), run.number, {"state": run.state} | detail)


def _check_is_ours(run: Run, answer: Answer) -> None:
    order = BankFile.objects.get(kind=BankFile.Kind.ORDER, number=run.number)
    if answer.number != run.number or answer.order_digest != order.digest:
        raise _break("回盘文件答复的不是我们送出的那一份")


def _stage(lines: Sequence[AnswerLine]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS payruns_answer")
        cursor.execute(_STAGE)
        with cursor.copy("COPY payruns_answer FROM STDIN") as copy:
            copy.write("".join(f"{line.ordinal}\t{line.fen}\t{line.answer}\n" for line in lines))
        ordinals = {line.ordinal for line in lines}
        if len(ordinals) != len(lines):
            raise _break(f"有 {len(lines) - len(ordinals)} 笔答复了两次")
        cursor.execute(_INDEX)


def _check_line_by_line(run: Run) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_BREAKS, [run.id])
        missing, extra, differing = cursor.fetchone()
    if missing or extra or differing:
        raise _break(f"少答复 {missing} 笔、多答复 {extra} 笔、金额不同 {differing} 笔")


def _break(what: str) -> Problem:
    return Problem(
        "payruns.break",
        f"回盘文件与批次对不上：{what}",
        rule="F06、F09：逐笔核对，一笔对不上就全部不采用",
        remedy="请与银行核对后让银行重新发送回盘文件",
        status=409,
    )
