"""The money matters of today, through the real verbs: runs that wait for the next signature, a reconciliation.

The residents' run of this month waits for the accountant's name, that of the unemployed for the approver's: the three
posts can be walked by logging in one after the other. A large county leaves the snapshot to the worker.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from hrss.demo import statements
from hrss.demo.awards import this_month
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.demo.live import Play
from hrss.demo.tables.signers import CONFIRMS, RUN
from hrss.foundation.scope import acting
from hrss.funds.codes import Fund
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.models import Finding, Run
from hrss.funds.payruns.services import confirm_findings, open_run, sign_run
from hrss.funds.payruns.states import State
from hrss.funds.reconciliation.models import Break
from hrss.funds.reconciliation.services import import_statement, reconcile, take_break
from hrss.funds.signing.models import Step
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.months import YearMonth

RECONCILES: Final = "xian.finance2"
LARGE: Final = 0.1  # from this scale on the worker takes the snapshots after the start
_ROBOT: Final = system_actor("demo")


def play(county: County) -> None:
    """Open this month's runs and reconcile the last weeks."""
    stage = Play()
    for fund in (Fund.RESIDENT_PENSION.value, Fund.UNEMPLOYMENT.value):
        _open(county, stage, fund)
    _reconcile(county, stage.by_login(RECONCILES).for_purpose("funds"))


def _open(county: County, stage: Play, fund: str) -> None:
    accountant = stage.by_login(RUN[0]).for_purpose("payment")
    done = open_run(actor=accountant, group=fund, month=YearMonth.from_index(this_month(county)))
    if county.request.scale <= LARGE and advance(UUID(done.id)) == State.FROZEN and fund == Fund.UNEMPLOYMENT.value:
        _sign_twice(UUID(done.id), stage)


def _sign_twice(run_id: UUID, stage: Play) -> None:
    """Have the accountant and the reviewer sign, the inspector confirm what was found; the approver is next."""
    with acting(_ROBOT):
        digest = Run.objects.get(id=run_id).digest
        odd = Finding.objects.filter(run_id=run_id, kind=Finding.Kind.CONFIRM).exists()
    for login, step in zip(RUN[:2], (Step.MADE, Step.REVIEWED), strict=True):
        sign_run(run_id, actor=stage.by_login(login).for_purpose("payment"), step=step, digest=digest)
    if odd:
        inspector = stage.by_login(CONFIRMS).for_purpose("payment")
        confirm_findings(run_id, actor=inspector, digest=digest, opinion="人数比上月变化大，逐人核对登记和缴费，属实")


def _reconcile(county: County, actor: Actor) -> None:
    """Take in the statements, reconcile every fund, have the one who reconciles take up the first difference."""
    for name, content in statements.statements(county):
        import_statement(content, actor=actor, name=name)
    since, until = (as_date(day) for day in statements.span(county))
    for fund in sorted(set(county["entries"]["fund"].to_list())):
        reconcile(actor=actor, fund=fund, since=since, until=until)
    with acting(_ROBOT):
        first = Break.objects.filter(state=Break.State.OPEN).order_by("on", "id").values_list("id", flat=True).first()
    if first is not None:
        take_break(first, actor=actor)
