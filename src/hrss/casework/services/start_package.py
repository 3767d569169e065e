"""Start a package: one form, one set of proofs, a case for each member, in the order the package says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.cases.numbers import new_case_number
from hrss.casework.intake.applicants import Applicant, applicant_of, check_entrusted, region_of
from hrss.casework.intake.forms import kept_of
from hrss.casework.items.bundles import Package, package_of
from hrss.casework.items.versions import current
from hrss.casework.models import Bundle, BundleMember, Draft
from hrss.casework.services.save_draft import write_draft
from hrss.casework.services.submit import submit_draft
from hrss.foundation.audit import record
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem


@verb("casework.start_package")
def start_package(
    package_code: str,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    region_code: str = "",
    materials: Mapping[str, Any] | None = None,
    chosen: frozenset[str] | None = None,
) -> Outcome:
    """Apply for a package with one form; ``chosen`` limits it to these members (required ones always come along).

    Members that wait for none that can be applied for here become cases at once, the others when what they wait for
    is granted; members that cannot be applied for here yet are listed with where to go. Problems:
    ``package.unknown``, ``package.nothing``, ``access.not_delegated`` (a delegate needs package and items).
    """
    package = package_of(package_code)
    check_entrusted(package.code, package.name, actor=actor)
    members = [one for one in package.members if chosen is None or one.item in chosen or one.required]
    online = [one for one in members if one.online]
    if not online:
        raise Problem("package.nothing", "这个套餐还没有可以在网上办的事项", remedy="请到窗口办理", status=409)
    first = current(online[0].item)
    applicant = applicant_of(first.item, actor=actor, person_id=person_id, organisation_id=organisation_id)
    bundle = _make(package, applicant, data, materials or {}, actor=actor, region=region_code)
    picked, offline = {one.item for one in members}, {one.item for one in members if not one.online}
    for position, one in enumerate(members):
        waits = [code for code in one.after if code in picked]
        state = BundleMember.State.OFFLINE if not one.online else BundleMember.State.WAITING
        member = BundleMember.objects.create(
            bundle=bundle, position=position, item_code=one.item, item_name=one.name, after=waits, state=state
        )
        if one.online and offline.issuperset(waits):
            start_member(member, actor=actor)
    _record(bundle, applicant, actor)
    started = {one.item_code: one.case.number for one in bundle.members.select_related("case") if one.case}
    return Outcome("bundle", str(bundle.id), bundle.number, {"started": started, "members": len(members)})


def start_member(member: BundleMember, *, actor: Actor) -> None:
    """Make a waiting member a case from the package's form and proofs. Problems as for ``submit``."""
    submit_draft(draft_of(member, actor=actor), actor=actor)


def draft_of(member: BundleMember, *, actor: Actor) -> Draft:
    """Give a saved draft of a member, filled from the package."""
    bundle = member.bundle
    version = current(member.item_code)
    applicant = applicant_of(
        version.item, actor=actor, person_id=bundle.person_id, organisation_id=bundle.organisation_id
    )
    draft = write_draft(version, applicant, kept_of(version.item.form, bundle.data), actor=actor)
    draft.materials, draft.region_code, draft.bundle_member = bundle.materials, bundle.region_code, member.id
    draft.save()
    return draft


def _make(
    package: Package,
    applicant: Applicant,
    data: Mapping[str, Any],
    materials: Mapping[str, Any],
    *,
    actor: Actor,
    region: str,
) -> Bundle:
    place = region_of(current(package.online_members()[0].item).item, applicant, data, asked=region)
    return Bundle.objects.create(
        number=new_case_number(place, channel=actor.channel, day=timezone.localdate()),
        package_code=package.code,
        package_name=package.name,
        region_code=place,
        person_id=applicant.person,
        organisation_id=applicant.organisation,
        data=dict(data),
        materials={code: dict(given) for code, given in materials.items()},
    )


def _record(bundle: Bundle, applicant: Applicant, actor: Actor) -> None:
    record(
        actor,
        "casework.start_package",
        subject_kind="bundle",
        subject_id=bundle.id,
        person_id=applicant.person,
        region=bundle.region_code,
        detail={"number": bundle.number, "package": bundle.package_code},
    )
