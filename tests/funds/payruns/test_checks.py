"""The checks before a run: each is triggered by its own case and by nothing else, at the limits of the parameters."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.funds import benefits
from tests.funds.conftest import SYSTEM, Office, fill_for_runs, make_person, make_staff
from tests.funds.payruns_office import MONTH, bank_works, opened, paid_out, run_of, sent, signed
from tests.funds.stock import FACTS, entitle, make_account, make_payee, row, sign_batch

from hrss.foundation.scope import acting
from hrss.funds.payables.services import change_facts
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.limits import limits_on
from hrss.funds.payruns.models import Finding
from hrss.funds.payruns.services import confirm_findings, sign_run
from hrss.funds.signing.models import Step
from hrss.kernel.actor import Function
from hrss.kernel.problem import Problem

NEXT = MONTH + 1
BIG = FACTS | {"account": 145_000_000}
SHARED = "6217000000000009999"


def findings(run_id: UUID) -> dict[str, set[str]]:
    """Who was pointed out, by check and case; the run as a whole is 批次."""
    with acting(SYSTEM):
        rows = Finding.objects.filter(run=run_id).select_related("payment__person").order_by("id")
        found: dict[str, set[str]] = {}
        for one in rows:
            found.setdefault(f"{one.rule} {one.code}", set()).add(one.payment.person.name if one.payment else "批次")
        return found


def named(name: str, *, number: str = "", born: date = date(1960, 5, 6)) -> UUID:
    person = make_person(name, born=born)
    make_account(person, number=number)
    return person


def many(count: int) -> list[UUID]:
    return [make_payee(f"平常{n}") for n in range(count)]


def test_each_check_points_out_its_own_case(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    riser = named("涨得快")
    entitlement = entitle(office, [row(riser, first=MONTH)])[0]
    paid_out(office, folder)
    rise(office, riser, entitlement, FACTS | {"account": 5_000_000})
    once: dict[str, Any] = {"months": 12, "monthly": 17_000, "balance": 900_000}
    rows = [row(person, first=NEXT) for person in many(30)]
    rows += [row(named("金额大"), first=NEXT, facts=BIG), row(named("年纪大", born=date(1924, 5, 1)), first=NEXT)]
    rows += [row(named(name, number=SHARED), first=NEXT) for name in ("同户甲", "同户乙")]
    rows += [row(named("补发的"), first=MONTH)]
    rows += [row(named("一次性"), benefit="test_death_grant", purpose="death:x", first=NEXT, last=NEXT, facts=once)]
    entitle(office, rows)
    assert findings(opened(office, folder, month=NEXT)) == {
        "F03 over_limit": {"金额大"},
        "F03 extreme": {"金额大"},
        "F03 jump": {"涨得快"},
        "F04 total_change": {"批次"},
        "F12 arrears": {"补发的"},
        "F13 once_over_limit": {"一次性"},
        "M07 shared_account": {"同户甲", "同户乙"},
        "B08 old_age": {"年纪大"},
    }


def rise(office: Office, person: UUID, entitlement: UUID, facts: dict[str, Any]) -> None:
    """A rise signed by three as a batch of its own."""
    sign_batch(office, [row(person, facts=facts)], "rise")
    handler = make_staff("何经办", Function.HANDLER)
    change_facts(actor=handler, entitlement_id=entitlement, from_month=NEXT, facts=facts, batch="rise")


def test_what_is_just_within_the_limits_is_not_pointed_out(office: Office, tmp_path: Path) -> None:
    folder, limits = tmp_path / "bank", limits_on(date(2026, 11, 1))
    assert (limits.line, limits.once, limits.old_age) == (1_000_000, 1_000_000, 100)
    people = many(6)
    entitle(office, [row(person, first=MONTH) for person in people])
    paid_out(office, folder)
    once: dict[str, Any] = {"months": 10, "monthly": 1_000, "balance": 0}
    seventh = named("九十九岁", born=date(1928, 1, 1))
    rows = [row(seventh, benefit="test_death_grant", purpose="death:y", first=NEXT, last=NEXT, facts=once)]
    entitle(office, rows)
    assert findings(opened(office, folder, month=NEXT)) == {}


def test_an_amount_that_stood_off_and_was_paid_is_not_told_every_month(office: Office, tmp_path: Path) -> None:
    folder, large = tmp_path / "bank", FACTS | {"account": 30_000_000}
    rows = [row(person, first=MONTH) for person in many(30)]
    entitle(office, [*rows, row(named("存得多"), first=MONTH, facts=large)])
    run_id = opened(office, folder)
    assert findings(run_id)["F03 extreme"] == {"存得多"}
    confirm_findings(
        run_id,
        actor=make_staff("钱稽核", Function.INSPECTOR),
        digest=run_of(run_id).digest,
        opinion="账户里确实存了这么多",
        meeting="",
    )
    fill_for_runs(office, "resident_pension")
    sent(office, run_id, folder)
    bank_works(folder)
    assert advance(run_id, folder=folder) == "closed", run_of(run_id).problem
    entitle(office, [row(named("新来的"), first=NEXT, facts=large)])
    assert findings(opened(office, folder, month=NEXT))["F03 extreme"] == {"新来的"}


def test_nothing_is_approved_before_an_inspector_confirmed_and_a_one_off_needs_the_meeting(
    office: Office, tmp_path: Path
) -> None:
    benefits.declare()
    once: dict[str, Any] = {"months": 12, "monthly": 17_000, "balance": 900_000}
    wanted = {"benefit": "test_death_grant", "purpose": "death:z", "first": MONTH, "last": MONTH, "facts": once}
    entitle(office, [row(named("一次性"), **wanted)])
    run_id = opened(office, tmp_path / "bank")
    fill_for_runs(office, "resident_pension")
    digest, inspector = run_of(run_id).digest, make_staff("钱稽核", Function.INSPECTOR)
    with pytest.raises(Problem) as refused:
        signed(office, run_id)
    assert refused.value.code == "payruns.unconfirmed"
    with pytest.raises(Problem) as refused:
        confirm_findings(run_id, actor=inspector, digest=digest, opinion="核对了办件，无误")
    assert refused.value.code == "payruns.meeting"
    confirm_findings(run_id, actor=inspector, digest=digest, opinion="核对了办件，无误", meeting="十一月会审，五人同意")
    sign_run(run_id, actor=office.approver, step=Step.APPROVED, digest=digest)
    assert run_of(run_id).state == "approved"
