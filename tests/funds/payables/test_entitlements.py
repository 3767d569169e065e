"""Entitlements: three persons behind each, no overlap, nothing rewritten, facts dated."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from tests.funds import benefits
from tests.funds.conftest import SYSTEM, Office, make_person, make_staff
from tests.funds.stock import FACTS, entitle, make_account, make_payee, row, sign_batch

from hrss.foundation.scope import acting
from hrss.funds.payables.models import Entitlement, FactVersion
from hrss.funds.payables.queries import entitlements_of
from hrss.funds.payables.services import (
    change_facts,
    grant_entitlement,
    resume_entitlement,
    stop_entitlement,
    take_over,
)
from hrss.kernel.actor import Function
from hrss.kernel.identifiers import uuid7
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem


@pytest.fixture
def payee(office: Office) -> UUID:
    benefits.declare()
    return make_payee()


@pytest.fixture
def entitlement(office: Office, payee: UUID) -> UUID:
    return entitle(office, [row(payee)])[0]


def test_a_signed_take_over_becomes_entitlements(office: Office, payee: UUID, entitlement: UUID) -> None:
    views = entitlements_of(payee, actor=office.accountant)
    assert [(v.id, v.name, str(v.first), v.last, v.is_running) for v in views] == [
        (entitlement, "测试养老金", "2026-01", None, True)
    ]
    assert views[0].facts == FACTS


def test_nothing_is_granted_without_case_or_batch(office: Office, payee: UUID) -> None:
    row(payee)
    for case_id, batch, code in ((uuid7(), "", "payables.not_granted"), (None, "nirgends", "payables.three_persons")):
        with pytest.raises(Problem) as refused:
            grant_entitlement(
                actor=make_staff("何经办", Function.HANDLER),
                person_id=payee,
                benefit="test_pension",
                case_id=case_id,
                batch=batch,
                first=YearMonth(2026, 1),
                last=None,
                facts=FACTS,
            )
        assert refused.value.code == code


def test_a_batch_of_two_signatures_is_not_written(office: Office, payee: UUID) -> None:
    rows = [row(payee)]
    with pytest.raises(Problem):
        sign_batch(replace(office, approver=office.reviewer), rows, "zwei")
    with pytest.raises(Problem) as refused:
        take_over(actor=office.accountant, reference="zwei", rows=rows)
    assert refused.value.code == "payables.three_persons"


def test_a_batch_is_written_as_signed_and_once(office: Office, payee: UUID) -> None:
    rows = [row(payee)]
    sign_batch(office, rows, "einmal")
    with pytest.raises(Problem) as refused:
        take_over(actor=office.accountant, reference="einmal", rows=[replace(rows[0], facts=FACTS | {"years": 30})])
    assert refused.value.code == "payables.batch_differs"
    take_over(actor=office.accountant, reference="einmal", rows=rows)
    with pytest.raises(Problem):
        take_over(actor=office.accountant, reference="einmal", rows=rows)
    with acting(SYSTEM):
        assert Entitlement.objects.filter(person_id=payee).count() == 1


def test_no_second_benefit_of_the_same_kind(office: Office, payee: UUID, entitlement: UUID) -> None:
    with pytest.raises(Problem) as refused:
        entitle(office, [row(payee, first=YearMonth(2026, 9))])
    assert refused.value.code == "payables.overlap"


def test_an_account_of_somebody_else_does_not_fit(office: Office, payee: UUID) -> None:
    other = make_account(make_person("别人"))
    with pytest.raises(Problem) as refused:
        grant_entitlement(
            actor=make_staff("何经办", Function.HANDLER), person_id=payee, benefit="test_pension", case_id=uuid7(),
            first=YearMonth(2026, 1), last=None, facts=FACTS, bank_account_id=other,
        )  # fmt: skip
    assert refused.value.code in ("payables.account", "payables.not_granted")


def test_stop_brings_forward_never_puts_off(office: Office, entitlement: UUID) -> None:
    clerk = make_staff("何经办", Function.HANDLER)
    stop_entitlement(
        actor=clerk, entitlement_id=entitlement, last=YearMonth(2026, 6), reason="死亡", evidence={"source": "police"}
    )
    with pytest.raises(Problem) as refused:
        stop_entitlement(actor=clerk, entitlement_id=entitlement, last=YearMonth(2026, 8), reason="死亡", evidence={})
    assert refused.value.code == "payables.stopped"
    stop_entitlement(actor=clerk, entitlement_id=entitlement, last=YearMonth(2026, 5), reason="死亡更正", evidence={})
    with acting(SYSTEM):
        assert Entitlement.objects.get(id=entitlement).last == YearMonth(2026, 5).index


def test_resume_needs_three_persons_again(office: Office, entitlement: UUID) -> None:
    clerk = make_staff("何经办", Function.HANDLER)
    with pytest.raises(Problem, match="没有停发"):
        resume_entitlement(actor=clerk, entitlement_id=entitlement, first=YearMonth(2026, 9), batch="x")
    stop_entitlement(actor=clerk, entitlement_id=entitlement, last=YearMonth(2026, 6), reason="服刑", evidence={})
    with pytest.raises(Problem) as refused:
        resume_entitlement(actor=clerk, entitlement_id=entitlement, first=YearMonth(2026, 9), batch="x")
    assert refused.value.code == "payables.three_persons"


def test_facts_need_three_persons_again(office: Office, entitlement: UUID) -> None:
    clerk = make_staff("何经办", Function.HANDLER)
    with pytest.raises(Problem) as refused:
        change_facts(
            actor=clerk, entitlement_id=entitlement, from_month=YearMonth(2026, 7), facts=FACTS | {"age": 70}, batch="x"
        )
    assert refused.value.code == "payables.three_persons"
    with acting(SYSTEM):
        assert FactVersion.objects.filter(entitlement_id=entitlement).count() == 1


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE payables_entitlement SET person_id = person_id, first = first - 12", IntegrityError),
        ("UPDATE payables_entitlement SET last = NULL, stopped_at = now(), benefit = 'x'", IntegrityError),
        ("UPDATE payables_entitlement SET next_month = next_month - 1", IntegrityError),
        ("DELETE FROM payables_entitlement", ProgrammingError),
        ("UPDATE payables_factversion SET facts = '{}'", ProgrammingError),
        ("DELETE FROM payables_factversion", ProgrammingError),
        ("UPDATE payables_payment SET amount = 1", ProgrammingError),
        ("DELETE FROM payables_payment", ProgrammingError),
        ("DELETE FROM payables_batch", ProgrammingError),
        ("UPDATE payables_batch SET row_count = 9", IntegrityError),
    ],
)
def test_the_database_refuses(office: Office, entitlement: UUID, statement: str, error: type[Exception]) -> None:
    with acting(office.accountant), pytest.raises(error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
