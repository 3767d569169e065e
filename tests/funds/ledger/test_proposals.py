"""Transfers, hand-made entries and reversals: three natural persons, each once, on the same content."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from tests.funds.conftest import DAY, Office, approve, commit, fill, make_staff

from hrss.foundation.scope import acting
from hrss.funds.ledger.models import Entry, Proposal
from hrss.funds.ledger.posting import Line, post
from hrss.funds.ledger.proposing import sign_step
from hrss.funds.ledger.queries import balance_of, fund_states
from hrss.funds.ledger.services import (
    approve_proposal,
    propose_entry,
    propose_reversal,
    propose_transfer,
    refuse_proposal,
    review_proposal,
)
from hrss.funds.signing.models import Step
from hrss.funds.signing.signatures import signatures_of
from hrss.kernel.actor import Actor, Function
from hrss.kernel.problem import Problem

FUND = "unemployment"
INTEREST = [Line("1003", debit=700), Line("4301", credit=700)]


@pytest.fixture
def filled(office: Office) -> Office:
    fill(office, FUND, income=5_000, fiscal=9_000, expenditure=1_000)
    return office


def transfer(office: Office, fen: int = 4_000, *, giver: str = "fiscal", taker: str = "expenditure") -> UUID:
    made = propose_transfer(actor=office.accountant, fund=FUND, giver=giver, taker=taker, fen=fen, on=DAY)
    return UUID(made.id)


def balances() -> dict[str, int]:
    return {bank: balance_of(FUND, bank) for bank in ("income", "fiscal", "expenditure")}


def test_money_goes_from_income_over_the_treasury_to_expenditure(filled: Office) -> None:
    approve(filled, str(transfer(filled, 5_000, giver="income", taker="fiscal")))
    approve(filled, str(transfer(filled, 12_000)))
    commit()
    assert balances() == {"income": 0, "fiscal": 2_000, "expenditure": 13_000}
    assert {state.fund: state.expenditure for state in fund_states()}[FUND] == 13_000


@pytest.mark.parametrize(("giver", "taker"), [("income", "expenditure"), ("fiscal", "income"), ("fiscal", "fiscal")])
def test_other_ways_are_refused(filled: Office, giver: str, taker: str) -> None:
    with pytest.raises(Problem, match="不能直接划转"):
        transfer(filled, giver=giver, taker=taker)


def test_no_bank_account_is_overdrawn_not_even_by_two_proposals(filled: Office) -> None:
    with pytest.raises(Problem, match="不够支付"):
        transfer(filled, 9_001)
    first, second = transfer(filled, 6_000), transfer(filled, 6_000)
    approve(filled, str(first))
    with pytest.raises(Problem, match="不够支付"):
        approve(filled, str(second))


def second_account(actor: Actor, grade: int) -> Actor:
    return make_staff(actor.name, grade=grade, person=actor.person)


def test_one_person_signs_once_whatever_the_account(filled: Office) -> None:
    proposal = transfer(filled)
    review_proposal(proposal, actor=filled.reviewer)
    for again in (second_account(filled.accountant, 3), second_account(filled.reviewer, 3)):
        with pytest.raises(Problem) as refusal:
            approve_proposal(proposal, actor=again)
        assert refusal.value.code == "signing.same_person"
    approve_proposal(proposal, actor=filled.leader)
    assert [one.name for one in signatures_of("transfer", str(proposal))] == ["陈会计", "李复核", "唐局长"]


def test_each_step_needs_its_post(filled: Office) -> None:
    proposal = transfer(filled)
    with pytest.raises(Problem) as refusal:
        review_proposal(proposal, actor=make_staff("新会计", grade=1))
    assert refusal.value.code == "signing.no_post"
    with pytest.raises(Problem) as refusal:
        review_proposal(proposal, actor=make_staff("冉经办", Function.HANDLER))
    assert refusal.value.code == "access.no_post"
    with pytest.raises(Problem) as refusal:
        approve_proposal(proposal, actor=filled.approver)
    assert refusal.value.code == "ledger.proposal_state"


def test_content_cannot_change_after_signing(filled: Office) -> None:
    proposal = transfer(filled)
    with acting(filled.reviewer), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Proposal.objects.filter(id=proposal).update(content={})


def test_the_last_signer_cannot_write_other_lines(filled: Office) -> None:
    """Three signed one amount; whoever comes last writes another under its number: the commit fails."""
    proposal = transfer(filled)
    review_proposal(proposal, actor=filled.reviewer)
    row = Proposal.objects.get(id=proposal)
    other = [Line(one["account"], one["debit"] * 2, one["credit"] * 2) for one in row.content["lines"]]
    with acting(filled.approver), pytest.raises(DatabaseError, match="签的内容不同"), transaction.atomic():
        sign_step(row, Step.APPROVED, actor=filled.approver)
        row.entry_id = post(actor=filled.approver, fund=FUND, on=date.fromisoformat(row.content["on"]), lines=other,
                            source="transfer", reference=str(row.id), text=row.content["text"])  # fmt: skip
        row.state = Proposal.State.DONE
        row.save(update_fields=["state", "entry"])
        commit()


def test_an_opening_balance_can_be_taken_back(filled: Office) -> None:
    """Its mirror touches both bank lines, as the opening did."""
    opening = Entry.objects.get(fund=FUND, source="opening")
    approve(filled, propose_reversal(opening.id, actor=filled.accountant, on=DAY, reason="期初数有误").id)
    commit()
    assert opening.reversed_by.total == opening.total


def test_sent_back_is_over(filled: Office) -> None:
    proposal = transfer(filled)
    with pytest.raises(Problem, match="理由"):
        refuse_proposal(proposal, actor=filled.reviewer, reason=" ")
    refuse_proposal(proposal, actor=filled.reviewer, reason="金额与银行回单不符")
    with pytest.raises(Problem) as refusal:
        review_proposal(proposal, actor=filled.reviewer)
    assert refusal.value.code == "ledger.proposal_state"


def test_an_entry_made_by_hand_is_reversed_once_by_its_mirror(filled: Office) -> None:
    made = propose_entry(actor=filled.accountant, fund=FUND, on=DAY, lines=INTEREST, text="一季度利息")
    entry = int(approve(filled, made.id))
    back = propose_reversal(entry, actor=filled.accountant, on=date(2026, 1, 3), reason="重复入账")
    twice = propose_reversal(entry, actor=filled.accountant, on=date(2026, 1, 3), reason="重复入账")
    mirror = Entry.objects.get(id=int(approve(filled, back.id)))
    commit()
    assert (mirror.reverses_id, balances()["fiscal"]) == (entry, 9_000)
    with pytest.raises(Problem) as refusal:
        approve(filled, twice.id)
    assert refusal.value.code == "ledger.reversed_already"
    for number in (entry, mirror.id):
        with pytest.raises(Problem):
            propose_reversal(number, actor=filled.accountant, on=DAY, reason="再冲一次")


TWO_LINES = {
    "benefit from the income account": [Line("5001-01", debit=5), Line("1002", credit=5)],
    "premium into the expenditure account": [Line("1004", debit=5), Line("4001-01", credit=5)],
    "past the treasury": [Line("1004", debit=5), Line("1002", credit=5)],
}


@pytest.mark.parametrize("lines", TWO_LINES.values(), ids=TWO_LINES)
def test_income_and_expenditure_stay_apart(filled: Office, lines: list[Line]) -> None:
    made = propose_entry(actor=filled.accountant, fund=FUND, on=DAY, lines=lines, text="试一试")
    with pytest.raises(DatabaseError, match="收入户只收不支"), transaction.atomic():
        approve(filled, made.id)
        commit()


def test_a_reversal_posted_past_the_verb_must_mirror(filled: Office) -> None:
    made = propose_entry(actor=filled.accountant, fund=FUND, on=DAY, lines=INTEREST, text="一季度利息")
    entry = int(approve(filled, made.id))
    other = [Line("1003", debit=700), Line("4901", credit=700)]
    with acting(filled.accountant), pytest.raises(DatabaseError, match="相等相反"), transaction.atomic():
        post(actor=filled.accountant, fund=FUND, on=DAY, lines=other, source="receipt", reference="x", text="x",
             reverses=entry)  # fmt: skip
        commit()
