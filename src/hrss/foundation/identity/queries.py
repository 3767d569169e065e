"""Reading accounts and delegations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hrss.foundation.crypto import mask_name
from hrss.foundation.identity.models import AccessToken, Delegation
from hrss.foundation.people.elevation import elevated
from hrss.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class DelegationView:
    """A delegation as both sides see it. ``state`` is offered, active, ended or revoked."""

    id: UUID
    kind: str
    grantor: str
    delegate: str
    grantor_person: UUID | None
    grantor_organisation: UUID | None
    relation: str
    services: tuple[str, ...]
    since: date
    until: date
    state: str


def delegations_held(*, actor: Actor) -> tuple[DelegationView, ...]:
    """Give the delegations the actor may use or accept, running ones first; names of persons are masked."""
    return _views(Q(delegate_id=actor.person), actor) if actor.person else ()


def delegations_given(*, actor: Actor) -> tuple[DelegationView, ...]:
    """Give what the actor, or the firm acted for, has handed out."""
    if actor.acting_for_organisation is not None:
        return _views(Q(grantor_organisation_id=actor.acting_for_organisation), actor)
    return _views(Q(grantor_person_id=actor.person), actor) if actor.person else ()


def delegation_in_force(delegation_id: UUID, *, delegate: UUID) -> Delegation | None:
    """Give the delegation when ``delegate`` may act under it today. Call as the system (before anybody acts)."""
    today = timezone.localdate()
    return Delegation.objects.filter(
        id=delegation_id,
        delegate_id=delegate,
        accepted_at__isnull=False,
        revoked_at=None,
        since__lte=today,
        until__gte=today,
    ).first()


def running_for_firm(organisation_id: UUID, *, relation: str) -> tuple[UUID, ...]:
    """Give the delegations of a firm that are not over and rest on ``relation``. Call as the system."""
    rows = Delegation.objects.filter(
        grantor_organisation_id=organisation_id, relation=relation, revoked_at=None, until__gte=timezone.localdate()
    )
    return tuple(rows.values_list("id", flat=True))


def _views(which: Q, actor: Actor) -> tuple[DelegationView, ...]:
    with elevated(actor):  # the other side's name lives outside the actor's rows; it is given masked
        rows = Delegation.objects.filter(which).select_related("grantor_person", "grantor_organisation", "delegate")
        views = [_view(row) for row in rows.order_by("-created_at", "-id")]
    order = ("active", "offered", "ended", "revoked")
    return tuple(sorted(views, key=lambda view: order.index(view.state)))


def _view(row: Delegation) -> DelegationView:
    firm = row.grantor_organisation.name if row.grantor_organisation else ""
    return DelegationView(
        id=row.id,
        kind=row.kind,
        grantor=firm or (mask_name(row.grantor_person.name) if row.grantor_person else ""),
        delegate=mask_name(row.delegate.name),
        grantor_person=row.grantor_person_id,
        grantor_organisation=row.grantor_organisation_id,
        relation=row.relation,
        services=tuple(row.services),
        since=row.since,
        until=row.until,
        state=_state(row, timezone.localdate()),
    )


def _state(row: Delegation, today: date) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.until < today:
        return "ended"
    return "active" if row.accepted_at is not None else "offered"


@dataclass(frozen=True, slots=True)
class TokenView:
    """An API token as its owner sees it; the secret itself is nowhere."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    until: date
    last_used_on: date | None
    is_in_force: bool


def tokens_of(*, actor: Actor) -> tuple[TokenView, ...]:
    """Give the tokens of the actor's own account, newest first."""
    rows = AccessToken.objects.filter(account_id=actor.account) if actor.account else AccessToken.objects.none()
    rows = rows.order_by("-made_at", "-id")[:50]
    today = timezone.localdate()
    return tuple(
        TokenView(
            row.id,
            row.name,
            tuple(row.scopes),
            row.until,
            row.last_used_on,
            row.revoked_at is None and row.until >= today,
        )
        for row in rows
    )
