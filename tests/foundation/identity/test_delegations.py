"""Delegation: for a parent, for a firm; offered, accepted, used, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from tests.foundation.organisations.test_organisations import register
from tests.foundation.people.builders import TUXIANG, fresh_number, make_person, public, sql, staff, village

from hrss.foundation.access.actors import actor_of
from hrss.foundation.identity import queries
from hrss.foundation.identity.finding import public_account_for
from hrss.foundation.identity.models import Delegation
from hrss.foundation.identity.services import (
    accept_delegation,
    appoint_delegate,
    grant_delegation,
    revoke_delegation,
)
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem

UNTIL = timezone.localdate() + timedelta(days=365)
CHILD_NUMBER = fresh_number()


def family() -> tuple[Person, Person]:
    return make_person("王大爷"), make_person("王小明", region=village(TUXIANG), number=CHILD_NUMBER)


def offer(parent: Person, **changes: object) -> UUID:
    values = {"delegate_name": "王小明", "delegate_id_number": CHILD_NUMBER, "services": ["*"], "until": UNTIL}
    return UUID(grant_delegation(actor=public(parent.id), **(values | changes)).id)  # type: ignore[arg-type]


def test_a_child_acts_for_a_parent_after_accepting_and_until_revoked() -> None:
    parent, child = family()
    account = public_account_for(child.id, child.name)
    delegation = offer(parent, services=["E01"])
    with pytest.raises(Problem) as caught:
        actor_of(account, channel="portal", acting_for=delegation)
    assert caught.value.code == "access.no_delegation"
    accept_delegation(delegation, actor=public(child.id))
    actor = actor_of(account, channel="portal", acting_for=delegation)
    assert (actor.acting_for_person, actor.purpose, actor.scopes) == (parent.id, "delegate", frozenset({"E01"}))
    with acting(actor):
        assert {row[0] for row in sql("SELECT name FROM people_person")} == {"王大爷", "王小明"}
    revoke_delegation(delegation, actor=public(parent.id))
    with pytest.raises(Problem):
        actor_of(account, channel="portal", acting_for=delegation)


def test_both_sides_see_it_with_masked_names() -> None:
    parent, child = family()
    offer(parent)
    held = queries.delegations_held(actor=public(child.id))
    given = queries.delegations_given(actor=public(parent.id))
    assert [(view.grantor, view.delegate, view.state) for view in held] == [("王*爷", "王*明", "offered")]
    assert held == given
    assert queries.delegations_held(actor=public(uuid4())) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until": date(2020, 1, 1)}, "identity.delegation_until"),
        ({"until": date(2999, 1, 1)}, "identity.delegation_until"),
        ({"services": []}, "identity.delegation_services"),
        ({"delegate_name": "李四"}, "identity.delegate_unknown"),
        ({"delegate_id_number": "1"}, "identity.delegate_unknown"),
    ],
)
def test_wrong_terms_are_refused(changes: dict[str, object], code: str) -> None:
    parent, _ = family()
    with pytest.raises(Problem) as caught:
        offer(parent, **changes)
    assert caught.value.code == code


def test_a_delegate_cannot_hand_it_on_and_nobody_delegates_to_himself() -> None:
    parent, child = family()
    for actor, code in (
        (public(child.id, acting_for_person=parent.id), "identity.delegation_chain"),
        (public(child.id), "identity.delegation_self"),
    ):
        with pytest.raises(Problem) as caught:
            grant_delegation(
                actor=actor, delegate_name="王小明", delegate_id_number=CHILD_NUMBER, services=["*"], until=UNTIL
            )
        assert caught.value.code == code


def test_only_the_delegate_accepts_and_only_the_two_revoke() -> None:
    parent, child = family()
    delegation = offer(parent)
    with pytest.raises(Problem):
        accept_delegation(delegation, actor=public(parent.id))
    with acting(public(parent.id)), pytest.raises(IntegrityError, match="受托人"), transaction.atomic():
        sql("UPDATE identity_delegation SET accepted_at = now() WHERE id = %s", delegation)
    with acting(public(parent.id)), pytest.raises(IntegrityError, match="不能改"), transaction.atomic():
        sql("UPDATE identity_delegation SET until = '2999-01-01' WHERE id = %s", delegation)
    with pytest.raises(Problem):
        revoke_delegation(delegation, actor=public(uuid4()))
    revoke_delegation(delegation, actor=public(child.id))
    with pytest.raises(Problem):
        accept_delegation(delegation, actor=public(child.id))


def test_nobody_writes_a_delegation_in_another_name() -> None:
    parent, child = family()
    thief = public(child.id)
    with acting(thief), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Delegation.objects.create(
            kind="relative", grantor_person=parent, delegate=child, services=["*"], since=UNTIL, until=UNTIL,
            region_code=parent.region_code,
        )  # fmt: skip


def test_a_firm_gets_its_first_delegate_from_the_system_and_then_appoints_others() -> None:
    firm, (boss, child) = register(), family()
    system = system_actor("market.firm_status")
    first = appoint_delegate(boss.id, actor=system, for_organisation=firm, evidence="market:1", until=UNTIL)
    account = public_account_for(boss.id, boss.name)
    actor = actor_of(account, channel="portal", acting_for=UUID(first.id))
    assert actor.acting_for_organisation == firm
    offered = grant_delegation(
        actor=actor, delegate_name="王小明", delegate_id_number=CHILD_NUMBER, services=["E02"], until=UNTIL
    )
    accept_delegation(UUID(offered.id), actor=public(child.id))
    given = queries.delegations_given(actor=actor)
    assert {view.grantor for view in given} == {"奉节县夔门脐橙有限公司"}
    assert len(given) == 2
    revoke_delegation(UUID(offered.id), actor=actor)


def test_a_clerk_writes_one_down_at_the_window_with_evidence() -> None:
    parent, child = family()
    clerk = staff()
    for changes, code in (
        ({"evidence": " "}, "identity.evidence"),
        ({"for_person": None}, "identity.delegation_grantor"),
    ):
        values = {"for_person": parent.id, "evidence": "file-1"} | changes
        with pytest.raises(Problem) as caught:
            appoint_delegate(child.id, actor=clerk, until=UNTIL, **values)  # type: ignore[arg-type]
        assert caught.value.code == code
    done = appoint_delegate(child.id, actor=clerk, for_person=parent.id, evidence="file-1", until=UNTIL)
    accept_delegation(UUID(done.id), actor=public(child.id))
    with pytest.raises(Problem) as caught:
        appoint_delegate(parent.id, actor=clerk, for_person=child.id, evidence="f", until=UNTIL)
    assert caught.value.code == "people.not_found"
    revoke_delegation(UUID(done.id), actor=clerk)
