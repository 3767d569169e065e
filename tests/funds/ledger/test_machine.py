"""The ledger as a state machine: whatever people try in whatever order, the model agrees and every invariant holds.

200 runs of 30 steps in every suite run; more by ``HRSS_MACHINE``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from tests.funds.conftest import SYSTEM, Office, fill, make_person

from hrss.foundation.scope import acting
from hrss.funds.banking.services import record_receipt
from hrss.funds.ledger.models import Entry
from hrss.funds.ledger.posting import Line
from hrss.funds.ledger.queries import balance_of
from hrss.funds.ledger.services import (
    approve_proposal,
    propose_closing,
    propose_entry,
    propose_reversal,
    propose_transfer,
    refuse_proposal,
    review_proposal,
)
from hrss.funds.soundness.looking import violations
from hrss.funds.soundness.registry import invariants
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

RUNS, STEPS = int(os.environ.get("HRSS_MACHINE", "200")), 30
FUND = "unemployment"
BANKS = {"income": "1002", "fiscal": "1003", "expenditure": "1004"}
WAYS = {("income", "fiscal"), ("fiscal", "expenditure"), ("expenditure", "fiscal")}
DAYS = [date(2026, month, 5) for month in (1, 2, 3)]
makers = st.sampled_from([0, 0, 0, 1, 2, 3])
who, fen, day = st.integers(0, 3), st.sampled_from([1, 700, 40_000, 10_000_000]), st.sampled_from(DAYS)


@dataclass
class Asked:
    """What the model knows of a proposal: what it would move, who has signed, where it stands."""

    id: UUID
    moves: dict[str, int]
    on: date | None
    closes: YearMonth | None = None
    signers: list[int] = field(default_factory=list)
    state: str = "made"


class LedgerMachine(RuleBasedStateMachine):
    """Propose, review, approve, refuse, receive, reverse and close, by anybody at any time."""

    office: ClassVar[Office]
    carried_out: ClassVar[int] = 0
    proposals, entries = Bundle("proposals"), Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.person = make_person()
        fill(self.office, FUND, income=50_000, fiscal=50_000, expenditure=50_000)
        self.balances = dict.fromkeys(BANKS, 50_000)
        self.closed: YearMonth | None = None
        self.told: dict[str, int] = {}
        self.reversed: set[int] = set()
        self.lines: dict[int, dict[str, int]] = {}

    def teardown(self) -> None:
        found = [(one.code, violations(one, FUND)) for one in invariants() if one.is_quick and violations(one, FUND)]
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        assert found == []

    def staff(self, index: int) -> Actor:
        return (*self.office.three, self.office.leader)[index]

    def tried(self, do: Callable[[], Any]) -> Any:
        try:
            with transaction.atomic():
                given = do()
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                return given
        except (Problem, DatabaseError):
            return None

    def asked(self, made: Any, by: int, **known: Any) -> Any:
        return multiple() if made is None else Asked(UUID(made.id), signers=[by], **known)

    @rule(target=proposals, by=makers, way=st.sampled_from(sorted(WAYS | {("income", "expenditure")})), fen=fen, on=day)
    def transfer(self, by: int, way: tuple[str, str], fen: int, on: date) -> Any:
        giver, taker = way
        made = self.tried(
            lambda: propose_transfer(actor=self.staff(by), fund=FUND, giver=giver, taker=taker, fen=fen, on=on)
        )
        assert made is None or (way in WAYS and fen <= self.balances[giver])
        return self.asked(made, by, moves={giver: -fen, taker: fen}, on=on)

    @rule(target=proposals, by=makers, bank=st.sampled_from(sorted(BANKS)), fen=fen, on=day)
    def interest(self, by: int, bank: str, fen: int, on: date) -> Any:
        lines = [Line(BANKS[bank], debit=fen), Line("4301", credit=fen)]
        made = self.tried(lambda: propose_entry(actor=self.staff(by), fund=FUND, on=on, lines=lines, text="利息"))
        return self.asked(made, by, moves={bank: fen}, on=on)

    @rule(target=proposals, by=makers, entry=entries, on=day)
    def reverse(self, by: int, entry: int, on: date) -> Any:
        made = self.tried(lambda: propose_reversal(entry, actor=self.staff(by), on=on, reason="记错了"))
        assert made is None or entry not in self.reversed
        moves = {bank: -value for bank, value in self.lines[entry].items()}
        return self.asked(made, by, moves=moves, on=on)

    @rule(target=proposals, by=makers, month=st.integers(1, 3))
    def close(self, by: int, month: int) -> Any:
        wanted = YearMonth(2026, month)
        made = self.tried(lambda: propose_closing(actor=self.staff(by), fund=FUND, month=wanted))
        return self.asked(made, by, moves={}, on=None, closes=wanted)

    @rule(by=who, asked=proposals)
    def review(self, by: int, asked: Asked) -> None:
        if self.tried(lambda: review_proposal(asked.id, actor=self.staff(by))) is not None:
            assert (asked.state, by not in asked.signers, by != 0) == ("made", True, True)
            asked.state, asked.signers = "reviewed", [*asked.signers, by]

    @rule(target=entries, by=who, asked=proposals)
    def approve(self, by: int, asked: Asked) -> Any:
        done = self.tried(lambda: approve_proposal(asked.id, actor=self.staff(by)))
        if done is None:
            return multiple()
        assert (asked.state, by not in asked.signers, by in (2, 3)) == ("reviewed", True, True)
        asked.state = "done"
        type(self).carried_out += 1
        if asked.closes:
            assert self.closed is None or asked.closes == self.closed + 1
            self.closed = asked.closes
            return multiple()
        assert asked.on is not None
        assert self.closed is None or YearMonth.of(asked.on) > self.closed
        entry = int(done.data["entry"])
        self.moved(entry, asked.moves)
        with acting(SYSTEM):
            before = Entry.objects.get(id=entry).reverses_id
        self.reversed |= {before, entry} - {None} if before else set()
        return entry

    @rule(target=entries, fen=st.sampled_from([1, 700]), on=day)
    def carried(self, fen: int, on: date) -> Any:
        """Interest proposed, reviewed and approved in one go."""
        made = self.interest(0, "fiscal", fen, on)
        return self.carry_out(made) if isinstance(made, Asked) else multiple()

    @rule(target=entries, asked=proposals)
    def carry_out(self, asked: Asked) -> Any:
        """The way it should go, so that a good part of the runs gets somewhere."""
        self.review(1, asked)
        return self.approve(2, asked)

    @rule(by=who, asked=proposals)
    def refuse(self, by: int, asked: Asked) -> None:
        if self.tried(lambda: refuse_proposal(asked.id, actor=self.staff(by), reason="有误")) is not None:
            assert asked.state in ("made", "reviewed")
            asked.state = "refused"

    @rule(fen=fen, on=day, number=st.sampled_from("ABC"))
    def receive(self, fen: int, on: date, number: str) -> None:
        given = self.tried(
            lambda: record_receipt(
                actor=SYSTEM,
                fund=FUND,
                person_id=self.person,
                fen=fen,
                channel="sim",
                channel_reference=number,
                purpose="缴费",
                on=on,
                income_account="4001-02",
            )
        )
        if given is None:
            assert self.told.get(number, fen) != fen or (self.closed and YearMonth.of(on) <= self.closed)
        elif number not in self.told:
            self.told[number] = fen
            self.balances["income"] += fen

    def moved(self, entry: int, moves: dict[str, int]) -> None:
        self.lines[entry] = moves
        for bank, value in moves.items():
            self.balances[bank] += value

    @invariant()
    def the_books_say_what_the_model_says(self) -> None:
        if hasattr(self, "balances"):
            assert {bank: balance_of(FUND, bank) for bank in BANKS} == self.balances


@pytest.mark.slow
def test_the_ledger_as_a_state_machine(office: Office) -> None:
    LedgerMachine.office = office
    chosen = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(LedgerMachine, settings=chosen)  # type: ignore[no-untyped-call]
    assert LedgerMachine.carried_out >= RUNS, "the machine must get somewhere"
