"""Taking up a firm: only the person whose id number the market register has as its head, whatever anybody is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from tests.exchange.county import SYSTEM, citizen, lines_about, make_firm, make_person

from hrss.casework.services import take_up_firm
from hrss.exchange.simulators import data, fleet
from hrss.foundation.access.actors import actor_of
from hrss.foundation.identity.finding import public_account_for
from hrss.foundation.identity.models import Delegation
from hrss.foundation.scope import acting
from hrss.kernel.credit_codes import credit_check_character
from hrss.kernel.identifiers import compose_id_number
from hrss.kernel.problem import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies", "unhurried")]
FIRM, OTHER_FIRM = (first + credit_check_character(first) for first in ("91500236MA5U00001", "91500236MA5U00002"))
OPERATING = {
    "name": "甲公司",
    "status": "operating",
    "legal_person": "张三",
    "registered_on": "2019-01-01",
    "closed_on": None,
}
HEAD, NAMESAKE, SUCCESSOR = (
    compose_id_number(region="999236", birth_date=date(1975, 3, day), sequence=100 + day).text for day in (1, 2, 3)
)


@pytest.fixture(autouse=True)
def register(agencies: Path) -> Path:
    """The market register has HEAD at the head of FIRM."""
    path = fleet.register_path(agencies, "market")
    data.write("market.firm_status", [(FIRM, OPERATING)], path)
    represents(HEAD, path)
    data.remove("market.legal_representative", [SUCCESSOR], path)
    return path


def represents(number: str, path: Path) -> None:
    firms = [{"credit_code": FIRM, "name": "甲公司"}]
    data.write("market.legal_representative", [(number, {"firms": firms})], path)


def delegates(firm: UUID) -> set[UUID]:
    with acting(SYSTEM):
        return set(
            Delegation.objects.filter(grantor_organisation_id=firm, revoked_at=None).values_list(
                "delegate_id", flat=True
            )
        )


def refusal(person: UUID, code: str = FIRM) -> str:
    with pytest.raises(Problem) as caught:
        take_up_firm(code, actor=citizen(person))
    return caught.value.code


def test_the_head_by_id_number_acts_for_the_firm() -> None:
    head, firm = make_person(HEAD), make_firm(FIRM)
    done = take_up_firm(FIRM, actor=citizen(head))
    with acting(SYSTEM):
        account = public_account_for(head, "张三")
    actor = actor_of(account, channel="portal", acting_for=UUID(done.data["delegation"]))
    assert (actor.acting_for_organisation, actor.scopes) == (firm, frozenset({"*"}))
    assert [line.question for line in lines_about(head)] == ["market.legal_representative"]


def test_a_namesake_of_the_head_gets_nothing() -> None:
    firm = make_firm(FIRM)
    make_person(HEAD)
    namesake = make_person(NAMESAKE)
    assert refusal(namesake) == "firm.not_yours"
    assert delegates(firm) == set()


def test_the_head_of_another_firm_gets_nothing(register: Path) -> None:
    firm, other = make_firm(FIRM), make_person(NAMESAKE)
    elsewhere = {"firms": [{"credit_code": OTHER_FIRM, "name": "乙公司"}]}
    data.write("market.legal_representative", [(NAMESAKE, elsewhere)], register)
    try:
        assert refusal(other) == "firm.not_yours"
    finally:
        data.remove("market.legal_representative", [NAMESAKE], register)
    assert delegates(firm) == set()


def test_no_answer_of_the_register_opens_nothing(agencies: Path) -> None:
    firm, head = make_firm(FIRM), make_person(HEAD)
    fleet.admin(agencies, "market", "/admin/faults", {"kind": "reset", "topics": ["legal_representative"]})
    assert refusal(head) == "firm.not_confirmed"
    assert delegates(firm) == set()


def test_a_new_head_ends_what_came_with_the_old_ones_office(register: Path) -> None:
    firm, old, new = make_firm(FIRM), make_person(HEAD), make_person(SUCCESSOR)
    take_up_firm(FIRM, actor=citizen(old))
    represents(SUCCESSOR, register)
    take_up_firm(FIRM, actor=citizen(new))
    assert delegates(firm) == {new}
