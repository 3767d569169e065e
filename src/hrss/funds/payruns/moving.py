"""Moving a locked run to its next state; a transition the database does not know comes back as a sentence."""

from __future__ import annotations

from hrss.foundation.refusals import told
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.refusals import REFUSALS
from hrss.funds.payruns.states import State


def move(run: Run, state: State, *, problem: str | None = None) -> None:
    """Bring the run into ``state``; ``problem`` replaces what stands on it (None: it stays)."""
    run.state = state
    if problem is not None:
        run.problem = problem
    with told(REFUSALS):
        run.save(update_fields=["state", "problem"])
