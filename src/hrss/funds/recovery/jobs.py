"""What recovery hears: a benefit stopped after it was paid, a run answered that paid what had stopped meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hrss.foundation.outbox import subscribe
from hrss.funds.recovery.opening import overpaid_in_run
from hrss.funds.recovery.services.book_offsets import book_offsets
from hrss.funds.recovery.services.open_debt import open_debt
from hrss.kernel.actor import Actor


@subscribe("payables.stopped", name="recovery.stopped")
def take_over_stop(payload: dict[str, Any], *, actor: Actor) -> None:
    """Open a debt for the months already paid after the last one due; a second telling changes nothing."""
    open_debt(actor=actor, entitlement_id=UUID(str(payload["entitlement"])))


@subscribe("payruns.answered", name="recovery.answered")
def take_over_answer(payload: dict[str, Any], *, actor: Actor) -> None:
    """Take debts down by what the run kept for them; open debts for what was at the bank when the benefit stopped."""
    book_offsets(actor=actor, run_id=UUID(str(payload["run"])))
    for entitlement_id in overpaid_in_run(UUID(str(payload["run"]))):
        open_debt(actor=actor, entitlement_id=entitlement_id)
