"""I3, I4, I4b, I8, I9 and B14: what somebody plants who owns the database is found, and money steps stop."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections
from tests.funds.conftest import SYSTEM, Office, fill_for_runs
from tests.funds.payruns_office import MONTH, opened, paid_out, run_of, signed
from tests.funds.stock import entitle, make_payee, row

from hrss.funds.benefits import benefit_of
from hrss.funds.payables.services import stop_entitlement
from hrss.funds.payruns.recomputing import recompute
from hrss.funds.payruns.services import send_run
from hrss.funds.recovery.services import open_debt
from hrss.funds.soundness.looking import look
from hrss.kernel.problem import Problem

TABLES = ("payables_payment", "payables_entitlement", "payruns_run", "recovery_debt")
DROPPED = (
    "DROP INDEX payables_payment_once",
    "ALTER TABLE payables_entitlement DROP CONSTRAINT payables_entitlement_no_overlap",
)
ONE = "(SELECT person_id FROM payables_payment ORDER BY id LIMIT 1)"
PLANTED = {
    "I3": f"UPDATE payables_payment SET person_id = {ONE}",
    "I8": f"UPDATE payables_entitlement SET person_id = {ONE}",
    "B14": "UPDATE recovery_debt SET state = 'settled'",
    "I4": "UPDATE payruns_run SET total = total + 1 WHERE state <> 'closed'",
    "I4a": "UPDATE payruns_run SET total = total - 1 WHERE state = 'closed'",
    "I4b": "UPDATE payables_payment SET part = part - 1 WHERE state = 'paid'",
    "I9": "UPDATE payables_payment SET amount = amount + 100 WHERE state = 'paid'",
}


def found() -> set[str]:
    recompute()
    return {check.invariant for check in look() if check.found}


def plant(*statements: str) -> None:
    """Change what nobody may: triggers and row-level security off, change, on again."""
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        for statement in statements:
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER; ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def test_what_is_planted_is_found_and_stops_the_run(real_office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    people = [make_payee(f"付款人{n}") for n in range(2)]
    first = entitle(real_office, [row(person, first=MONTH) for person in people])[0]
    paid_out(real_office, folder)
    stop_entitlement(actor=SYSTEM, entitlement_id=first, last=MONTH - 1, reason="去世", evidence={})
    open_debt(actor=SYSTEM, entitlement_id=first)
    entitle(real_office, [row(make_payee("后来的人"), first=MONTH)])
    waiting = opened(real_office, folder)
    signed(real_office, waiting)
    assert found() == set()
    plant(*DROPPED)
    for code, statement in PLANTED.items():
        plant(statement)
        assert code in found(), code
    assert_stopped(real_office, waiting)


def assert_stopped(office: Office, run_id: UUID) -> None:
    with pytest.raises(Problem) as refused:
        send_run(run_id, actor=office.accountant, digest=run_of(run_id).digest)
    assert refused.value.code == "funds.unsound"
    assert "账目核对" in (refused.value.remedy or "")


def test_a_run_is_not_sent_from_an_account_that_does_not_cover_it(office: Office, tmp_path: Path) -> None:
    entitle(office, [row(make_payee(), first=MONTH)])
    run_id = opened(office, tmp_path)
    signed(office, run_id)
    with pytest.raises(Problem) as refused:
        send_run(run_id, actor=office.accountant, digest=run_of(run_id).digest)
    assert refused.value.code == "ledger.not_covered"
    fill_for_runs(office, benefit_of("test_pension").fund)
    send_run(run_id, actor=office.accountant, digest=run_of(run_id).digest)
