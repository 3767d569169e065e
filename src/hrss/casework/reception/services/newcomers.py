"""A person at the window who has no record yet: make it and serve them, in one step. It never makes a second one."""

from __future__ import annotations

from uuid import UUID

from hrss.casework.reception.services.sittings import identify
from hrss.foundation.people.services.add_phone import add_phone
from hrss.foundation.people.services.register_person import register_person
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor
from hrss.kernel.identifiers import check_phone
from hrss.kernel.outcome import Outcome


@verb("reception.register_newcomer")
def register_newcomer(
    *,
    actor: Actor,
    name: str,
    id_number: str,
    region_code: str,
    nation: str,
    education: str,
    hukou: str,
    phone: str = "",
) -> Outcome:
    """Register a person of this place (``people.register_person``), note the phone, and say that they are served.

    Nothing is kept when any part is refused. Problems: those of the three verbs.
    """
    if phone:
        check_phone(phone)
    made = register_person(
        actor=actor,
        name=name,
        id_number=id_number,
        region_code=region_code,
        nation=nation or "汉族",
        education=education,
        hukou=hukou,
    )
    identify(actor=actor, id_number=id_number)
    if phone:
        add_phone(UUID(made.id), actor=actor, phone=phone)
    return made
