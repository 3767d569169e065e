"""Propose to close a month (结账): what is signed is the trial balance of that moment."""

from __future__ import annotations

from hrss.foundation.access.policies import require
from hrss.foundation.verbs import verb
from hrss.funds.codes import fund_of
from hrss.funds.ledger.closing import closing_content, require_next
from hrss.funds.ledger.models import Proposal
from hrss.funds.ledger.proposing import propose
from hrss.kernel.actor import Actor, Function
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome


@verb("funds.propose_closing")
def propose_closing(*, actor: Actor, fund: str, month: YearMonth, key: str = "") -> Outcome:
    """Propose to close ``month``. Problems ``access.no_post``, ``ledger.months_in_order|month_not_over`` (409)."""
    require(actor, Function.FINANCE, doing="申请结账")
    require_next(fund_of(fund).value, month)
    return propose(Proposal.Kind.CLOSE, fund, closing_content(fund, month), actor=actor)
