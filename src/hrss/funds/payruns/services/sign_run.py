"""Sign a pay run as 经办, 复核 or 审批: the next step waits for another natural person."""

from __future__ import annotations

from uuid import UUID

from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.payruns.fetching import check_digest, check_state, run_to_change
from hrss.funds.payruns.moving import move
from hrss.funds.payruns.states import State
from hrss.funds.signing.models import Step
from hrss.funds.signing.signatures import sign
from hrss.funds.soundness.guard import require_sound
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome

SOURCE = "payrun"
BEFORE: dict[Step, State] = {
    Step.MADE: State.FROZEN,
    Step.REVIEWED: State.MADE,
    Step.APPROVED: State.REVIEWED,
}


@verb("payruns.sign_run")
def sign_run(run_id: UUID, *, actor: Actor, step: Step, digest: str) -> Outcome:
    """Put the actor's name to ``step`` over ``digest``, the hash on the page that was looked at.

    Problems: ``payruns.stale|transition|unconfirmed`` (409), ``funds.unsound`` (503), those of ``signing`` (403, 409).
    """
    run = run_to_change(run_id)
    check_digest(run, digest)
    check_state(run, BEFORE[step])
    if step is Step.APPROVED:
        require_sound(run.fund)
    sign(SOURCE, run.number, step, digest=run.digest, actor=actor)
    move(run, State(step.value))
    detail = {"number": run.number, "step": step.value, "digest": run.digest}
    audit.record(actor, "payruns.sign_run", subject_kind="pay_run", subject_id=run.id, detail=detail)
    return Outcome("pay_run", str(run.id), run.number, {"state": run.state})
