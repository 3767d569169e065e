"""The calls for packages (一件事打包办): what there is, the one form, applying, where it stands."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from ninja import Status
from ninja.params.functions import Path, Query

from hrss.casework import queries, services
from hrss.casework.items.bundles import Package, package_of
from hrss.casework.items.bundles import packages as all_packages
from hrss.casework.items.versions import published
from hrss.casework.packages.forms import Offer, chosen_of, form_of, offers_of
from hrss.channels.api import schemas as out
from hrss.channels.api.endpoint import endpoint, key_of
from hrss.channels.api.house import REFUSALS, api
from hrss.channels.api.views import applicant_named
from hrss.channels.ui.request import Request
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor

Kind = Literal["", "person", "organisation"]


@endpoint(api, "GET", "/packages", title="一件事清单", response={200: list[out.PackageLine], **REFUSALS})
def packages(request: Request) -> Any:
    """All packages; ``open`` counts the items that can be applied for with the one form."""
    return [
        out.PackageLine(
            code=one.code,
            name=one.name,
            life_event=one.life_event,
            applicant=list(one.applicant),
            members=len(one.members),
            open=max(_open_for(one, kind) for kind in one.applicant),
        )
        for one in all_packages(settings.HRSS_COUNTY_PACK).values()
    ]


@endpoint(api, "GET", "/packages/{str:code}", title="一件事", response={200: out.PackageOffer, **REFUSALS})
def package(
    request: Request,
    code: str = Path(..., max_length=40),
    take: list[str] = Query([], max_length=30),  # noqa: B008
    applicant: Kind = "",
) -> Any:
    """What a package holds and the one form of what is taken of it; without ``take`` of everything open."""
    found = package_of(code)
    offers = offers_of(found, published(), kind=applicant or found.applicant[0])
    items = chosen_of(offers, take or [one.member.item for one in offers])
    return out.PackageOffer(
        code=found.code,
        name=found.name,
        members=[_member(one) for one in offers],
        taken=[item.code for item in items],
        form=dict(form_of(items).schema) if items else None,
    )


@endpoint(
    api,
    "POST",
    "/packages/{str:code}/applications",
    scope="cases",
    title="一件事提交",
    label="L3",
    audit="write",
    rate="submit",
    response={201: out.BundleReceipt, **REFUSALS},
)
def package_apply(request: Request, body: out.PackageIn, code: str = Path(..., max_length=40)) -> Any:
    """Apply for a package with one form; a repeat with the same key gets the same start."""
    found = package_of(code)
    items = chosen_of(offers_of(found, published(), kind=_kind(request.actor, found)), body.take)
    done = keyed(
        key_of(request),
        services.start_package,
        code,
        body.data,
        actor=request.actor,
        person_id=applicant_named(request, body.id_number),
        materials=body.materials,
        chosen=frozenset(item.code for item in items),
    )
    return Status(201, out.BundleReceipt(id=UUID(done.id), number=done.number, **done.data))


@endpoint(
    api,
    "GET",
    "/bundles/{uuid:bundle_id}",
    scope="cases",
    title="一件事进度",
    label="L3",
    audit="read",
    response={200: out.BundleOut, **REFUSALS},
)
def bundle(request: Request, bundle_id: UUID) -> Any:
    """A package under way: which of its items stands where."""
    found = queries.bundle_page(bundle_id, actor=request.actor)
    members = [
        out.BundleMemberOut(
            item=one.item_code,
            name=one.item_name,
            state=one.state,
            after=list(one.after),
            case_id=one.case_id,
            number=one.number,
            case_state=one.case_state,
            decision=one.decision,
            act_by=one.act_by,
        )
        for one in found.members
    ]
    return out.BundleOut(
        id=found.id,
        number=found.number,
        package=found.package_code,
        name=found.package_name,
        act_by=found.act_by,
        settled=found.is_settled,
        members=members,
    )


def _open_for(found: Package, kind: str) -> int:
    return sum(one.is_open for one in offers_of(found, published(), kind=kind))


def _kind(actor: Actor, found: Package) -> str:
    """Give as what one meets the package: as the firm one acts for, else as a person where it is for persons."""
    if len(found.applicant) == 1:
        return found.applicant[0]
    return "organisation" if actor.acting_for_organisation is not None else "person"


def _member(offer: Offer) -> out.PackageMember:
    one = offer.member
    return out.PackageMember(
        item=one.item,
        name=one.name,
        required=one.required,
        open=offer.is_open,
        online=one.online,
        after=list(one.after),
    )
