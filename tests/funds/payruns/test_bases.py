"""What payments have in common is kept once, and payments of before the migration say the same after it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import DatabaseError, connection, connections, transaction
from tests.funds.conftest import SYSTEM, Office
from tests.funds.payruns_office import MONTH, paid_out
from tests.funds.stock import entitle, make_payee, row

from hrss.foundation.scope import acting
from hrss.funds.payables.models import Basis, Payment
from hrss.rules.engine import replay

MOVING = import_module("hrss.funds.payables.migrations.0007_basis")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bank"


def stored(*changes: str) -> list[Any]:
    """Carry out changes of the tables as the owner; gives what the payments say then."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for change in changes:
            cursor.execute(change)
        cursor.execute("SELECT set_config('hrss.kind', 'system', true)")
        cursor.execute("SELECT * FROM payables_payment ORDER BY id")
        names = [column.name for column in cursor.description]
        return [dict(zip(names, line, strict=True)) for line in cursor.fetchall()]


def test_lines_calculated_alike_share_a_basis_and_compute_again(office: Office, folder: Path) -> None:
    entitle(office, [row(make_payee(), first=MONTH) for _ in range(3)])
    run_id = paid_out(office, folder)
    with acting(SYSTEM):
        lines = list(Payment.objects.filter(run_id=run_id).select_related("basis"))
        assert len({line.basis_id for line in lines}) == 1 == Basis.objects.count()
    assert all("facts" not in line.basis.told and replay(line.explanation).amount == line.amount for line in lines)
    assert len(lines) == 3


def test_a_basis_is_never_changed(office: Office, folder: Path) -> None:
    entitle(office, [row(make_payee(), first=MONTH)])
    paid_out(office, folder)
    for change in ("UPDATE payables_basis SET versions = ''", "DELETE FROM payables_basis"):
        with pytest.raises(DatabaseError), acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(change)


def test_payments_of_before_say_the_same_afterwards(real_office: Office, folder: Path) -> None:
    entitle(real_office, [row(make_payee(), first=MONTH) for _ in range(2)])
    run_id = paid_out(real_office, folder)
    with acting(SYSTEM):
        now = [
            line.explanation for line in Payment.objects.filter(run_id=run_id).select_related("basis").order_by("id")
        ]
        versions = Basis.objects.get().versions
    older = stored(
        "DROP TRIGGER payables_basis_no_truncate ON payables_basis", MOVING.PUT_TOGETHER, "TRUNCATE payables_basis"
    )
    assert [(orjson.loads(line["explanation"]), line["versions"]) for line in older] == [(one, versions) for one in now]
    stored(MOVING.TAKE_APART)
    with acting(SYSTEM):
        again = Payment.objects.filter(run_id=run_id).select_related("basis").order_by("id")
        assert [line.explanation for line in again] == now
        assert Basis.objects.get().versions == versions
