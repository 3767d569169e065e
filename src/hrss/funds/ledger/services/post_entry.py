"""Post an entry (记账): for sources that need no signature, or whose three signatures are there already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.ledger.posting import Line, post
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome


@verb("funds.post")
def post_entry(
    *, actor: Actor, fund: str, on: date, lines: Sequence[Line], source: str, reference: str, text: str
) -> Outcome:
    """Post ``lines`` to the books of ``fund`` on day ``on``. Problems of ``posting.post``, ``access.no_post``."""
    require(actor, Function.FINANCE, doing="记账")
    entry = post(actor=actor, fund=fund, on=on, lines=lines, source=source, reference=reference, text=text)
    return Outcome("ledger_entry", str(entry))
