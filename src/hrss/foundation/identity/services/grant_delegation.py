"""Let another person act for oneself, or for the firm one acts for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from hrss.foundation.identity.delegating import check_terms, delegate_named, written
from hrss.foundation.identity.models import Delegation
from hrss.foundation.identity.policies import person_signed_in
from hrss.foundation.organisations.queries import organisation_by_id
from hrss.foundation.people.models import Person
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.grant_delegation")
def grant_delegation(
    *,
    actor: Actor,
    delegate_name: str,
    delegate_id_number: str,
    services: Sequence[str],
    until: date,
    relation: str = "",
    key: str = "",
) -> Outcome:
    """Offer a delegation; it works once the delegate accepts. ``services`` are item codes or ``*``.

    One acts for oneself only when not acting for somebody else: a delegate of a person cannot hand it on, a firm's
    delegate hands on no more than was entrusted.
    Problems: ``identity.sign_in`` (401), ``identity.delegation_chain`` (403), ``identity.delegate_unknown`` …
    """
    grantor = person_signed_in(actor)
    if actor.acting_for_person is not None:
        raise Problem(
            "identity.delegation_chain",
            "受托人不能转委托",
            remedy="请委托人直接委托要办事的人",
            rule="民法典第一百六十九条：转委托须经被代理人同意",
            status=403,
        )
    check_terms(services, until)
    _check_held(services, actor)
    delegate = delegate_named(delegate_name, delegate_id_number, actor)
    firm = actor.acting_for_organisation
    if firm is None and delegate.id == actor.person:
        raise Problem(
            "identity.delegation_self",
            "不能委托给自己",
            remedy="自己的事不用委托；请填别人的姓名和身份证号",
            field="delegate",
        )
    row = Delegation.objects.create(
        kind=Delegation.Kind.FIRM if firm else Delegation.Kind.RELATIVE,
        grantor_person_id=None if firm else actor.person,
        grantor_organisation_id=firm,
        delegate=delegate,
        relation=relation.strip(),
        services=list(services),
        since=timezone.localdate(),
        until=until,
        region_code=organisation_by_id(firm).region_code if firm else Person.objects.get(id=grantor).region_code,
    )
    return written(row, actor, "identity.grant_delegation")


def _check_held(services: Sequence[str], actor: Actor) -> None:
    if not all(actor.may_do(service) for service in services):
        raise Problem(
            "identity.delegation_wider",
            "不能委托您自己没有受托的事项",
            rule="民法典第一百六十五条：代理以授权的事项和权限为限",
            remedy="请单位负责人来委托，或者只选您受托的事项",
            field="services",
            status=403,
        )
