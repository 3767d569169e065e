"""Write a delegation for somebody who cannot do it online: an old parent at the window, a firm's first delegate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from hrss.foundation.identity.delegating import check_terms, written
from hrss.foundation.identity.models import Delegation
from hrss.foundation.organisations.queries import organisation_by_id
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.fetching import person_to_change
from hrss.foundation.people.policies import RECORDERS, refuse_own_affairs, require_post
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("identity.appoint_delegate")
def appoint_delegate(
    delegate: UUID,
    *,
    actor: Actor,
    evidence: str,
    until: date,
    for_person: UUID | None = None,
    for_organisation: UUID | None = None,
    services: Sequence[str] = ("*",),
    relation: str = "",
    key: str = "",
) -> Outcome:
    """Appoint ``delegate`` for a person or a firm on written ``evidence`` (id of the scanned letter, or the check).

    A clerk over the grantor's place does it, or an automatic step (the market register confirmed the legal person); by
    the system it counts as accepted. Problems: ``identity.delegation_grantor``, ``identity.evidence``, ``people.…``.
    """
    if (for_person is None) == (for_organisation is None):
        raise Problem(
            "identity.delegation_grantor",
            "委托方应为一个人或一个单位",
            remedy="请只填一个人，或者只填一个单位",
            field="grantor",
        )
    if not evidence.strip():
        raise Problem("identity.evidence", "请附委托书或核验结果", field="evidence")
    check_terms(services, until)
    region = _region_of_grantor(for_person, for_organisation)
    require_post(actor, *RECORDERS, region=region, doing="登记委托")
    refuse_own_affairs(actor, delegate)
    with elevated(actor):
        person_to_change(delegate)
    row = Delegation.objects.create(
        kind=Delegation.Kind.FIRM if for_organisation else Delegation.Kind.RELATIVE,
        grantor_person_id=for_person,
        grantor_organisation_id=for_organisation,
        delegate_id=delegate,
        relation=relation.strip(),
        services=list(services),
        since=timezone.localdate(),
        until=until,
        accepted_at=timezone.now() if actor.kind is ActorKind.SYSTEM else None,
        region_code=region,
    )
    return written(row, actor, "identity.appoint_delegate")


def _region_of_grantor(person: UUID | None, organisation: UUID | None) -> str:
    if person is not None:
        return person_to_change(person).region_code
    return organisation_by_id(organisation).region_code if organisation else ""
