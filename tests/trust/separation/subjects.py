"""What three people sign: each subject with its three steps and the way to tell whether it went through."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.funds.conftest import SYSTEM, Office, fill
from tests.funds.payruns_office import MONTH, opened, run_of
from tests.funds.stock import entitle, make_payee, row

from hrss.foundation.scope import acting
from hrss.funds.ledger.models import Entry, Proposal
from hrss.funds.ledger.posting import Line
from hrss.funds.ledger.services import (
    approve_proposal,
    propose_closing,
    propose_entry,
    propose_reversal,
    propose_transfer,
    review_proposal,
)
from hrss.funds.payables.services import prepare_take_over, sign_take_over, take_over
from hrss.funds.payables.taking import digest_of_rows
from hrss.funds.payruns.services import sign_run
from hrss.funds.signing.models import Step
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth

FUND = "resident_pension"
DAY = date(2026, 1, 5)
_SERIAL = itertools.count(1)


@dataclass(frozen=True)
class Subject:
    """``make`` gives a handle; ``review`` and ``approve`` go on with it; ``through`` tells whether money would move."""

    name: str
    make: Callable[[Actor], Any]
    review: Callable[[Any, Actor], Any]
    approve: Callable[[Any, Actor], Any]
    through: Callable[[Any], bool]

    @property
    def steps(self) -> tuple[Callable[[Any, Actor], Any], ...]:
        """The three steps in one shape; the first takes no handle and gives it."""
        return (lambda _handle, actor: self.make(actor)), self.review, self.approve


def subjects(office: Office, folder: Path) -> list[Subject]:
    """Everything the funds ask three names for."""
    fill(office, FUND, income=9_000_000, fiscal=9_000_000, expenditure=9_000_000)
    return [_pay_run(office, folder), *_proposals(), _take_over()]


def _pay_run(office: Office, folder: Path) -> Subject:
    entitle(office, [row(make_payee(f"领款人{n}"), first=MONTH) for n in range(3)])
    run_id = opened(office, folder)
    digest = run_of(run_id).digest

    def made(actor: Actor) -> UUID:
        sign_run(run_id, actor=actor, step=Step.MADE, digest=digest)
        return run_id

    def signed(step: Step) -> Callable[[Any, Actor], Any]:
        return lambda _handle, actor: sign_run(run_id, actor=actor, step=step, digest=digest)

    return Subject(
        "待遇发放", made, signed(Step.REVIEWED), signed(Step.APPROVED), lambda _: run_of(run_id).state == "approved"
    )


def _proposals() -> list[Subject]:
    with acting(SYSTEM):
        entry = Entry.objects.latest("id").id
    cash = [Line("1003", debit=500), Line("4301", credit=500)]
    makers: dict[str, Callable[[Actor], Any]] = {
        "账户间划转": lambda actor: propose_transfer(
            actor=actor, fund=FUND, giver="fiscal", taker="expenditure", fen=100_000, on=DAY
        ),
        "其他收支": lambda actor: propose_entry(actor=actor, fund=FUND, on=DAY, lines=cash, text="利息"),
        "期初建账": lambda actor: propose_entry(actor=actor, fund=FUND, on=DAY, lines=cash, text="期初", opening=True),
        "冲销": lambda actor: propose_reversal(entry, actor=actor, on=DAY + timedelta(days=1), reason="记错了"),
        "结账": lambda actor: propose_closing(actor=actor, fund=FUND, month=YearMonth(2026, 1)),
    }
    return [Subject(name, _proposed(make), _reviewed, _approved, _is_done) for name, make in makers.items()]


def _proposed(make: Callable[[Actor], Any]) -> Callable[[Actor], Any]:
    return lambda actor: UUID(make(actor).id)


def _reviewed(handle: UUID, actor: Actor) -> None:
    review_proposal(handle, actor=actor)


def _approved(handle: UUID, actor: Actor) -> None:
    approve_proposal(handle, actor=actor)


def _is_done(handle: UUID) -> bool:
    with acting(SYSTEM):
        return Proposal.objects.filter(id=handle, state="done").exists()


def _take_over() -> Subject:
    rows = [row(make_payee("存量人员"), first=MONTH)]
    digest = digest_of_rows(rows)

    def made(actor: Actor) -> str:
        reference = f"A{next(_SERIAL)}"
        prepare_take_over(actor=actor, reference=reference, text="存量", rows=rows)
        return reference

    def signed(step: Step) -> Callable[[Any, Actor], Any]:
        return lambda handle, actor: sign_take_over(actor=actor, reference=handle, step=step, digest=digest)

    def approved(handle: str, actor: Actor) -> None:
        signed(Step.APPROVED)(handle, actor)
        take_over(actor=actor, reference=handle, rows=rows)

    return Subject("存量接收", made, signed(Step.REVIEWED), approved, lambda _: True)
