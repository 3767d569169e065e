"""Common ground of the measures: one person makes, another reviews, a third approves; only then it takes effect.

It refuses a second measure while one is under way, a step out of turn, content changed since it was signed.
"""

from __future__ import annotations

from typing import Any

from hrss.foundation import audit
from hrss.foundation.access.policies import require
from hrss.foundation.refusals import told
from hrss.funds.recovery.models import Debt, Measure
from hrss.funds.recovery.refusals import REFUSALS
from hrss.funds.signing.models import Step
from hrss.funds.signing.signatures import digest_of, sign
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

MAKERS = (Function.FINANCE, Function.HANDLER)
REVIEWERS = (Function.FINANCE, Function.REVIEWER)
APPROVERS = (Function.FINANCE, Function.APPROVER, Function.LEADER)
READERS = (*APPROVERS, Function.HANDLER, Function.REVIEWER, Function.INSPECTOR)
LEAST_WORDS = 4


def propose(debt: Debt, kind: Measure.Kind, content: dict[str, Any], *, actor: Actor) -> Outcome:
    """Write a measure down with the maker's name to it; the caller has locked the debt and checked the content."""
    require(actor, *MAKERS, region=debt.region_code, doing=f"提出{kind.label}")
    with told(REFUSALS):
        measure = Measure.objects.create(
            debt=debt,
            person_id=debt.person_id,
            region_code=debt.region_code,
            kind=kind,
            content=content,
            digest=_digest(debt, kind, content),
        )
    sign_step(measure, Step.MADE, actor=actor)
    return done(measure, f"recovery.propose_{kind.value}", actor=actor)


def sign_step(measure: Measure, step: Step, *, actor: Actor) -> None:
    """Put the actor's name to the content as it is now."""
    digest = _digest(measure.debt, Measure.Kind(measure.kind), measure.content)
    sign(measure.kind, str(measure.id), step, digest=digest, actor=actor)


def done(measure: Measure, action: str, *, actor: Actor) -> Outcome:
    """Record the act and give its outcome."""
    debt = measure.debt
    detail = {"debt": debt.number, "kind": measure.kind, "state": measure.state}
    record(debt, action, actor=actor, detail=detail)
    return Outcome("debt_measure", str(measure.id), debt.number, {"state": measure.state, "debt": str(debt.id)})


def record(debt: Debt, action: str, *, actor: Actor, detail: dict[str, Any]) -> None:
    """Leave the event of an act on a debt."""
    audit.record(
        actor,
        action,
        subject_kind="debt",
        subject_id=debt.id,
        person_id=debt.person_id,
        region=debt.region_code,
        detail=detail,
    )


def words(text: str, *, field: str, what: str) -> str:
    """Give a text that says something. Problem ``recovery.<field>``."""
    if len(text.strip()) < LEAST_WORDS:
        raise Problem(f"recovery.{field}", f"请写明{what}", remedy=f"写清{what}，对方看得懂", field=field)
    return text.strip()


def _digest(debt: Debt, kind: Measure.Kind, content: dict[str, Any]) -> str:
    return digest_of([kind, str(debt.id), debt.amount, content])
